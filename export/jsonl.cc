#include "export/jsonl.h"

#include "base/fact_json.h"
#include "export/output.h"

namespace tercet {

void write_jsonl(const KnowledgeGraph& graph, std::ostream& stream) {
  Output out(stream);
  for (const Fact& fact : graph.facts()) {
    out << to_json(fact) << '\n';
    out.spill();
  }
  out.finish();
}

}  // namespace tercet
