#include <algorithm>
#include <map>

#include "base/ascii.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/source.h"

namespace tercet::cli {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = ascii_upper(c);
  return out;
}

void row(std::string& out, std::string_view key, std::string_view text) {
  std::string line = "  " + std::string(key);
  line.resize(std::max<std::size_t>(line.size(), 13), ' ');
  out += line + printable(text) + '\n';
}

/// "DENIED, conditional": the marks of a claim in words.
std::string state_words(const Fact& fact) {
  std::string out = fact.polarity == Polarity::Negative ? "DENIED" : "";
  if (fact.modality != Modality::Asserted) {
    out +=
        (out.empty() ? upper(name_of(fact.modality)) : ", " + std::string(name_of(fact.modality)));
  }
  return out.empty() ? "asserted" : out;
}

void claim(std::string& out, const Fact& fact) {
  out += printable(fact.subject) + " -[" + printable(fact.relation) + "]-> " +
         printable(fact.object) + "      " + state_words(fact) + '\n';
  row(out, "because", '"' + fact.evidence + "\"  " + fact.doc + ':' + std::to_string(fact.line));
  if (fact.sentence != fact.evidence) row(out, "in", '"' + fact.sentence + '"');
  if (fact.condition) row(out, "if", *fact.condition);
  if (!fact.condition_facts.empty()) {
    std::string ids;
    for (const std::string& id : fact.condition_facts) ids += (ids.empty() ? "" : " ") + id;
    row(out, "depends on", ids);
  }
  const auto stands_for = [&](const std::string& surface, const std::optional<Antecedent>& what) {
    if (what)
      row(out, "where",
          '"' + surface + "\" stands for \"" + what->text + "\" (line " +
              std::to_string(what->line) + ")");
  };
  stands_for(fact.subject_text, fact.subject_antecedent);
  stands_for(fact.object_text, fact.object_antecedent);
  if (fact.timestamp) row(out, "at", *fact.timestamp + (fact.url ? "  " + *fact.url : ""));
  const Qualifiers& q = fact.qualifiers;
  for (const auto& [name, text] : {std::pair<const char*, const std::string*>{"date", &q.date},
                                   {"quantity", &q.quantity},
                                   {"metric", &q.metric},
                                   {"dimension", &q.dimension},
                                   {"role", &q.role},
                                   {"stake", &q.stake},
                                   {"said by", &q.attributed_to}}) {
    if (!text->empty()) row(out, name, *text);
  }
  row(out, "id", fact.id + "  confidence " + decimal(fact.confidence, 2) + "  by " + fact.by);
}

/// Every name of a thing, with the first place that calls it so.
void names(std::string& out, const KnowledgeGraph& graph, NodeId id) {
  struct Use {
    std::size_t times = 0;
    const Fact* first = nullptr;
  };
  std::map<std::string_view, Use> uses;
  const auto note = [&](const std::string& name, const Fact& fact) {
    Use& use = uses[name];
    if (use.first == nullptr) use.first = &fact;
    ++use.times;
  };
  for (const Edge& edge : graph.edges()) {
    if (edge.source != id && edge.target != id) continue;
    for (const std::uint32_t index : edge.claims) {
      const Fact& fact = graph.facts()[index];
      if (edge.source == id && !fact.subject_antecedent) note(fact.subject_text, fact);
      if (edge.target == id && !fact.object_antecedent) note(fact.object_text, fact);
    }
  }
  const Node& node = graph.nodes()[id];
  const auto line = [&](std::string_view key, const std::string& name) {
    std::string text = '"' + name + '"';
    const auto use = uses.find(name);
    if (use == uses.end()) {
      text += "  by another of its names";
    } else {
      text += "  " + use->second.first->doc + ':' + std::to_string(use->second.first->line);
      if (use->second.times > 1) text += " and " + std::to_string(use->second.times - 1) + " more";
      text += "  " + use->second.first->id;
    }
    row(out, key, text);
  };
  line("name", node.name);
  for (const std::string& alias : node.aliases) line("also", alias);
}

void node(std::string& out, const KnowledgeGraph& graph, NodeId id) {
  const Node& node = graph.nodes()[id];
  out += printable(node.name) + (node.type.empty() ? "" : " (" + printable(node.type) + ")") + '\n';
  names(out, graph, id);
  for (const Edge& edge : graph.edges()) {
    if (edge.source != id && edge.target != id) continue;
    for (const std::uint32_t index : edge.claims) {
      out += '\n';
      claim(out, graph.facts()[index]);
    }
  }
}

}  // namespace

int run(const ExplainCommand& command) {
  Problems problems;
  const KnowledgeGraph graph = read_source(command.source, problems);
  std::string out;
  for (const Fact& fact : graph.facts()) {
    if (fact.id == command.what) claim(out, fact);
  }
  const auto named = [&](std::string_view name, std::vector<NodeId>& ids) {
    const std::string folded = fold_case(name);
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      const Node& node = graph.nodes()[id];
      const auto same = [&](const std::string& one) { return fold_case(one) == folded; };
      if (same(node.name) || std::ranges::any_of(node.aliases, same)) ids.push_back(id);
    }
  };
  if (const std::size_t arrow = command.what.find("->");
      out.empty() && arrow != std::string::npos) {
    std::vector<NodeId> from, to;
    const auto strip = [](std::string_view text) {
      const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
      return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
    };
    named(strip(std::string_view(command.what).substr(0, arrow)), from);
    named(strip(std::string_view(command.what).substr(arrow + 2)), to);
    for (const Edge& edge : graph.edges()) {
      if (std::ranges::find(from, edge.source) == from.end()) continue;
      if (std::ranges::find(to, edge.target) == to.end()) continue;
      for (const std::uint32_t index : edge.claims) claim(out, graph.facts()[index]);
    }
  } else if (out.empty()) {
    std::vector<NodeId> ids;
    named(command.what, ids);
    for (const NodeId id : ids) node(out, graph, id);
  }
  problems.finish();
  if (out.empty()) {
    std::vector<std::string> names;
    for (const Node& one : graph.nodes()) names.push_back(one.name);
    const std::string_view near = closest(command.what, names);
    print_error("nothing called \"" + command.what + "\"",
                near.empty() ? "give a fact's id, a name, or 'A -> B'"
                             : "did you mean \"" + std::string(near) + "\"?");
    return kNo;
  }
  Output output(std::nullopt);
  output.write(out);
  output.commit();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
