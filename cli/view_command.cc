#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/source.h"
#include "export/html.h"

extern char** environ;

namespace tercet::cli {
namespace {

KnowledgeGraph read_graph(const ViewCommand& command, Problems& problems) {
  if (command.file.empty()) return read_source(command.source, problems);
  if (!command.source.store.empty()) {
    throw Error(Error::Code::Usage, "a file and a store are two graphs", {},
                "name the file or --store, not both");
  }
  const std::string name = command.file == "-" ? "stdin" : command.file;
  std::vector<Fact> facts = read_facts(read_bytes(command.file), name, problems);
  if (facts.empty() && problems.count() > 0) {
    throw Error(Error::Code::Syntax, "holds no fact", {name, 0, 0},
                "facts come as JSONL, as tercet extract writes them");
  }
  return build_graph(std::move(facts));
}

bool on_desktop() {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return true;
  }
  return false;
}

// The desktop's own way to open a file. It has gone when it has handed the file on.
bool open_on_desktop(const std::string& path) {
  std::string program = "xdg-open", argument = std::filesystem::absolute(path).string();
  char* const words[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  if (::posix_spawnp(&child, words[0], nullptr, nullptr, words, environ) != 0) return false;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int run(const ViewCommand& command) {
  Problems problems;
  const KnowledgeGraph graph = read_graph(command, problems);
  const std::string path = command.output.value_or("tercet.html");
  Output output(path);
  OutputBuffer buffer(output);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);
  HtmlOptions options;
  options.title = command.title;
  options.all = command.all;
  write_html(graph, out, options);
  output.commit();
  if (path != "-") {
    const bool opened = !command.no_open && on_desktop() && open_on_desktop(path);
    print_note(opened ? "opened " + path : "wrote " + path + "; open it in a browser");
  }
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
