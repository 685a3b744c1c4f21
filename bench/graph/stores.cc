// The snapshot as a triple store: N-Triples -> names interned -> three runs -> one file -> mapped.
// usage: bench_stores FILE.nt SNAPSHOT   prints one JSON line, fields as ../shared/bench/stores.py.
// One thread. Terms are taken as they are spelt: no escapes are resolved, nothing is validated.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "graph/query.h"
#include "graph/snapshot.h"
#include "graph/snapshot_write.h"

namespace {

using namespace tercet;

double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Subject, predicate and object of the lines of N-Triples, a batch at a time.
TripleSet load(std::string_view text) {
  constexpr std::size_t kLines = NameTable::kBatch / 2;
  TripleSet set;
  std::array<std::string_view, 2 * kLines> terms;
  std::array<NodeId, 2 * kLines> ids{};
  std::array<RelationId, kLines> relations{};
  for (std::size_t at = 0; at < text.size();) {
    std::size_t lines = 0;
    for (; lines < kLines && at < text.size(); ++lines) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = text.substr(at, end - at);
      at = end + 1;
      const std::size_t one = line.find(' '), two = line.find(' ', one + 1);
      terms[2 * lines] = line.substr(0, one);
      relations[lines] = set.relations.insert(line.substr(one + 1, two - one - 1));
      terms[2 * lines + 1] = line.substr(two + 1, line.size() - two - 3);  // without " ."
    }
    set.nodes.insert_all({terms.data(), 2 * lines}, ids.data());
    for (std::size_t i = 0; i < lines; ++i) {
      set.triples.push_back({ids[2 * i], relations[i], ids[2 * i + 1]});
    }
  }
  return set;
}

struct Latency {
  double p50 = 0, p95 = 0;
  std::uint64_t rows = 0;
};

template <typename Ask>
Latency latency_of(std::uint32_t lines, const Ask& ask) {
  std::vector<double> times;
  Latency out;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const std::string name = "<http://kg.example/e/" + std::to_string(i * 7919 % (lines / 8)) + ">";
    const double begin = wall();
    out.rows += ask(name);
    times.push_back((wall() - begin) * 1e3);
  }
  std::sort(times.begin(), times.end());
  out.p50 = times[100];
  out.p95 = times[190];
  return out;
}

/// Names two steps from `name`, at most 1,000, as the library's caller would gather them.
std::uint64_t two_hops(const Snapshot& snapshot, const std::string& name) {
  const auto start = snapshot.find(name);
  if (!start) return 0;
  std::uint64_t rows = 0, characters = 0;
  for (const NodeId middle : snapshot.targets(snapshot.out(*start))) {
    for (const NodeId end : snapshot.targets(snapshot.out(middle))) {
      characters += snapshot.name(end).size();
      if (++rows == 1000) break;
    }
    if (rows == 1000) break;
  }
  static volatile std::uint64_t sink;
  sink = characters;
  return rows;
}

/// The same, asked in the query language: read, planned and run.
std::uint64_t two_hops_asked(const Snapshot& snapshot, const std::string& name) {
  std::uint64_t rows = 0, characters = 0;
  const PreparedQuery query(snapshot, parse_query("\"" + name + "\" -[*]-> ?b -[*]-> ?c"));
  query.run([&](const QueryRow& row) {
    characters += snapshot.name(row.nodes[2]).size();
    return ++rows < 1000;
  });
  static volatile std::uint64_t sink;
  sink = characters;
  return rows;
}

/// ?a r0 ?b . ?b r5 ?c, counted: a merge of POS of r0 with SPO.
std::uint64_t join(const Snapshot& snapshot, RelationId first, RelationId second) {
  const Places places = snapshot.of(first);
  std::uint64_t count = 0;
  for (std::uint32_t i = places.first; i < places.last;) {
    const NodeId middle = snapshot.of_target(i);
    std::uint32_t end = i;
    while (end < places.last && snapshot.of_target(end) == middle) ++end;
    count += std::uint64_t{end - i} * snapshot.out(middle, second).size();
    i = end;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: bench_stores FILE.nt SNAPSHOT\n"), 2;
  const int fd = ::open(argv[1], O_RDONLY);
  struct stat status {};
  if (fd < 0 || ::fstat(fd, &status) != 0) return std::perror(argv[1]), 1;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (mapped == MAP_FAILED) return std::perror(argv[1]), 1;
  const std::string_view text(static_cast<const char*>(mapped), size);

  const double w0 = wall(), c0 = cpu();
  TripleSet set = load(text);
  const auto lines = static_cast<std::uint32_t>(set.triples.size());
  const double c1 = cpu();
  write_snapshot(argv[2], std::move(set));
  const double w1 = wall(), c2 = cpu();
  // As an acknowledged store would: durable before it is said to be there.
  const int written = ::open(argv[2], O_RDONLY);
  ::fsync(written);
  ::close(written);
  const double w2 = wall();
  ::munmap(mapped, size);
  const Snapshot snapshot = Snapshot::open(argv[2]);
  const double w3 = wall();

  const Latency direct =
      latency_of(lines, [&](const std::string& name) { return two_hops(snapshot, name); });
  const Latency asked =
      latency_of(lines, [&](const std::string& name) { return two_hops_asked(snapshot, name); });
  const RelationId r0 = *snapshot.relation_named("<http://kg.example/p/r0>");
  const RelationId r5 = *snapshot.relation_named("<http://kg.example/p/r5>");
  const double w4 = wall();
  const std::uint64_t joined = join(snapshot, r0, r5);
  const double w5 = wall(), c5 = cpu();
  std::uint64_t asked_join = 0;
  PreparedQuery(snapshot, parse_query("?a -[\"<http://kg.example/p/r0>\"]-> ?b "
                                      "-[\"<http://kg.example/p/r5>\"]-> ?c"))
      .run([&](const QueryRow&) { return ++asked_join > 0; });
  const double c6 = cpu();
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"engine\": \"tercet\", \"triples\": %u, \"distinct\": %u, \"nodes\": %u, "
      "\"intern_cpu_s\": %.3f, \"write_cpu_s\": %.3f, \"load_s\": %.3f, \"load_cpu_s\": %.3f, "
      "\"fsync_s\": %.3f, \"triples_per_s\": %.0f, \"triples_per_cpu_s\": %.0f, "
      "\"disk_bytes\": %zu, \"bytes_per_triple\": %.1f, \"open_s\": %.4f, "
      "\"hop2\": {\"p50_ms\": %.4f, \"p95_ms\": %.4f, \"rows\": %llu}, "
      "\"hop2_query\": {\"p50_ms\": %.4f, \"p95_ms\": %.4f, \"rows\": %llu}, "
      "\"join_s\": %.4f, \"join_n\": %llu, \"join_query_cpu_s\": %.4f, \"join_query_n\": %llu, "
      "\"peak_rss_mb\": %ld}\n",
      lines, snapshot.edges(), snapshot.nodes(), c1 - c0, c2 - c1, w1 - w0, c2 - c0, w2 - w1,
      lines / (w1 - w0), lines / (c2 - c0), snapshot.bytes(),
      static_cast<double>(snapshot.bytes()) / lines, w3 - w2, direct.p50, direct.p95,
      static_cast<unsigned long long>(direct.rows), asked.p50, asked.p95,
      static_cast<unsigned long long>(asked.rows), w5 - w4, static_cast<unsigned long long>(joined),
      c6 - c5, static_cast<unsigned long long>(asked_join), usage.ru_maxrss / 1024);
  return joined == asked_join ? 0 : 1;
}
