#include "cli/interrupt.h"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>

#include "cli/report.h"

namespace tercet::cli {
namespace {

volatile std::sig_atomic_t raised = 0;

extern "C" void note_interrupt(int) { raised = 1; }

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  // No SA_RESTART: a program that waits for its stdin must wake up.
  action.sa_flags = SA_RESETHAND;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return raised != 0; }

void stop_if_interrupted() {
  if (interrupted()) throw Interrupted{};
}

void end_interrupted() {
  print_error("interrupted", kInterruptedHint);
  std::_Exit(kInterrupted);
}

// A signal handler may not call request_stop(), so a thread looks at the flag.
InterruptStop::InterruptStop()
    : watch_([source = source_](const std::stop_token& ended) mutable {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!interrupted()) {
          wake.wait_for(lock, ended, std::chrono::milliseconds(20), [] { return false; });
          if (ended.stop_requested()) return;
        }
        source.request_stop();
      }) {}

}  // namespace tercet::cli
