#include <map>
#include <set>

#include "base/error.h"
#include "graph/query.h"
#include "graph/random.h"
#include "graph/snapshot_paths.h"
#include "graph/snapshot_write.h"
#include "tests/catch.h"
#include "tests/store_fixture.h"

using namespace tercet;
using namespace tercet::test;

namespace {

using Row = std::vector<std::string>;

// All answers: names of the nodes, then of the relations of one-step terms.
std::multiset<Row> answers(const Snapshot& snapshot, const std::string& text) {
  const PreparedQuery query(snapshot, parse_query(text));
  std::multiset<Row> rows;
  query.run([&](const QueryRow& row) {
    Row out;
    for (const NodeId node : row.nodes) out.emplace_back(snapshot.name(node));
    for (std::size_t i = 0; i < row.relations.size(); ++i) {
      if (query.query().edges[i].most == 1) {
        out.emplace_back(snapshot.relation_name(row.relations[i]));
      }
    }
    // What was walked leads from end to end.
    for (std::size_t i = 0, at = 0; i < row.step_end.size(); ++i) {
      const Query::EdgeTerm& term = query.query().edges[i];
      CHECK(row.step_end[i] - at >= term.least);
      CHECK(row.step_end[i] - at <= term.most);
      std::set<NodeId> fronts = {row.nodes[term.left]};
      for (; at < row.step_end[i]; ++at) {
        const NodeId a = snapshot.source(row.steps[at]), b = snapshot.target(row.steps[at]);
        const bool out_ok = term.direction != Query::Direction::In && fronts.contains(a);
        const bool in_ok = term.direction != Query::Direction::Out && fronts.contains(b);
        CHECK((out_ok || in_ok));
        fronts.clear();
        if (out_ok) fronts.insert(b);
        if (in_ok) fronts.insert(a);
      }
      CHECK(fronts.contains(row.nodes[term.right]));
    }
    rows.insert(std::move(out));
    return true;
  });
  return rows;
}

std::set<std::string> values(const Snapshot& snapshot, const std::string& text, std::size_t node) {
  std::set<std::string> out;
  for (const Row& row : answers(snapshot, text)) out.insert(row[node]);
  return out;
}

// The second way to the answer: try everything for every variable.
std::multiset<Row> by_trying(const Snapshot& s, const Query& query) {
  std::set<std::tuple<NodeId, RelationId, NodeId>> edges;
  for (NodeId v = 0; v < s.nodes(); ++v) {
    for (std::uint32_t e = s.out(v).first; e < s.out(v).last; ++e) {
      edges.insert({v, s.relation(e), s.target(e)});
    }
  }
  std::multiset<Row> rows;
  std::vector<NodeId> nodes(query.nodes.size(), 0);
  const auto allowed = [&](const Query::EdgeTerm& term, RelationId r) {
    if (term.relations.empty()) return true;
    return std::count(term.relations.begin(), term.relations.end(), s.relation_name(r)) > 0;
  };
  const auto step = [&](const Query::EdgeTerm& term, NodeId a, RelationId r, NodeId b) {
    if (!allowed(term, r)) return 0;
    int found = 0;
    if (term.direction != Query::Direction::In) found += edges.contains({a, r, b}) ? 1 : 0;
    if (term.direction == Query::Direction::In ||
        (term.direction == Query::Direction::Either && a != b)) {
      found += edges.contains({b, r, a}) ? 1 : 0;
    }
    return found;
  };
  const auto relations_of = [&](const auto& self, std::size_t i, Row row,
                                std::map<std::string, RelationId> bound) -> void {
    if (i == query.edges.size()) {
      rows.insert(row);
      return;
    }
    const Query::EdgeTerm& term = query.edges[i];
    const NodeId a = nodes[term.left], b = nodes[term.right];
    if (term.most > 1) {
      std::set<NodeId> front = {a};
      for (std::uint32_t length = 1; length <= term.most; ++length) {
        std::set<NodeId> next;
        for (const NodeId from : front) {
          for (NodeId to = 0; to < s.nodes(); ++to) {
            for (RelationId r = 0; r < s.relations(); ++r) {
              if (step(term, from, r, to) > 0) next.insert(to);
            }
          }
        }
        front = next;
        if (length >= term.least && front.contains(b)) self(self, i + 1, row, bound);
      }
      return;
    }
    for (RelationId r = 0; r < s.relations(); ++r) {
      if (!term.variable.empty() && bound.contains(term.variable) && bound[term.variable] != r) {
        continue;
      }
      for (int times = step(term, a, r, b); times > 0; --times) {
        Row longer = row;
        longer.emplace_back(s.relation_name(r));
        auto more = bound;
        if (!term.variable.empty()) more[term.variable] = r;
        self(self, i + 1, longer, more);
      }
    }
  };
  for (;;) {
    bool fits = true;
    Row row;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      fits = fits && (query.nodes[i].name.empty() || query.nodes[i].name == s.name(nodes[i]));
      row.emplace_back(s.name(nodes[i]));
    }
    if (fits) relations_of(relations_of, 0, row, {});
    std::size_t i = 0;
    while (i < nodes.size() && ++nodes[i] == s.nodes()) nodes[i++] = 0;
    if (i == nodes.size()) return rows;
  }
}

std::string random_query(Random& random) {
  const auto node = [&] {
    switch (random.below(6)) {
      case 0:
        return "n" + std::to_string(random.below(3));
      case 1:
        return std::string("?");
      default:
        return std::string("?") + static_cast<char>('a' + random.below(3));
    }
  };
  std::string text = node();
  int anonymous = 0;
  for (std::uint32_t i = 1 + random.below(3); i > 0; --i) {
    const bool left = random.below(3) == 0;
    text += left ? " <-[" : " -[";
    const std::uint32_t kind = random.below(5);
    bool variable = false;
    if (kind == 0)
      text += "*";
    else if (kind == 1)
      text += "r0";
    else if (kind == 2)
      text += "r1|r0";
    else if (kind == 3)
      text += "r1 state=any";
    else
      variable = true;
    if (variable) text += random.below(2) == 0 ? "?p" : "?q";
    text += "]";
    if (!variable && random.below(4) == 0) {
      text += random.below(2) == 0 ? "{1,3}" : "{2}";
    }
    text += left || random.below(4) == 0 ? "- " : "-> ";
    text += node();
    if (i > 1 && random.below(3) == 0) text += "; " + node();
    if (++anonymous > 2) break;
  }
  return text;
}

Snapshot harbour() {
  Fact denied = claim("b", "Works", "sells", "Crane", 5);
  denied.polarity = Polarity::Negative;
  Fact planned = claim("b", "Works", "acquires", "Tide Line", 9);
  planned.modality = Modality::Intended;
  Fact dated = claim("notes/c", "Works", "owns", "Dock", 2);
  dated.qualifiers.date = "May 2023";
  dated.confidence = 0.3;
  Fact typed = claim("a", "Bank", "owns", "Works");
  typed.subject_type = "Company";
  return snapshot_of(
      build_graph({denied, planned, dated, typed, claim("a", "Dock", "near", "Sea")}));
}

}  // namespace

TEST_CASE("a planned query finds what trying everything finds", "[graph][query]") {
  std::size_t found = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Random random(seed);
    TripleSet set;
    const std::uint32_t things = 3 + random.below(3);
    for (std::uint32_t i = 0; i < things; ++i) set.nodes.insert("n" + std::to_string(i));
    set.relations.insert("r0");
    set.relations.insert("r1");
    for (std::uint32_t i = random.below(12); i > 0; --i) {
      set.triples.push_back({random.below(things), random.below(2), random.below(things)});
    }
    const Snapshot snapshot = snapshot_of(std::move(set));
    const std::string text = random_query(random);
    CAPTURE(seed, text);
    const std::multiset<Row> truth = by_trying(snapshot, parse_query(text));
    CHECK(answers(snapshot, text) == truth);
    found += truth.size();
  }
  CHECK(found > 1000);
}

TEST_CASE("filters ask edges and claims", "[graph][query]") {
  const Snapshot s = harbour();
  using Names = std::set<std::string>;
  CHECK(values(s, "Works -[*]-> ?x", 1) == Names{"Dock"});
  CHECK(values(s, "works -[* state=any]-> ?x", 1) == Names{"Crane", "Dock", "Tide Line"});
  CHECK(values(s, "?a -[* state=denied]-> ?x", 1) == Names{"Crane"});
  CHECK(values(s, "?a -[* polarity=negative]-> ?x", 1) == Names{"Crane"});
  CHECK(values(s, "?a -[* modality=intended|possible]-> ?x", 1) == Names{"Tide Line"});
  CHECK(values(s, "?a -[state=unasserted|denied]-> ?x", 1) == Names{"Crane", "Tide Line"});
  CHECK(values(s, "?a -[owns confidence>=0.5]-> ?x", 1) == Names{"Works"});
  CHECK(values(s, "?a -[owns confidence<=.5]-> ?x", 1) == Names{"Dock"});
  CHECK(values(s, "?a -[owns date=2023]-> ?x", 1) == Names{"Dock"});
  CHECK(values(s, "?a -[owns date>=2023-06]-> ?x", 1).empty());
  CHECK(values(s, "?a -[owns date<=\"June 2023\" date>=2022]-> ?x", 1) == Names{"Dock"});
  CHECK(values(s, "?a -[* doc=notes/*]-> ?x", 1) == Names{"Dock"});
  CHECK(values(s, "?a -[* doc=a]-> ?x", 1) == Names{"Sea", "Works"});
  CHECK(values(s, "?a:Company -[*]-> ?x", 0) == Names{"Bank"});
  CHECK(values(s, "?a:Person -[*]-> ?x", 0).empty());
  CHECK(values(s, "Bank -[*]{1,3}-> ?x", 1) == Names{"Dock", "Sea", "Works"});
  CHECK(values(s, "Bank -[owns]{2,}-> ?x", 1) == Names{"Dock"});
  CHECK(values(s, "\"Tide Line\" <-[* state=any]- ?x", 1) == Names{"Works"});
  CHECK(values(s, "?x:Company", 0) == Names{"Bank"});
  CHECK(values(s, "?a -[owns]-> ?b, ?b -[owns]-> ?c", 2) == Names{"Dock"});
}

TEST_CASE("what is hoped for is no evidence of what is", "[graph][query]") {
  Fact is = claim("a", "X", "owns", "Y", 1), may = claim("b", "X", "owns", "Y", 2);
  may.modality = Modality::Possible;
  const Snapshot s = snapshot_of(build_graph({is, may}));
  const auto ids = [&](const EdgeFilter& filter) {
    std::vector<std::string> out;
    for (const ClaimId claim : evidence_of(s, 0, filter)) out.emplace_back(s.fact_id(claim));
    return out;
  };
  CHECK(ids({}) == std::vector<std::string>{is.id});
  EdgeFilter possible;
  possible.modalities = 1u << static_cast<unsigned>(Modality::Possible);
  CHECK(ids(possible) == std::vector<std::string>{may.id});
}

TEST_CASE("a query that cannot be read says where and what was expected", "[graph][query]") {
  const auto message = [](const std::string& text) -> std::string {
    try {
      parse_query(text);
    } catch (const Error& error) {
      CHECK(error.code() == Error::Code::Usage);
      return error.what();
    }
    return "none";
  };
  CHECK(message("") == "query:1:1: expected a ?variable, a \"name\" or a word");
  CHECK(message("?a -[r") == "query:1:7: expected ], |, or a filter such as state=any");
  CHECK(message("?a -[r]> ?b") == "query:1:8: expected -> or -");
  CHECK(message("?a <-[r]-> ?b") == "query:1:10: expected a ?variable, a \"name\" or a word");
  CHECK(message("?a <[r]- ?b") == "query:1:4: expected an edge, ',' or the end");
  CHECK(message("?a -[r]-> \"open") == "query:1:11: expected a closing quote for this one");
  CHECK(message("?a -[r state=maybe]-> ?b") ==
        "query:1:14: expected asserted, disputed, denied, unasserted or any");
  CHECK(message("?a -[r since=2020]-> ?b") ==
        "query:1:8: expected state, polarity, modality, confidence, date or doc");
  CHECK(message("?a -[r]{3,1}-> ?b") ==
        "query:1:9: expected 1 to 16 steps, the smaller number first");
  CHECK(message("?a -[r]{1,99}-> ?b").find("1 to 16") != std::string::npos);
  CHECK(message("?a -[?r]{1,2}-> ?b").find("no steps") != std::string::npos);
  CHECK(message("?a -[?a]-> ?b").find("no thing") != std::string::npos);
  CHECK(message("?a ?b").find("expected an edge") != std::string::npos);
  CHECK(message("\xff").find("UTF-8") != std::string::npos);
  // Depth and length are no matter.
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "-[";
  CHECK(message("?a " + many).find("expected") != std::string::npos);
}

TEST_CASE("the steps of a path are the edges between its nodes", "[graph][query]") {
  const Snapshot s = harbour();
  const Csr graph = walkable(s, {}, true);
  CHECK(graph.nodes() == s.nodes());
  CHECK(graph.edges() == 3);
  EdgeFilter any;
  any.states = kAllStates;
  CHECK(walkable(s, any, false).edges() == 5);
  const NodeId works = *s.find("Works"), crane = *s.find("Crane");
  CHECK(edges_of_step(s, works, crane, {}, true).empty());
  CHECK(edges_of_step(s, works, crane, any, true).size() == 1);
  CHECK(edges_of_step(s, crane, works, any, true).empty());
  CHECK(edges_of_step(s, crane, works, any, false).size() == 1);
}
