#pragma once

#include <termios.h>

#include <optional>

namespace tercet::cli {

/// Keys one at a time from stdin. A terminal is read without echo and without waiting for Enter,
/// and is put back as it was when this goes; anything else is read byte by byte, so that a script
/// can press keys, too.
class Keys {
 public:
  Keys();
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  ~Keys();

  /// The next key; nothing at the end of input. Throws Interrupted on Ctrl-C.
  std::optional<char> next();

 private:
  std::optional<termios> before_;
};

}  // namespace tercet::cli
