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
    R"(t@prefix x: <http://x.example/> . @prefix k: <https://w3id.org/tercet/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix oa: <http://www.w3.org/ns/oa#> .
x:a x:p x:b , [ x:q ( x:c "d"@en 1.5 ) ] .
x:c a k:UnassertedClaim ; rdf:subject x:a ; rdf:predicate x:p ; rdf:object x:b ; k:polarity "negative" ;
 k:confidence 9.7E-1 ; <http://www.w3.org/ns/prov#wasDerivedFrom> <http://x.example/d#char=1,2> .
<http://x.example/d#char=1,2> oa:hasSource x:d ; oa:start 1 ; oa:end 2 ; oa:exact """q "" q""" .)",
    "n<http://x/a> <http://x/p> <http://x/b> .\n<http://x/a> "
    "<http://www.w3.org/2000/01/rdf-schema#label> \"A \\u00e9\\n\"@en <http://x/g> .\n_:b "
    "<http://x/p> <http://x/a> .\n",
    R"(j{"@context":{"x":"http://x.example/","rdf":"http://www.w3.org/1999/02/22-rdf-syntax-ns#","p":{"@id":"x:p","@type":"@id","@container":"@set"},"s":{"@id":"rdf:subject","@type":"@id"},"l":"x:l"},"@graph":[{"@type":["x:T"],"@id":"x:a","p":["x:b",{"@id":"x:c","l":"v"}],"l":1.5,"x:k":{"@value":"w"}}]})",
    R"(x<graphml><key id="l" for="node" attr.name="label" attr.type="string"/><key id="f" for="edge" attr.name="facts" attr.type="string"/><key id="s" for="edge" attr.name="status"/><graph><node id="n0"><data key="l">A &amp; B</data></node><node id="n1"/><edge source="n0" target="n1"><data key="s">negated possible</data></edge><edge source="n0" target="n1"><data key="f">[{"subject":"a","relation":"r","object":"b"}]</data></edge></graph></graphml>)",
    "csubject,relation,object,polarity,confidence,start,end\r\n\"a "
    "\"\"b\"\"\",uses,'=c,negative,0.5,"
    "1,9\r\n",
    "c:START_ID,:END_ID,:TYPE,relation,status,facts\nn0,n1,X,offers,negated,\nn0,n1,X,offers,,\"[{"
    "\"\"subject\"\":\"\"a\"\",\"\"relation\"\":\"\"r\"\",\"\"object\"\":\"\"b\"\"}]\"\n",
    "sa\\tb\tuses\tc\nsubject\trelation\tobject\tline\nx\ty\tz\t3\n",
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
