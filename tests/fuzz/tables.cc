// Any bytes are an ontology or an Error that names the place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/error.h"
#include "base/ontology.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = bytes.find('\f');  // two tables in one input
  std::istringstream relations(bytes.substr(0, cut));
  std::istringstream types(cut == std::string::npos ? "type\nThing\n" : bytes.substr(cut + 1));
  std::vector<std::string> warnings;
  try {
    const tercet::Ontology ontology = tercet::read_ontology(relations, "r", types, "t", warnings);
    for (const tercet::RelationType& one : ontology.relations()) {
      if (ontology.find_relation(one.id) == nullptr) std::abort();
      for (const tercet::EntityType& type : ontology.types()) {
        static_cast<void>(ontology.accepts_subject(one, type.name));
      }
    }
  } catch (const tercet::Error& error) {
    if (error.at().file.empty()) std::abort();
  }
  return 0;
}
