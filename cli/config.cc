#include "cli/config.h"

#include <CLI/Config.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "base/ascii.h"
#include "base/error.h"
#include "cli/report.h"

namespace tercet::cli {
namespace fs = std::filesystem;
namespace {

constexpr const char* kFile = "tercet.toml";

const char* environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr || *value == '\0' ? nullptr : value;
}

/// The files that hold defaults, the one that counts more first.
std::vector<fs::path> config_files() {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / kFile, error)) {
      out.push_back(folder / kFile);
      break;
    }
    if (folder == folder.parent_path()) break;
  }
  fs::path home;
  if (const char* config = environment("XDG_CONFIG_HOME")) {
    home = config;
  } else if (const char* user = environment("HOME")) {
    home = fs::path(user) / ".config";
  }
  if (!home.empty() && fs::is_regular_file(home / "tercet" / "config.toml", error)) {
    out.push_back(home / "tercet" / "config.toml");
  }
  return out;
}

struct Key {
  std::string section, name;
  std::vector<std::string> values;
};

struct ConfigFile {
  fs::path path;
  std::string text;
  std::vector<Key> keys;

  [[noreturn]] void fail(const Key& key, const std::string& what, const std::string& hint) const {
    std::istringstream lines(text);
    std::uint32_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      const std::size_t at = line.find_first_not_of(" \t");
      if (at != line.npos && line.compare(at, key.name.size(), key.name) == 0) break;
    }
    throw Error(Error::Code::Usage, what, {path.string(), number, 1}, hint);
  }
};

ConfigFile read_config(const fs::path& path) {
  ConfigFile out{path, {}, {}};
  std::ifstream in(path, std::ios::binary);
  out.text.assign(std::istreambuf_iterator<char>(in), {});
  if (!in && !in.eof()) throw Error(Error::Code::Io, "cannot be read", {path.string(), 0, 0});
  std::istringstream rows(out.text);
  for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(rows)) {
    if (item.name == "++" || item.name == "--") continue;  // where a section begins and ends
    std::string section;
    for (const std::string& parent : item.parents) section += (section.empty() ? "" : ".") + parent;
    out.keys.push_back({std::move(section), item.name, item.inputs});
  }
  return out;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

void check_keys(const CLI::App& app, const ConfigFile& file) {
  std::set<std::string> everywhere;
  for (const CLI::App* command : commands_of(app)) {
    for (const CLI::Option* option : command->get_options()) {
      everywhere.insert(option->get_lnames().begin(), option->get_lnames().end());
    }
  }
  for (const CLI::Option* option : app.get_options()) {
    everywhere.insert(option->get_lnames().begin(), option->get_lnames().end());
  }
  for (const Key& key : file.keys) {
    std::vector<std::string> known(everywhere.begin(), everywhere.end());
    if (!key.section.empty()) {
      const auto commands = commands_of(app);
      const auto command = std::ranges::find_if(
          commands, [&](const CLI::App* one) { return one->get_name() == key.section; });
      if (command == commands.end()) {
        file.fail(key, "no command is called \"" + key.section + "\"", "tercet help lists them");
      }
      known.clear();
      for (const CLI::Option* option : (*command)->get_options()) {
        known.insert(known.end(), option->get_lnames().begin(), option->get_lnames().end());
      }
    }
    if (std::ranges::find(known, key.name) == known.end()) {
      const std::string_view near = closest(key.name, known);
      file.fail(key, "unknown key \"" + key.name + "\"",
                near.empty() ? "keys are long options without their dashes"
                             : "did you mean \"" + std::string(near) + "\"?");
    }
  }
}

/// True if the option's value names a file or folder.
bool is_path(const std::string& option) {
  constexpr std::array<std::string_view, 9> kPaths = {"aliases",  "context",  "corrections",
                                                      "entities", "ontology", "output",
                                                      "store",    "types",    "files-from"};
  return std::ranges::find(kPaths, option) != kPaths.end();
}

/// The values a file has for an option of a command: its section's, else those of all commands.
const Key* key_for(const ConfigFile& file, const std::string& command, const std::string& name) {
  const Key* found = nullptr;
  for (const Key& key : file.keys) {
    if (key.name != name || (!key.section.empty() && key.section != command)) continue;
    if (found == nullptr || !key.section.empty()) found = &key;
  }
  return found;
}

void add_option(std::vector<std::string>& out, const CLI::Option& option, const std::string& name,
                const std::vector<std::string>& values) {
  if (option.get_type_size() == 0) {  // a flag
    const bool on = !values.empty() && values.front() != "false" && values.front() != "0";
    if (on) out.push_back("--" + name);
    return;
  }
  for (const std::string& value : values) out.push_back("--" + name + '=' + value);
}

std::string variable_of(std::string name) {
  for (char& c : name) c = c == '-' ? '_' : ascii_upper(c);
  return "TERCET_" + name;
}

/// True if the command line gives the option, in any of its spellings.
bool given(const std::vector<std::string>& words, const CLI::Option& option) {
  for (const std::string& word : words) {
    if (word == "--") break;
    for (const std::string& name : option.get_lnames()) {
      if (word == "--" + name || word.starts_with("--" + name + "=")) return true;
    }
    for (const std::string& name : option.get_snames()) {
      if (!word.starts_with("--") && word.starts_with("-" + name)) return true;
    }
  }
  return false;
}

std::vector<std::string> defaults_for(const CLI::App& options, const std::string& command,
                                      const std::vector<std::string>& words,
                                      const std::vector<ConfigFile>& files) {
  std::vector<std::string> out;
  for (const CLI::Option* option : options.get_options()) {
    if (option->get_lnames().empty() || option->check_lname("help") || given(words, *option)) {
      continue;
    }
    const std::string& name = option->get_lnames().front();
    if (const char* value = environment(variable_of(name))) {
      add_option(out, *option, name, {value});
      continue;
    }
    for (const ConfigFile& file : files) {
      const Key* key = key_for(file, command, name);
      if (key == nullptr) continue;
      std::vector<std::string> values = key->values;
      if (is_path(name)) {
        for (std::string& value : values) {
          if (value != "-") value = (file.path.parent_path() / value).lexically_normal().string();
        }
      }
      add_option(out, *option, name, values);
      break;
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> with_defaults(const CLI::App& app, std::vector<std::string> words) {
  std::vector<ConfigFile> files;
  for (const fs::path& path : config_files()) {
    files.push_back(read_config(path));
    check_keys(app, files.back());
  }
  const auto commands = commands_of(app);
  auto word = words.begin();
  const CLI::App* chosen = nullptr;
  for (; word != words.end() && chosen == nullptr; ++word) {
    const auto named = std::ranges::find_if(
        commands, [&](const CLI::App* one) { return one->get_name() == *word; });
    if (named != commands.end()) chosen = *named;
  }
  if (chosen == nullptr) return words;
  std::vector<std::string> defaults = defaults_for(*chosen, chosen->get_name(), words, files);
  std::ranges::copy(defaults_for(app, chosen->get_name(), words, files),
                    std::back_inserter(defaults));
  words.insert(word, defaults.begin(), defaults.end());
  return words;
}

}  // namespace tercet::cli
