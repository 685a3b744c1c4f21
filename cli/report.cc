#include "cli/report.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>

#include "base/utf8.h"

namespace tercet::cli {
namespace {

spdlog::logger& log() {
  // The pattern holds no padded flags (spdlog 1.10, CVE-2025-6140), and text is always an
  // argument, never the format.
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("tercet",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::info);
    return made;
  }();
  return *logger;
}

constexpr std::size_t kLongest = 2000;

std::string line(std::string_view text) {
  std::string out = printable(text.substr(0, kLongest));
  if (text.size() > kLongest) out += " ...";
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

void print_error(std::string_view what, std::string_view hint) {
  log().error("tercet: error: {}", line(what));
  if (!hint.empty()) log().error("hint: {}", line(hint));
}

void print_warning(std::string_view what) { log().warn("tercet: warning: {}", line(what)); }
void print_note(std::string_view what) { log().info("{}", line(what)); }
void print_debug(std::string_view what) { log().debug("{}", line(what)); }

void set_verbosity(bool quiet, bool verbose) {
  log().set_level(quiet     ? spdlog::level::err
                  : verbose ? spdlog::level::debug
                            : spdlog::level::info);
}

ExitCode exit_code_of(Error::Code code) {
  switch (code) {
    case Error::Code::Usage:
      return kUsage;
    case Error::Code::Resource:
      return kResource;
    case Error::Code::Io:
    case Error::Code::Syntax:
    case Error::Code::Schema:
    case Error::Code::Version:
    case Error::Code::Corrupt:
      return kBadInput;
  }
  return kInternal;
}

void Problems::add(std::string_view what) {
  if (count_++ == 0) {
    first_ = told_ = what;
    return;
  }
  show_first();
  if (count_ <= kShown) print_warning(what);
}

void Problems::show_first() {
  if (!first_.empty()) print_warning(first_);
  first_.clear();
}

ExitCode Problems::fail() {
  if (!first_.empty())
    print_error(first_);
  else
    print_error("none of " + std::to_string(count_) + " inputs could be read");
  first_.clear();
  return kBadInput;
}

void Problems::finish() {
  if (log().level() >= spdlog::level::err && count_ > 0) {
    // The exit code says that something is missing; --quiet must not hide what.
    const std::string more =
        count_ > 1 ? " (and " + std::to_string(count_ - 1) + " more problems)" : std::string();
    print_error(told_ + more);
    first_.clear();
    return;
  }
  show_first();
  if (count_ > kShown) {
    print_warning("... and " + std::to_string(count_ - kShown) + " more problems of this kind");
  }
}

std::string_view closest(std::string_view word, const std::vector<std::string>& known) {
  std::string_view best;
  std::size_t best_distance =
      std::max<std::size_t>(1, std::min<std::size_t>(3, word.size() / 3)) + 1;
  for (const std::string& one : known) {
    const std::size_t distance = edit_distance(word.substr(0, 64), one);
    if (distance < best_distance) {
      best = one;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace tercet::cli
