// Any bytes, in any format that is imported, are facts or an Error; the facts' export reads back
// and is then exported as the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/error.h"
#include "base/fact_json.h"
#include "export/nquads.h"
#include "export/read_facts.h"

namespace {

tercet::FactFile read(char which, std::string_view bytes) {
  using tercet::RdfSyntax;
  const tercet::OnSkipped skipped = [](std::uint32_t, std::uint32_t, const std::string& what) {
    if (what.empty()) std::abort();
  };
  switch (which) {
    case 'n':
      return tercet::read_rdf_facts(bytes, RdfSyntax::NQuads, "x", skipped);
    case 't':
      return tercet::read_rdf_facts(bytes, RdfSyntax::Turtle, "x", skipped);
    case 'g':
      return tercet::read_rdf_facts(bytes, RdfSyntax::TriG, "x", skipped);
    case 'j':
      return tercet::read_jsonld_facts(bytes, "x", skipped);
    case 'x':
      return tercet::read_graphml_facts(bytes, "x", skipped);
    case 'c':
      return tercet::read_table_facts(bytes, ',', "x", "id:ID,label\nn0,a\nn1,b\n", skipped);
    default:
      return tercet::read_table_facts(bytes, '\t', "x", {}, skipped);
  }
}

std::string exported(tercet::FactFile file) {
  for (tercet::Fact& fact : file.facts) {
    fact = tercet::fact_from_json(tercet::to_json(fact));
    if (fact.id.empty()) fact.id = tercet::fact_id(fact, 0);
  }
  std::ostringstream out;
  tercet::write_nquads(tercet::build_graph(std::move(file.facts), std::move(file.documents)), out);
  return out.str();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  std::string first;
  try {
    first = exported(read(static_cast<char>(data[0]), bytes));
  } catch (const tercet::Error&) {
    return 0;
  }
  if (exported(read('n', first)) != first) std::abort();
  return 0;
}
