#include "cli/ontology_files.h"

#include <sstream>

#include "cli/data_files.h"
#include "cli/report.h"
#include "cli/source.h"

namespace tercet::cli {

Ontology load_ontology(const std::string& relations, const std::string& types) {
  const auto file = [](const std::string& named, const char* ours) {
    return named.empty() ? (data_folder() / "seeds" / ours).string() : named;
  };
  const std::string relations_file = file(relations, "ontology.tsv");
  const std::string types_file = file(types, "types.tsv");
  std::istringstream relation_rows(read_bytes(relations_file));
  std::istringstream type_rows(read_bytes(types_file));
  std::vector<std::string> warnings;
  Ontology out = read_ontology(relation_rows, relations_file, type_rows, types_file, warnings);
  for (const std::string& warning : warnings) print_warning(warning);
  return out;
}

}  // namespace tercet::cli
