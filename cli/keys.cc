#include "cli/keys.h"

#include <unistd.h>

#include <cerrno>

#include "cli/interrupt.h"

namespace tercet::cli {

Keys::Keys() {
  termios now{};
  if (::tcgetattr(STDIN_FILENO, &now) != 0) return;  // not a terminal
  before_ = now;
  now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  now.c_cc[VMIN] = 1;
  now.c_cc[VTIME] = 0;
  ::tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

Keys::~Keys() {
  if (before_) ::tcsetattr(STDIN_FILENO, TCSANOW, &*before_);
}

std::optional<char> Keys::next() {
  constexpr char kEndOfTransmission = 4;  // Ctrl-D, which a terminal in this mode hands over
  for (;;) {
    stop_if_interrupted();
    char key = 0;
    const ssize_t count = ::read(STDIN_FILENO, &key, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || key == kEndOfTransmission) return std::nullopt;
    return key;
  }
}

}  // namespace tercet::cli
