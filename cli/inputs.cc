#include "cli/inputs.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "cli/converter.h"
#include "cli/source.h"
#include "extract/read/file.h"

namespace tercet::cli {
namespace {

std::vector<std::string> paths_from(const std::string& list) {
  const std::string bytes = read_bytes(list);
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    if (end > begin) out.push_back(bytes.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string plural(std::uint32_t count, const std::string& what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

}  // namespace

std::vector<Input> list_inputs(const InputOptions& options, Problems& problems,
                               const std::function<std::string(const std::string&)>& id_of) {
  std::vector<std::string> paths = options.paths;
  if (!options.files_from.empty()) {
    for (std::string& path : paths_from(options.files_from)) paths.push_back(std::move(path));
  } else if (paths.empty()) {
    if (::isatty(STDIN_FILENO) == 1) {
      throw Error(Error::Code::Usage, "no input named", {},
                  "name files or folders, or - for stdin");
    }
    paths.push_back("-");
  }
  std::map<std::string, Input> by_id;  // sorted, and a file named twice is read once
  const auto add = [&](const std::string& path) {
    const std::string clean = clean_path(path);
    const std::string id = id_of ? id_of(clean) : clean;
    by_id.try_emplace(id, Input{path, id});
  };
  for (const std::string& path : paths) {
    if (path == "-") {
      const std::string id = options.doc_id.empty() ? "stdin" : options.doc_id;
      by_id.try_emplace(id, Input{"-", id});
      continue;
    }
    struct stat there {};
    if (::stat(path.c_str(), &there) != 0 || !S_ISDIR(there.st_mode)) {
      add(path);  // what is wrong with it, reading will say
      continue;
    }
    try {
      const Walk found = walk(path);
      for (const Walk::Skipped& one : found.skipped)
        problems.add(one.path + ": " + one.reason + ", skipped");
      for (const std::string& file : found.files) add(file);
    } catch (const Error& error) {
      problems.add(error.what());
    }
  }
  std::vector<Input> out;
  for (auto& [id, input] : by_id) out.push_back(std::move(input));
  return out;
}

void read_input(const Input& input, const InputOptions& options,
                const std::function<void(Document)>& on_document,
                const std::function<void(const std::string&)>& problem) {
  std::string bytes;
  std::optional<Format> format = options.format;
  try {
    if (const Converter* converter = format ? nullptr : converter_for(input.path)) {
      bytes = convert(*converter, input.path);
      format = Format::Text;
    } else {
      bytes = read_bytes(input.path);
    }
  } catch (const Error& error) {
    problem(error.hint().empty() ? error.what() : error.what() + (": " + error.hint()));
    return;
  }
  if (!format) format = format_of(input.path, bytes);
  if (format != Format::Jsonl && format != Format::Csv) {
    on_document(read_document(std::move(bytes), input.id, *format));
    return;
  }
  (format == Format::Csv ? read_csv : read_jsonl)(
      bytes, input.id, on_document,
      [&](std::uint32_t line, std::uint32_t column, const std::string& what) {
        problem(
            Error(Error::Code::Syntax, what + ", line skipped", {input.id, line, column}).what());
      });
}

std::string remarks_on(const Document& document) {
  std::string out;
  if (document.invalid_bytes > 0) {
    out = plural(document.invalid_bytes, "byte") + " not Unicode text, replaced";
  }
  if (document.unreadable_anchors > 0) {
    if (!out.empty()) out += "; ";
    out += plural(document.unreadable_anchors, "time anchor") + " without a readable time";
  }
  return out;
}

std::string remark_on_cut(std::size_t cut) {
  return cut == 0 ? ""
                  : "text without a sentence end, cut every 1,000 words (" +
                        plural(static_cast<std::uint32_t>(cut), "time") + ")";
}

std::optional<Format> format_named(const std::string& name) {
  static const std::map<std::string, Format> kFormats = {
      {"md", Format::Markdown},  {"txt", Format::Text},    {"lines", Format::Lines},
      {"jsonl", Format::Jsonl},  {"csv", Format::Csv},     {"html", Format::Html},
      {"vtt", Format::Captions}, {"srt", Format::Captions}};
  if (name.empty()) return std::nullopt;
  const auto found = kFormats.find(name);
  if (found != kFormats.end()) return found->second;
  throw Error(Error::Code::Usage, "unknown input format \"" + name + "\"", {},
              "formats are md, txt, lines, jsonl, csv, html, vtt and srt");
}

}  // namespace tercet::cli
