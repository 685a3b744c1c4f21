#pragma once

namespace tercet::cli {

/// Ctrl-C was pressed: thrown at the next safe place, never inside a write.
struct Interrupted {};

/// From now on SIGINT and SIGTERM only raise a flag.
void catch_interrupts();
bool interrupted();
/// Throws Interrupted if the flag is up.
void stop_if_interrupted();

}  // namespace tercet::cli
