#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

#include "base/error.h"
#include "base/version.h"
#include "cli/command_line.h"
#include "cli/config.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report.h"

namespace tercet::cli {
namespace {

struct Global {
  bool quiet = false, verbose = false;
  std::string progress = "auto";
};

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    out.push_back(command->get_name());
  }
  return out;
}

/// nullptr if there is no such command.
const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  }
  return out;
}

int usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  // CLI11 says which word it did not understand only in prose, so look for it ourselves.
  const CLI::App* command = nullptr;
  const std::vector<std::string> commands = command_names(app);
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--") break;
    if (command == nullptr && !word.starts_with("-")) {
      command = command_named(app, word);
      if (command == nullptr) {
        const std::string_view near = closest(word, commands);
        print_error("unknown command \"" + word + "\"",
                    near.empty() ? "tercet help lists the commands"
                                 : "did you mean \"" + std::string(near) + "\"?");
        return kUsage;
      }
      continue;
    }
    if (word.starts_with("--") && word.size() > 2) {
      const std::string name = word.substr(0, word.find('='));
      std::vector<std::string> known = option_names(app);
      if (command != nullptr) std::ranges::copy(option_names(*command), std::back_inserter(known));
      if (std::ranges::find(known, name) == known.end()) {
        const std::string_view near = closest(name, known);
        print_error("unknown option \"" + name + "\"",
                    near.empty() ? "tercet help " +
                                       (command != nullptr ? command->get_name() : std::string()) +
                                       " lists the options"
                                 : "did you mean \"" + std::string(near) + "\"?");
        return kUsage;
      }
    }
  }
  std::string what = error.what();
  std::ranges::replace(what, '\n', ' ');
  print_error(what, "tercet help" +
                        (command != nullptr ? " " + command->get_name() : std::string()) +
                        " shows how");
  return kUsage;
}

int guarded(const Action& action) {
  try {
    return action();
  } catch (const ClosedPipe&) {
    return kOk;
  } catch (const Interrupted&) {
    print_error("interrupted", kInterruptedHint);
    return kInterrupted;
  } catch (const Error& error) {
    print_error(error.what(), error.hint());
    return exit_code_of(error.code());
  } catch (const std::bad_alloc&) {
    print_error("out of memory");
    return kResource;
  } catch (const std::ios_base::failure& error) {  // a stream's buffer throws when a read fails
    print_error(std::string("a file cannot be read: ") + error.code().message());
    return kBadInput;
  } catch (const std::exception& error) {
    print_error(std::string("internal: ") + error.what(),
                "this is a bug in tercet; please report it");
    return kInternal;
  }
}

int main_of(int argc, char** argv) {
  CLI::App app("Text to a knowledge graph one can trust: signed, hedged, quoted edges.", "tercet");
  Global global;
  Action action;
  app.set_help_flag("-h,--help", "Print help");
  app.add_flag("-q,--quiet", global.quiet, "Only errors on stderr");
  app.add_flag("-v,--verbose", global.verbose, "More on stderr");
  app.add_option("--progress", global.progress, "auto, never, json")
      ->check(CLI::IsMember({"auto", "never", "json"}));
  app.fallthrough();
  add_extract(app, action);
  add_parse(app, action);
  add_store_commands(app, action);
  add_import(app, action);
  add_analyze(app, action);
  add_export(app, action);
  add_view(app, action);
  add_query(app, action);
  add_path(app, action);
  add_diff(app, action);
  add_explain(app, action);
  add_report(app, action);
  add_housekeeping(app, action);
  add_suggest(app, action);
  add_review(app, action);
  add_validate(app, action);
  add_eval(app, action);
  CLI::App* version = app.add_subcommand("version", "Print the version");
  version->callback(
      [&action] { action = [] { return print("tercet " + std::string(kVersion) + "\n"); }; });
  app.add_subcommand("help", "Print help, also of one command: tercet help extract");
  // "help extract" is "extract --help"; CLI11 would take the second word for a command to run.
  std::vector<std::string> words(argv + 1, argv + argc);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.push_back("--help");
  }
  try {
    words = with_defaults(app, std::move(words));
    std::ranges::reverse(words);  // as CLI11 wants them
    app.parse(words);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    return guarded([&] { return print(chosen.empty() ? app.help() : chosen.front()->help()); });
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  } catch (const Error& error) {
    print_error(error.what(), error.hint());
    return exit_code_of(error.code());
  }
  set_verbosity(global.quiet, global.verbose);
  set_progress(global.progress == "json"    ? ProgressMode::Json
               : global.progress == "never" ? ProgressMode::Never
                                            : ProgressMode::Auto);
  if (!action) {
    std::cerr << app.help();
    return kUsage;
  }
  return guarded(action);
}

}  // namespace
}  // namespace tercet::cli

#if defined(__SANITIZE_ADDRESS__)
// Thirty frames for every allocation make the sanitized program twenty times slower than the other;
// four say enough of where a block came from.
extern "C" const char* __asan_default_options() { return "malloc_context_size=4"; }
#endif

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), handled quietly
  std::signal(SIGXFSZ, SIG_IGN);  // a file size limit likewise
  tercet::cli::catch_interrupts();
  return tercet::cli::main_of(argc, argv);
}
