#include "extract/agree_types.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace tercet {
namespace {

/// An end of a fact: where the name stands and what the relation accepts there.
struct End {
  Fact* fact;
  bool subject;

  std::string& type() const { return subject ? fact->subject_type : fact->object_type; }
  bool accepts(const Ontology& ontology, const std::string& type) const {
    const RelationType* relation = ontology.find_relation(fact->relation);
    if (relation == nullptr) return true;
    return subject ? ontology.accepts_subject(*relation, type)
                   : ontology.accepts_object(*relation, type);
  }
};

}  // namespace

void agree_types(const Ontology& ontology, const std::vector<Entity>& entities,
                 std::vector<Fact>& facts) {
  std::map<std::string, std::pair<int, std::string>> own;  // name -> entities of it, type
  for (const Entity& entity : entities) {
    auto& [count, type] = own[entity.name];
    ++count;
    type = entity.type;
  }
  std::map<std::string, std::vector<End>> ends;
  for (Fact& fact : facts) {
    ends[fact.subject].push_back({&fact, true});
    ends[fact.object].push_back({&fact, false});
  }
  for (const auto& [name, all] : ends) {
    const auto entity = own.find(name);
    if (entity != own.end() && entity->second.first > 1) continue;  // homonyms stay apart
    std::map<std::string, double> weight;
    for (const End& end : all) weight[end.type()] += end.fact->confidence;
    if (weight.size() < 2) continue;
    if (entity != own.end()) weight[entity->second.second] += static_cast<double>(all.size());
    std::vector<std::pair<double, std::string>> ranked;
    for (const auto& [type, sum] : weight) ranked.emplace_back(-sum, type);
    std::ranges::sort(ranked);
    for (const auto& [sum, type] : ranked) {
      if (!std::ranges::all_of(all, [&](const End& end) { return end.accepts(ontology, type); })) {
        continue;
      }
      for (const End& end : all) end.type() = type;
      break;
    }
  }
}

}  // namespace tercet
