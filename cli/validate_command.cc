#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/ontology_files.h"
#include "cli/output.h"
#include "cli/source.h"
#include "graph/validate.h"

namespace tercet::cli {
namespace {

std::string text_of(const Violation& violation, const KnowledgeGraph& graph) {
  std::string out = std::string(name_of(violation.kind)) + ": " + printable(violation.what) + '\n';
  for (const std::uint32_t index : violation.facts) {
    const Fact& fact = graph.facts()[index];
    out += "    " + fact.id + "  " + status_words(fact) + "  \"" + printable(fact.evidence) +
           "\"  " + printable(fact.doc) + ':' + std::to_string(fact.line) + '\n';
  }
  return out;
}

std::string json_of(const Violation& violation, const KnowledgeGraph& graph) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  const auto text = [&](const char* key, const std::string& value) {
    const std::string valid = to_valid_utf8(value);
    writer.Key(key);
    writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  };
  writer.StartObject();
  text("kind", std::string(name_of(violation.kind)));
  text("what", violation.what);
  writer.Key("facts");
  writer.StartArray();
  for (const std::uint32_t index : violation.facts) {
    const Fact& fact = graph.facts()[index];
    writer.StartObject();
    text("id", fact.id);
    text("state", status_words(fact));
    text("evidence", fact.evidence);
    text("doc", fact.doc);
    writer.Key("line");
    writer.Uint(fact.line);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

}  // namespace

int run(const ValidateCommand& command) {
  Problems problems;
  const Ontology ontology = load_ontology(command.ontology, command.types);
  const KnowledgeGraph graph = read_source(command.source, problems);
  Output output(std::nullopt);
  std::size_t shown = 0;
  for (const Violation& violation : validate(graph, ontology)) {
    if (command.conflicts && violation.kind != ViolationKind::Disputed) continue;
    ++shown;
    output.write(command.json ? json_of(violation, graph) : text_of(violation, graph));
  }
  output.commit();
  problems.finish();
  print_note(std::to_string(graph.edges().size()) + " edges, " + std::to_string(shown) +
             (command.conflicts ? " disputed" : " violations"));
  if (shown > 0) return kNo;
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
