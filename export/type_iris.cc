#include "base/tsv.h"
#include "export/iri.h"
#include "export/rdf.h"

namespace tercet {

std::map<std::string, std::string, std::less<>> read_type_iris(std::istream& in,
                                                               const std::string& file) {
  std::map<std::string, std::string, std::less<>> out;
  for (const TsvRow& row : read_tsv(in, file, {"type", "iri"})) {
    const std::string type(row.cell("type"));
    if (type.empty()) row.fail("type", "must not be empty");
    std::string iri(row.cell("iri"));
    for (const NamespaceEntry& entry : namespaces()) {
      const std::size_t length = entry.prefix.size();
      if (entry.under_base || !iri.starts_with(entry.prefix) || iri.size() <= length ||
          iri[length] != ':') {
        continue;
      }
      iri = std::string(entry.iri) + iri.substr(length + 1);
      break;
    }
    if (!is_absolute_iri(iri)) {
      row.fail("iri",
               "must be an absolute http, https or urn IRI, or PREFIX:NAME with schema, skos");
    }
    if (!out.emplace(type, iri).second) row.fail("type", "stands twice");
  }
  return out;
}

}  // namespace tercet
