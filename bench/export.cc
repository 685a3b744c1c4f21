// How fast a graph leaves: bytes per CPU second of one core, and memory above the graph.
// usage: bench_export [FACTS] [FOLDER]   with FOLDER the files are also written there
#include <malloc.h>

#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <streambuf>

#include "base/sha256.h"
#include "export/cypher.h"
#include "export/gexf.h"
#include "export/graphml.h"
#include "export/jsonl.h"
#include "export/jsonld.h"
#include "export/nquads.h"
#include "export/turtle.h"

namespace {

std::uint64_t state = 42;
std::size_t any(std::size_t sides) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::size_t>(state >> 33) % sides;
}

std::string words(std::size_t count) {
  static const char* const kWords[] = {
      "cloud",    "market", "value",     "customer", "the",     "of", "scale",   "growth", "and",
      "platform", "model",  "caf\u00E9", "demand",   "service", "to", "\u2019s", "retail", "chain"};
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += kWords[any(std::size(kWords))];
  }
  return out;
}

// Facts as notes give them: a few thousand to a document, names of two or three words.
tercet::KnowledgeGraph sample(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count / 5 + 1; ++i) {
    names.push_back(words(2) + ' ' + std::to_string(i));
  }
  const char* const kRelations[] = {"offers", "competes_with", "depends_on", "uses", "part_of"};
  std::vector<tercet::Fact> facts(count);
  for (std::size_t i = 0; i < count; ++i) {
    tercet::Fact& fact = facts[i];
    fact.id = tercet::sha256_hex(std::to_string(i), 16);
    fact.subject = fact.subject_text = names[any(names.size())];
    fact.object = fact.object_text = names[any(names.size())];
    fact.subject_type = "Organization";
    fact.object_type = "Product";
    fact.relation = kRelations[any(std::size(kRelations))];
    if (any(5) == 0) fact.polarity = tercet::Polarity::Negative;
    if (any(4) == 0) fact.modality = tercet::Modality::Possible;
    fact.confidence = static_cast<double>(any(10001)) / 10000;
    fact.sentence = words(14) + ".";
    fact.evidence = fact.sentence.substr(0, fact.sentence.find(' ', 40));
    fact.doc = "notes/document_" + std::to_string(i / 2000) + ".md";
    fact.start = i % 2000 * 97;
    fact.end = fact.start + 40;
    fact.line = static_cast<std::uint32_t>(i % 2000 + 1);
    fact.timestamp = "00:12:34";
    fact.url = "https://youtu.be/abcdefghijk?t=754";
    fact.by = "verb.doer.target";
  }
  return tercet::build_graph(std::move(facts));
}

class Counter : public std::streambuf {
 public:
  std::size_t bytes = 0;

 protected:
  std::streamsize xsputn(const char*, std::streamsize size) override {
    bytes += static_cast<std::size_t>(size);
    return size;
  }
  int_type overflow(int_type c) override {
    ++bytes;
    return traits_type::not_eof(c);
  }
};

// VmRSS or VmHWM in MiB.
double memory(const std::string& what) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(what + ":")) return std::stod(line.substr(what.size() + 1)) / 1024;
  }
  return 0;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
  const tercet::KnowledgeGraph graph = sample(count);
  malloc_trim(0);
  std::cout << count << " facts, " << graph.nodes().size() << " things, " << graph.edges().size()
            << " edges\n";
  tercet::PropertyGraphOptions all;
  all.all = true;
  using Write = std::function<void(std::ostream&)>;
  const std::pair<const char*, Write> formats[] = {
      {"nq", [&](auto& out) { tercet::write_nquads(graph, out); }},
      {"jsonld", [&](auto& out) { tercet::write_jsonld(graph, out); }},
      {"ttl", [&](auto& out) { tercet::write_turtle(graph, out); }},
      {"jsonl", [&](auto& out) { tercet::write_jsonl(graph, out); }},
      {"graphml", [&](auto& out) { tercet::write_graphml(graph, out); }},
      {"gexf", [&](auto& out) { tercet::write_gexf(graph, out, all); }},
      {"cypher", [&](auto& out) { tercet::write_cypher(graph, out); }},
  };
  for (const auto& [name, write] : formats) {
    std::ofstream("/proc/self/clear_refs") << 5;  // VmHWM starts anew
    const double before = memory("VmRSS");
    Counter counter;
    std::ostream out(&counter);
    const double start = cpu_seconds();
    write(out);
    const double seconds = cpu_seconds() - start;
    std::cout << name << ' ' << counter.bytes / 1'000'000 << " MB, " << seconds << " CPU s, "
              << static_cast<double>(counter.bytes) / 1e6 / seconds << " MB/s, +"
              << memory("VmHWM") - before << " MiB\n";
    malloc_trim(0);
    if (argc > 2) {
      std::ofstream file(std::string(argv[2]) + "/graph." + name, std::ios::binary);
      write(file);
    }
  }
}
