#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "base/error.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "base/version.h"
#include "cli/commands.h"
#include "cli/data_files.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/source.h"
#include "export/draw.h"
#include "extract/nn/kernels.h"
#include "extract/read/front_matter.h"
#include "graph/store.h"

namespace tercet::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kShown = 5;  // examples of each finding

/// What was looked at, a line each: "ok", "note" (may be meant so) or "bad" (to be mended).
class Findings {
 public:
  void ok(const std::string& what) { line("ok  ", what); }
  void note(const std::string& what) { line("note", what); }
  void bad(const std::string& what) {
    line("bad ", what);
    ++bad_;
  }
  std::size_t count_bad() const { return bad_; }
  void finish() { output_.commit(); }

 private:
  void line(const char* verdict, const std::string& what) {
    output_.write(std::string(verdict) + "  " + printable(what) + '\n');
    output_.flush();
  }
  Output output_{std::nullopt};
  std::size_t bad_ = 0;
};

bool on_path(const std::string& program) {
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
  std::error_code error;
  for (std::string_view rest = path == nullptr ? "" : path; !rest.empty();) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    if (fs::exists(fs::path(rest.substr(0, end)) / program, error)) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

/// Runs `look`; what it throws is a finding.
void attempt(Findings& findings, const std::string& what, const std::function<void()>& look) {
  try {
    look();
  } catch (const Error& error) {
    findings.bad(what + ": " + error.what() +
                 (error.hint().empty() ? std::string() : " (" + error.hint() + ")"));
  }
}

void look_at_model(Findings& findings, const fs::path& model) {
  const std::string bytes = read_bytes(model.string());
  const fs::path card = model.string() + ".sha256";
  const std::string expected = fs::exists(card) ? read_bytes(card.string()) : std::string();
  if (!expected.starts_with(sha256_hex(bytes, 64))) {
    findings.bad("model " + model.filename().string() + " does not match its checksum");
    return;
  }
  findings.ok("model " + model.filename().string() + ", " + std::to_string(bytes.size() / 1000) +
              " kB, checksum right");
}

void look_at_environment(Findings& findings) {
  findings.ok("tercet " + std::string(kVersion) + ", kernels " + std::string(best_kernels().name));
  attempt(findings, "data", [&] {
    const fs::path folder = data_folder();
    findings.ok("seeds and models in " + folder.string());
    for (const char* tier : {"fast", "accurate"}) {
      const fs::path model = folder / "models" / (std::string(tier) + ".tct");
      attempt(findings, tier, [&] { look_at_model(findings, model); });
    }
  });
  attempt(findings, "pictures", [&] {
    render("digraph { a -> b }", Engine::Dot, ImageFormat::Svg);
    findings.ok("pictures can be drawn");
  });
  for (const auto& [program, purpose] :
       {std::pair("pdftotext", "PDF"), std::pair("pandoc", "EPUB")}) {
    if (on_path(program)) {
      findings.ok(std::string(program) + " reads " + purpose);
    } else {
      findings.note(std::string(program) + " is not installed: no " + purpose);
    }
  }
}

void look_at_store(Findings& findings) {
  fs::path folder;
  try {
    folder = store_folder({}, false);
  } catch (const Error&) {
    findings.note("no store here or above; tercet add makes one");
    return;
  }
  attempt(findings, "store", [&] {
    const Store store = Store::open(folder, Store::Mode::ReadOnly);
    const std::vector<std::string> problems = store.check();
    for (const std::string& problem : problems) findings.bad("store: " + problem);
    if (problems.empty()) {
      findings.ok("store " + folder.string() + ", " + std::to_string(store.documents().size()) +
                  " documents, sound");
    }
  });
}

/// Files that have something in common, counted, the first few named.
struct Group {
  std::size_t count = 0;
  std::vector<std::string> examples;

  void add(const std::string& example) {
    ++count;
    if (examples.size() < kShown) examples.push_back(example);
  }
  std::string words() const {
    std::string out;
    for (const std::string& one : examples) out += (out.empty() ? ": " : "; ") + one;
    return out + (count > examples.size() ? "; ..." : "");
  }
};

/// The part of a wikilink's target that names a note.
std::string note_named(std::string_view target) {
  target = target.substr(0, target.find_first_of("#|"));
  const std::size_t slash = target.rfind('/');
  if (slash != target.npos) target.remove_prefix(slash + 1);
  if (target.ends_with(".md")) target.remove_suffix(3);
  return fold_case(target);
}

void look_at_inputs(Findings& findings, const DoctorCommand& command) {
  Problems problems;
  InputOptions options;
  options.paths = command.paths;
  const std::vector<Input> inputs = list_inputs(options, problems, {});
  std::set<std::string> notes;
  std::map<std::string, Group> titles;
  Group unreadable, bytes, anchors, unclosed, empty;
  std::vector<std::pair<std::string, std::string>> links;  // document, target
  Progress progress("docs", inputs.size());
  std::size_t documents = 0;
  for (const Input& input : inputs) {
    notes.insert(fold_case(fs::path(input.path).stem().string()));
    read_input(
        input, options,
        [&](const Document& document) {
          stop_if_interrupted();
          ++documents;
          const auto counted = [&](std::uint32_t count) {
            return document.id + " (" + std::to_string(count) + ")";
          };
          if (document.invalid_bytes > 0) bytes.add(counted(document.invalid_bytes));
          if (document.unreadable_anchors > 0) anchors.add(counted(document.unreadable_anchors));
          if (document.blocks.empty()) empty.add(document.id);
          if (opens_with_front_matter(document.text) &&
              read_front_matter(document.text).size == 0) {
            unclosed.add(document.id);
          }
          if (!document.title.empty()) titles[document.title].add(document.id);
          for (const Block& block : document.blocks) {
            for (const Link& link : block.links) links.emplace_back(document.id, link.target);
          }
        },
        [&](const std::string& what) { unreadable.add(what); });
    progress.step(documents);
  }
  progress.finish();
  Group lost;
  for (const auto& [document, target] : links) {
    const std::string note = note_named(target);
    const bool elsewhere = target.find("://") != target.npos || target.starts_with("mailto:");
    if (!elsewhere && !note.empty() && !notes.contains(note)) {
      lost.add(document + " -> " + target);
    }
  }
  Group doubled;
  for (const auto& [title, group] : titles) {
    if (group.count > 1) doubled.add("\"" + title + "\" " + std::to_string(group.count) + " times");
  }
  findings.ok(std::to_string(documents) + " documents read");
  const auto report = [&](const Group& group, const std::string& what, bool bad) {
    if (group.count == 0) return;
    const std::string line = std::to_string(group.count) + ' ' + what + group.words();
    bad ? findings.bad(line) : findings.note(line);
  };
  report(unreadable, "cannot be read", true);
  report(bytes, "with bytes that are no Unicode text", true);
  report(anchors, "with time anchors that have no readable time", true);
  report(unclosed, "with front matter that is not closed", true);
  report(empty, "without text", false);
  report(doubled, "titles used more than once", false);
  report(lost, "links to notes that are not here", false);
}

}  // namespace

int run(const DoctorCommand& command) {
  Findings findings;
  look_at_environment(findings);
  look_at_store(findings);
  if (!command.paths.empty()) look_at_inputs(findings, command);
  findings.finish();
  return findings.count_bad() > 0 ? kNo : kOk;
}

}  // namespace tercet::cli
