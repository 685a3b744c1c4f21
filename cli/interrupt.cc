#include "cli/interrupt.h"

#include <csignal>

namespace tercet::cli {
namespace {

volatile std::sig_atomic_t raised = 0;

extern "C" void note_interrupt(int signal) {
  raised = 1;
  std::signal(signal, SIG_DFL);  // a second one ends the program at once
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, note_interrupt);
  std::signal(SIGTERM, note_interrupt);
}

bool interrupted() { return raised != 0; }

void stop_if_interrupted() {
  if (interrupted()) throw Interrupted{};
}

}  // namespace tercet::cli
