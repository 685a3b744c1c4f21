#include "export/draw.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/utf8.h"

extern char** environ;

namespace tercet {
namespace {

constexpr std::string_view kProgram = "tercet-draw";
constexpr std::size_t kMostMessages = 64 << 10;  // bytes of stderr that are kept

[[noreturn]] void fail_io(const std::string& what) {
  throw Error(Error::Code::Io, "cannot draw: " + what + ": " + std::strerror(errno));
}

[[noreturn]] void fail_resource(const std::string& what) {
  throw Error(Error::Code::Resource, "cannot draw: " + what, {},
              "too large to lay out: draw less of it (--view, --limit), or write DOT (-t dot)");
}

// A file descriptor, closed at the end. Never 0, 1 or 2, which the child gets its own of.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {
    if (fd_ >= 0 && fd_ <= 2) {
      fd_ = fcntl(fd, F_DUPFD_CLOEXEC, 3);
      ::close(fd);
    }
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { reset(); }

  int fd() const { return fd_; }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read, write;
};

Pipe open_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail_io("no pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// The child reads a file in memory: nothing to feed while it writes, so no deadlock, and no SIGPIPE
// when it dies early.
Descriptor memory_file(std::string_view text) {
  Descriptor file(memfd_create("tercet-draw", MFD_CLOEXEC));
  if (file.fd() < 0) fail_io("no memory file");
  while (!text.empty()) {
    const ssize_t size = ::write(file.fd(), text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) fail_io("no memory file");
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  if (lseek(file.fd(), 0, SEEK_SET) != 0) fail_io("no memory file");
  return file;
}

// Beside the running program, in its installation, in the build folder of a test, or where this
// library was installed.
std::string find_program() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::vector<std::filesystem::path> folders;
  if (!error) {
    const std::filesystem::path here = self.parent_path();
    folders = {here, here.parent_path() / "libexec" / "tercet", here.parent_path()};
  }
  folders.emplace_back(TERCET_LIBEXEC);
  for (const auto& folder : folders) {
    const std::filesystem::path path = folder / kProgram;
    if (access(path.c_str(), X_OK) == 0 && std::filesystem::is_regular_file(path, error)) {
      return path.string();
    }
  }
  throw Error(Error::Code::Io, "cannot draw: the program " + std::string(kProgram) + " is missing",
              {}, "it belongs beside tercet or in ../libexec/tercet; -t dot works without it");
}

// A running child; killed and waited for if it is left before its end.
class Child {
 public:
  Child(const std::string& program, const std::vector<std::string>& arguments, int in, int out,
        int err) {
    std::vector<char*> words = {const_cast<char*>(program.c_str())};
    for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    if (posix_spawn_file_actions_init(&actions) != 0) throw std::bad_alloc();
    if (posix_spawnattr_init(&attributes) != 0) {
      posix_spawn_file_actions_destroy(&actions);
      throw std::bad_alloc();
    }
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    sigset_t none, standard;  // a caller's blocked or ignored signals are not the child's
    sigemptyset(&none);
    sigemptyset(&standard);
    for (const int signal : {SIGPIPE, SIGXCPU, SIGINT, SIGTERM}) sigaddset(&standard, signal);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    errno = posix_spawn(&pid_, program.c_str(), &actions, &attributes, words.data(), environ);
    const int error = errno;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
      pid_ = -1;
      errno = error;
      fail_io("cannot start " + program);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ < 0) return;
    kill(pid_, SIGKILL);
    wait();
  }

  int wait() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

 private:
  pid_t pid_ = -1;
};

using Clock = std::chrono::steady_clock;

// Reads both streams to their ends.
void collect(Pipe& out, Pipe& err, const Limits& limits, std::string& picture,
             std::string& messages) {
  const Clock::time_point end = Clock::now() + limits.wall;
  std::array<pollfd, 2> polls = {pollfd{out.read.fd(), POLLIN, 0}, {err.read.fd(), POLLIN, 0}};
  std::array<char, 1 << 16> piece;
  while (polls[0].fd >= 0 || polls[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) fail_resource("the layout takes too long");
    const int ready = poll(polls.data(), polls.size(), static_cast<int>(left.count()) + 1);
    if (ready < 0 && errno != EINTR) fail_io("poll");
    if (ready <= 0) continue;
    for (pollfd& one : polls) {
      if (one.fd < 0 || one.revents == 0) continue;
      const ssize_t size = read(one.fd, piece.data(), piece.size());
      if (size < 0 && errno == EINTR) continue;
      if (size < 0) fail_io("read");
      if (size == 0) {
        one.fd = -1;
        continue;
      }
      const std::string_view text(piece.data(), static_cast<std::size_t>(size));
      if (&one == &polls[0]) {
        if (picture.size() + text.size() > limits.output_bytes)
          fail_resource("the picture is huge");
        picture += text;
      } else if (messages.size() < kMostMessages) {
        messages += text;
      }
    }
  }
}

// The first line Graphviz said, safe for a terminal.
std::string first_message(std::string_view messages) {
  const std::string line =
      printable(messages.substr(0, std::min(messages.find('\n'), std::size_t{300})));
  return line.empty() ? std::string() : " (" + line + ")";
}

constexpr std::array<const char*, 3> kEngines = {"dot", "neato", "sfdp"};
constexpr std::array<const char*, 3> kFormats = {"svg", "png", "pdf"};

}  // namespace

std::string render(std::string_view dot, Engine engine, ImageFormat format, const Limits& limits) {
  const std::string program = find_program();
  const Descriptor in = memory_file(dot);
  Pipe out = open_pipe(), err = open_pipe();
  Child child(
      program,
      {kEngines[static_cast<std::size_t>(engine)], kFormats[static_cast<std::size_t>(format)],
       std::to_string(limits.cpu_seconds), std::to_string(limits.memory_bytes)},
      in.fd(), out.write.fd(), err.write.fd());
  out.write.reset();
  err.write.reset();
  std::string picture, messages;
  collect(out, err, limits, picture, messages);
  const int status = child.wait();
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    const bool time = signal == SIGXCPU || signal == SIGKILL;
    fail_resource(time ? "the layout takes too long"
                       : "Graphviz stopped with signal " + std::to_string(signal));
  }
  const int code = WEXITSTATUS(status);
  if (code == 3) {
    throw Error(Error::Code::Syntax, "cannot draw: not DOT" + first_message(messages));
  }
  if (code != 0) fail_resource("Graphviz gave up" + first_message(messages));
  return picture;
}

}  // namespace tercet
