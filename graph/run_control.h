#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <stop_token>
#include <utility>

namespace tercet {

/// How a measure runs; never what it computes: results are bit-identical for any `threads`.
struct RunControl {
  unsigned threads = 1;  ///< at most this many threads work; 0 counts as 1
  std::stop_token stop;  ///< asked for often; a stopped run throws Stopped
  std::function<void(double)>
      progress;  ///< share done, 0..1, rising; called by the caller's thread
};

/// Thrown by a measure whose stop was requested.
class Stopped : public std::exception {
 public:
  const char* what() const noexcept override { return "stopped"; }
};

/// After how many arcs, at most, a measure asks for its stop again: a few milliseconds.
inline constexpr std::uint64_t kArcsUnasked = 1 << 20;

/// Counts the arcs looked at and asks for the stop once in kArcsUnasked of them.
class StopCheck {
 public:
  explicit StopCheck(std::stop_token stop) : stop_(std::move(stop)) {}
  void after(std::uint64_t arcs) {  ///< throws Stopped if it was asked for
    arcs_ += arcs;
    if (arcs_ < kArcsUnasked) return;
    arcs_ = 0;
    if (stop_.stop_requested()) throw Stopped();
  }

 private:
  std::stop_token stop_;
  std::uint64_t arcs_ = 0;
};

/// Throws Stopped if it was asked for; tells the progress.
inline void check_in(const RunControl& control, double done) {
  if (control.stop.stop_requested()) throw Stopped();
  if (control.progress) control.progress(done);
}

}  // namespace tercet
