#include "export/jsonl.h"

#include "base/fact_json.h"
#include "export/output.h"
#include "export/text.h"

namespace tercet {

std::string fact_line(const Fact& fact) {
  if (!fact.url || video_link(*fact.url)) return to_json(fact);
  Fact safe = fact;
  safe.url.reset();
  return to_json(safe);
}

void write_jsonl(const KnowledgeGraph& graph, std::ostream& stream) {
  Output out(stream);
  for (const Fact& fact : graph.facts()) {
    out << fact_line(fact) << '\n';
    out.spill();
  }
  out.finish();
}

}  // namespace tercet
