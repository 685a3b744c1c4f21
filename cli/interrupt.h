#pragma once

#include <stop_token>
#include <thread>

namespace tercet::cli {

inline constexpr const char* kInterruptedHint =
    "run the same command again; what a store has committed is kept";

/// Ctrl-C was pressed: thrown at the next safe place, never inside a write.
struct Interrupted {};

/// From now on SIGINT and SIGTERM only raise a flag; a second one ends the program at once.
/// System calls that wait are cut short by them (EINTR).
void catch_interrupts();
bool interrupted();
/// Throws Interrupted if the flag is up.
void stop_if_interrupted();

/// Say so and end the program at once with the contract's code, whatever other threads do.
[[noreturn]] void end_interrupted();

/// A stop token for work that asks one: stopped within 20 ms of Ctrl-C.
class InterruptStop {
 public:
  InterruptStop();
  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread watch_;  // last: ends before the source goes away
};

}  // namespace tercet::cli
