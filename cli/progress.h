#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace tercet::cli {

enum class ProgressMode { Auto, Never, Json };
void set_progress(ProgressMode mode);

/// "docs 120/304  facts 4,812  ETA 00:03" on stderr: on a terminal only, redrawn at most ten times
/// a second; with --progress json one JSON object a line. Silent for work shorter than a second.
class Progress {
 public:
  Progress(std::string unit, std::size_t total);
  void step(std::size_t facts);  ///< one unit more is done
  void finish();

 private:
  void draw(bool last);
  std::string unit_;
  std::size_t total_, done_ = 0, facts_ = 0;
  std::chrono::steady_clock::time_point begin_, drawn_;
  bool shown_ = false;
};

}  // namespace tercet::cli
