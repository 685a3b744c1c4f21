// tercet-draw ENGINE FORMAT CPU-SECONDS MEMORY-BYTES: a graph in the DOT language from stdin, its
// picture on stdout. A process of its own, run by export/draw.cc with limits on time and memory; it
// may crash. Exit status: 0 drawn, 2 wrong arguments, 3 the input is not DOT, 4 layout or drawing
// failed.
#include <graphviz/gvc.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <string>

#if defined(__SANITIZE_ADDRESS__)
// Graphviz and the font libraries keep what they allocate until the end.
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }  // NOLINT
#endif

namespace {

bool read_all(std::FILE* in, std::string& text) {
  char piece[1 << 16];
  while (const std::size_t size = std::fread(piece, 1, sizeof piece, in)) text.append(piece, size);
  return std::ferror(in) == 0;
}

// Graphviz's own names only: an argument of ours is never a file name or a plugin to load.
bool known(const char* word, std::initializer_list<const char*> words) {
  for (const char* one : words) {
    if (std::strcmp(word, one) == 0) return true;
  }
  return false;
}

// Sharp on a slide (about 2,400 pixels wide), yet never more than 50 million pixels: cairo holds
// four bytes for each.
void choose_resolution(Agraph_t* graph) {
  const boxf box = GD_bb(graph);
  const double width = box.UR.x - box.LL.x + 50, height = box.UR.y - box.LL.y + 50;  // points
  double dpi = std::clamp(72 * 2400 / width, 96.0, 192.0);
  dpi = std::min(dpi, 72 * std::sqrt(5e7 / (width * height)));
  dpi = std::min(dpi, 72 * 30000 / std::max(width, height));
  GD_drawing(graph)->dpi = dpi;
}

// Limits this process; a sanitizer's shadow memory is beyond any limit on addresses.
bool limit(int resource, const char* value) {
  char* end = nullptr;
  const unsigned long long most = std::strtoull(value, &end, 10);
  if (end == value || *end != '\0' || most == 0) return false;
#if defined(__SANITIZE_ADDRESS__)
  if (resource == RLIMIT_AS) return true;
#endif
  const rlimit both = {static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  return setrlimit(static_cast<__rlimit_resource>(resource), &both) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5 || !known(argv[1], {"dot", "neato", "sfdp"}) ||
      !known(argv[2], {"svg", "png", "pdf"}) || !limit(RLIMIT_CPU, argv[3]) ||
      !limit(RLIMIT_AS, argv[4])) {
    std::fputs("usage: tercet-draw dot|neato|sfdp svg|png|pdf CPU-SECONDS MEMORY-BYTES < DOT\n",
               stderr);
    return 2;
  }
  std::string text;
  if (!read_all(stdin, text)) return 3;
  if (text.find('\0') != std::string::npos) return 3;  // cgraph would read half of it
  GVC_t* const context = gvContext();
  Agraph_t* const graph = agmemread(text.c_str());
  if (graph == nullptr) return 3;
  const char* const layout = agget(graph, const_cast<char*>("layout"));
  if (layout != nullptr && *layout != '\0' && !known(layout, {"dot", "neato", "sfdp", "nop"}))
    return 3;
  if (gvLayout(context, graph, argv[1]) != 0) return 4;
  if (std::strcmp(argv[2], "png") == 0) choose_resolution(graph);
  char* data = nullptr;
  unsigned int size = 0;
  if (gvRenderData(context, graph, argv[2], &data, &size) != 0 || data == nullptr) return 4;
  const bool written = std::fwrite(data, 1, size, stdout) == size && std::fflush(stdout) == 0;
  return written ? 0 : 4;  // memory goes with the process
}
