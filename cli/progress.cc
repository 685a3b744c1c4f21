#include "cli/progress.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace tercet::cli {
namespace {

ProgressMode mode = ProgressMode::Auto;  // set once, before any work begins

std::string clock_text(double seconds) {
  const int s = static_cast<int>(seconds);
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d", s / 60 % 6000, s % 60);
  return text;
}

}  // namespace

void set_progress(ProgressMode to) { mode = to; }

Progress::Progress(std::string unit, std::size_t total)
    : unit_(std::move(unit)),
      total_(total),
      begin_(std::chrono::steady_clock::now()),
      drawn_(begin_) {}

void Progress::step(std::size_t facts) {
  ++done_;
  facts_ = facts;
  const auto now = std::chrono::steady_clock::now();
  if (now - begin_ < std::chrono::seconds(1)) return;
  if (now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  draw(false);
}

void Progress::finish() {
  if (shown_) draw(true);
}

void Progress::draw(bool last) {
  const double spent =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  const double left = done_ == 0 ? 0
                                 : spent / static_cast<double>(done_) *
                                       static_cast<double>(total_ - std::min(done_, total_));
  if (mode == ProgressMode::Json) {
    std::fprintf(stderr, "{\"unit\":\"%s\",\"done\":%zu,\"total\":%zu,\"facts\":%zu}\n",
                 unit_.c_str(), done_, total_, facts_);
    shown_ = true;
  } else if (mode == ProgressMode::Auto && ::isatty(STDERR_FILENO) == 1) {
    std::fprintf(stderr, "\r%s %zu/%zu  facts %zu  ETA %s\x1b[K%s", unit_.c_str(), done_, total_,
                 facts_, clock_text(left).c_str(), last ? "\r\x1b[K" : "");
    std::fflush(stderr);
    shown_ = true;
  }
}

}  // namespace tercet::cli
