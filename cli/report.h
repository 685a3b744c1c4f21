#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tercet::cli {

/// The contract's exit codes.
enum ExitCode : int {
  kOk = 0,
  kNo = 1,  ///< a check answered no
  kUsage = 2,
  kPartly = 3,    ///< done, but some inputs were skipped or failed
  kBadInput = 4,  ///< bad input or damaged store, nothing written
  kResource = 5,
  kInternal = 70,
  kInterrupted = 130,
};

/// Everything a person reads goes to stderr through these, one line each. Whatever the text holds,
/// nothing in it reaches the terminal raw.
void print_error(std::string_view what, std::string_view hint = {});
void print_warning(std::string_view what);
void print_note(std::string_view what);   ///< silent with --quiet
void print_debug(std::string_view what);  ///< only with --verbose

/// quiet: errors only. verbose: details too.
void set_verbosity(bool quiet, bool verbose);

ExitCode exit_code_of(Error::Code code);

/// Inputs that were skipped or failed. The first kShown are printed as they come, then counted.
class Problems {
 public:
  void add(std::string_view what);
  /// Nothing came of it all: the first problem is the error, which --quiet does not hide.
  ExitCode fail();
  std::size_t count() const { return count_; }
  /// Print how many were not shown; with --quiet the first, as an error.
  void finish();

 private:
  static constexpr std::size_t kShown = 20;
  void show_first();

  std::string first_;  // held back until it is known whether it is an error
  std::string told_;   // the first, whatever became of it
  std::size_t count_ = 0;
};

/// Of `known`, the one closest to `word` by edit distance, if close enough to be a slip; or empty.
std::string_view closest(std::string_view word, const std::vector<std::string>& known);

}  // namespace tercet::cli
