#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "extract/read/file.h"
#include "tests/catch.h"

namespace {

namespace fs = std::filesystem;

/// A folder of its own that goes away with the test.
struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "tercet-read-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << bytes;
    return (path / name).string();
  }
};

std::string failure(const std::string& path, const tercet::ReadLimits& limits = {}) {
  try {
    tercet::read_file(path, limits);
  } catch (const tercet::Error& error) {
    return error.what();
  }
  return "";
}

std::size_t open_descriptors() {
  const fs::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_CASE("a file is read to the byte", "[read]") {
  const Folder folder;
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes += static_cast<char>(i * 7);
  CHECK(tercet::read_file(folder.write("a", bytes)) == bytes);
  CHECK(tercet::read_file(folder.write("b", "")).empty());
}

TEST_CASE("what is no readable file is told in one line", "[read]") {
  const Folder folder;
  const std::string file = folder.write("a.md", "x");
  CHECK(failure(folder.path.string()) == folder.path.string() + ": is a directory");
  CHECK(failure(file + "-none") == file + "-none: No such file or directory");
  CHECK(failure(file + "/") == file + "/: Not a directory");
  CHECK(failure("/dev/zero") == "/dev/zero: is a device");
  CHECK(failure(std::string(5000, 'a')).find("File name too long") != std::string::npos);
  CHECK(failure("") == "No such file or directory");
  if (::geteuid() != 0) {
    fs::permissions(file, fs::perms::none);
    CHECK(failure(file) == file + ": Permission denied");
  }
}

TEST_CASE("no more than the limit is read", "[read]") {
  const Folder folder;
  const std::string file = folder.write("a", "12345678");
  tercet::ReadLimits limits;
  limits.max_bytes = 8;
  CHECK(tercet::read_file(file, limits) == "12345678");
  limits.max_bytes = 7;
  CHECK(failure(file, limits) == file + ": is larger than 7 bytes");
  // Sparse: claims 8 GiB and has none.
  fs::resize_file(file, std::uintmax_t{8} << 30);
  CHECK(failure(file).find("is larger than") != std::string::npos);
  // Grows without a size: /proc files claim 0 bytes.
  limits.max_bytes = 3;
  CHECK(failure("/proc/self/status", limits).find("is larger than 3 bytes") != std::string::npos);
}

TEST_CASE("a link is followed only if asked", "[read]") {
  const Folder folder;
  folder.write("a", "x");
  const std::string link = (folder.path / "link").string();
  fs::create_symlink("a", link);
  CHECK(tercet::read_file(link) == "x");
  tercet::ReadLimits limits;
  limits.follow_symlink = false;
  CHECK(failure(link, limits) == link + ": is a symbolic link");
  const std::string loop = (folder.path / "loop").string();
  fs::create_symlink("loop", loop);
  CHECK(failure(loop).find("symbolic links") != std::string::npos);
}

TEST_CASE("a FIFO is read while somebody writes, and never waited for", "[read]") {
  const Folder folder;
  const std::string fifo = (folder.path / "fifo").string();
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  tercet::ReadLimits limits;
  limits.fifo_wait_ms = 50;
  CHECK(failure(fifo, limits) == fifo + ": is a FIFO that nobody writes to");

  limits.fifo_wait_ms = 20'000;
  const std::string bytes(300'000, 'p');
  std::thread writer([&] {
    const int out = ::open(fifo.c_str(), O_WRONLY);
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t put =
          ::write(out, bytes.data() + at, std::min<std::size_t>(9000, bytes.size() - at));
      if (put <= 0) break;
      at += static_cast<std::size_t>(put);
    }
    ::close(out);
  });
  const std::string got = tercet::read_file(fifo, limits);
  writer.join();
  CHECK(got == bytes);
}

TEST_CASE("a walk finds the documents, sorted, and says what it skipped", "[read]") {
  const Folder folder;
  const std::string root = folder.path.string();
  for (const char* name :
       {"b/z.md", "b/a.TXT", "a.jsonl", "a b.markdown", "c.html", "d.md.bak", ".md", ".hidden/x.md",
        "b/.y.md", "b/c/d/e.ndjson", "-f.md", "new\nline.md"}) {
    folder.write(name, "x");
  }
  fs::create_symlink("..", folder.path / "b" / "loop");
  fs::create_symlink("/etc/passwd", folder.path / "out.md");
  REQUIRE(::mkfifo((folder.path / "pipe.md").c_str(), 0600) == 0);

  const std::size_t before = open_descriptors();
  const tercet::Walk walk = tercet::walk(root);
  CHECK(open_descriptors() == before);

  const auto under = [&](std::vector<std::string> names) {
    for (std::string& name : names) name = root + "/" + name;
    return names;
  };
  CHECK(walk.files == under({"-f.md", "a b.markdown", "a.jsonl", "b/a.TXT", "b/c/d/e.ndjson",
                             "b/z.md", "c.html", "new\nline.md"}));
  REQUIRE(walk.skipped.size() == 3);
  CHECK(walk.skipped[0].path == root + "/b/loop");
  CHECK(walk.skipped[0].reason == "is a symbolic link");
  CHECK(walk.skipped[1].path == root + "/out.md");
  CHECK(walk.skipped[2].reason == "is a FIFO");
}

TEST_CASE("a walk goes deep and wide without running out", "[read]") {
  const Folder folder;
  std::string deep = "d";
  for (int i = 0; i < 400; ++i) deep += "/d";
  folder.write(deep + "/x.md", "x");
  for (int i = 0; i < 300; ++i) fs::create_directory(folder.path / ("w" + std::to_string(i)));
  const tercet::Walk walk = tercet::walk(folder.path.string());
  REQUIRE(walk.files.size() == 1);
  CHECK(walk.files[0] == (folder.path / deep / "x.md").string());
}

TEST_CASE("a walk from what is no folder is an error", "[read]") {
  const Folder folder;
  CHECK_THROWS_AS(tercet::walk(folder.write("a.md", "x")), tercet::Error);
  CHECK_THROWS_AS(tercet::walk((folder.path / "none").string()), tercet::Error);
}

TEST_CASE("paths are cleaned by their words alone", "[read]") {
  using tercet::clean_path;
  CHECK(clean_path("a//b/../c/") == "a/c");
  CHECK(clean_path("./a/./b") == "a/b");
  CHECK(clean_path("../a/../../b") == "../../b");
  CHECK(clean_path("/../..//a") == "/a");
  CHECK(clean_path("/") == "/");
  CHECK(clean_path("/..") == "/");
  CHECK(clean_path("") == ".");
  CHECK(clean_path("a/..") == ".");
  CHECK(clean_path("...") == "...");
  for (const char* path : {"a/../../b//c/./..", "/x/../y/", "../../..", "a b/c"}) {
    CHECK(clean_path(clean_path(path)) == clean_path(path));
  }
}
