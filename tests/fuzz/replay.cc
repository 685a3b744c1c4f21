// Runs a fuzz target without libFuzzer: the seeds below, then mutations of them from a fixed seed.
// The same entry points link with -fsanitize=fuzzer for long runs (./dev fuzz).
// usage: fuzz_TARGET [RUNS] [FILE...]
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// PCG-XSH-RR, so that a failing run is the same everywhere.
std::uint64_t state = 0x853c49e6748fea9bULL;
std::uint32_t next() {
  const std::uint64_t old = state;
  state = old * 6364136223846793005ULL + 1442695040888963407ULL;
  const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
  const auto turn = static_cast<std::uint32_t>(old >> 59);
  return (shifted >> turn) | (shifted << ((32 - turn) & 31));
}

const char* const kSeeds[] = {
    "",
    R"({"subject":"a","relation":"uses","object":"b","polarity":"negative","confidence":0.5,"qualifiers":{"date":"2019"},"antecedent":{"text":"x","line":3,"of":"object"}})",
    R"({"id":"d","text":"A does not use B. [[x | y]] <a class=\"yt-timestamp\" data-t=\"00:01:02\">[00:01:02]</a>."})",
    "relation\tdomain\trange\tprops\tlexicalisations\nuses\tOrganization|ANY\tService\tinverse:"
    "used_by; symmetric\tuses; was used "
    "by(inv)\n\ftype\tparent\nOrganization\t\nService\tOrganization\n",
    "a b 1.5\nb c\n# note\nc a 2e-3\n",
    "<?xml version=\"1.0\"?><graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"><key id=\"w\" "
    "for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/><graph "
    "edgedefault=\"undirected\"><node id=\"a\"/><node id=\"b\"/><edge source=\"a\" "
    "target=\"b\"><data key=\"w\">2</data></edge></graph></graphml>",
    "# text = It "
    "isn't.\n1\tIt\tit\tPRON\t_\tCase=Nom\t2\tnsubj\t_\t_\n2-3\tisn't\t_\t_\t_\t_\t_\t_\t_\t_\n2"
    "\tis\tbe\tAUX\t_\t_\t0\troot\t_\tEntity=(1-person-1)\n3\tn't\tnot\tPART\t_\t_\t2\tadvmod\t_\t_"
    "\n\n",
    "# text = AWS "
    "doesn't.\n1\tAWS\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter="
    "No\n2\tdoes\t_\t_\t_\t_\t_\t_\t_\t_\n3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
    "1---\ntitle: T\nvideoId: abcdefghijk\n---\nFrom: [[x]] <br/>\n\n# H\n\n* **Lead** A [[b | c]] "
    "<a class=\"yt-timestamp\" data-t=\"00:01:02\">[00:01:02]</a>.\n  * nested ![[x]] `code` "
    "$math$\n> [!NOTE] it's\n",
    "?a:Company -[r|s state=any confidence>=.5 date<=2024]{1,3}-> \"b\" <-[?p]- ?x, ?x -[*]- ?a",
    "Dr. Smith's U.S. firm paid $3.5bn (approx. 20%) to e.g. co-op.com; can't-do\xE2\x80\x99s "
    "\"end.\" Next?!",
};

std::string mutate(const std::string& from, const std::vector<std::string>& pool) {
  std::string out = from;
  for (std::uint32_t edits = 1 + next() % 6; edits > 0; --edits) {
    const std::size_t at = out.empty() ? 0 : next() % (out.size() + 1);
    switch (next() % 6) {
      case 0:
        out.insert(at, 1, static_cast<char>(next()));
        break;
      case 1:
        if (at < out.size()) out[at] = static_cast<char>(out[at] ^ (1 << next() % 8));
        break;
      case 2:
        out.erase(at, next() % 8);
        break;
      case 3: {  // a piece of another input
        const std::string& other = pool[next() % pool.size()];
        if (!other.empty()) out.insert(at, other.substr(next() % other.size(), next() % 40));
        break;
      }
      case 4: {  // repeat what is there: nesting, long runs
        const std::string piece = out.substr(at, 1 + next() % 12);
        for (std::uint32_t times = next() % 40; times > 0 && out.size() < 20000; --times)
          out.insert(at, piece);
        break;
      }
      default:
        out.resize(at);
        break;
    }
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const long runs = argc > 1 ? std::atol(argv[1]) : 20000;
  std::vector<std::string> pool;
  for (const char* seed : kSeeds) pool.emplace_back(seed);
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    pool.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  const auto run = [](const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  };
  for (const std::string& input : pool) run(input);
  for (long i = 0; i < runs; ++i) run(mutate(pool[next() % pool.size()], pool));
  std::printf("%ld inputs, no law broken\n", runs + static_cast<long>(pool.size()));
}
