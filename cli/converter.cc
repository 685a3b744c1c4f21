#include "cli/converter.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/ascii.h"
#include "base/error.h"
#include "cli/interrupt.h"
#include "extract/read/file.h"

namespace tercet::cli {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what, std::string hint = {}) {
  throw Error(Error::Code::Io, what, {path, 0, 0}, std::move(hint));
}

}  // namespace

const Converter* converter_for(std::string_view path) {
  static const std::array<Converter, 2> kConverters = {{
      {".pdf", "pdftotext", {"-q", "-enc", "UTF-8", "-nopgbrk"}, {"-"}, "poppler-utils"},
      {".epub", "pandoc", {"--from=epub", "--to=plain", "--wrap=none", "--sandbox"}, {}, "pandoc"},
  }};
  for (const Converter& one : kConverters) {
    if (path.size() > one.extension.size() && ends_with_no_case(path, one.extension)) return &one;
  }
  return nullptr;
}

std::string convert(const Converter& converter, const std::string& path) {
  if (::access(path.c_str(), R_OK) != 0) {
    fail(path, std::generic_category().message(errno));
  }
  std::vector<std::string> words{std::string(converter.program)};
  words.insert(words.end(), converter.before.begin(), converter.before.end());
  words.push_back(path.starts_with('-') ? "./" + path : path);  // a name is never an option
  words.insert(words.end(), converter.after.begin(), converter.after.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) fail(path, std::generic_category().message(errno));
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int error =
      ::posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  if (error != 0) {
    ::close(pipe[0]);
    fail(path, "needs " + std::string(converter.program) + " to be read",
         "install " + std::string(converter.package));
  }
  std::string text;
  const auto wait = [&] {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
  };
  try {
    ReadLimits limits;
    limits.on_signal = stop_if_interrupted;
    text = read_descriptor(pipe[0], path, limits);
  } catch (...) {
    ::close(pipe[0]);
    wait();
    throw;
  }
  ::close(pipe[0]);
  const int status = wait();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fail(path, std::string(converter.program) + " cannot read it");
  }
  return text;
}

}  // namespace tercet::cli
