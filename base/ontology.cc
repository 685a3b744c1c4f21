#include "base/ontology.h"

#include <algorithm>
#include <istream>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "base/tsv.h"

namespace tercet {
namespace {

std::vector<std::string> split_types(std::string_view cell) {
  std::vector<std::string> out;
  for (std::string& type : split(cell, '|')) {
    if (type == "ANY") return {};
    if (!type.empty()) out.push_back(std::move(type));
  }
  return out;
}

std::vector<Lexicalisation> split_lexicalisations(std::string_view cell) {
  static constexpr std::string_view kInverse = "(inv)";
  std::vector<Lexicalisation> out;
  for (std::string& text : split(cell, ';')) {
    Lexicalisation one{std::move(text), false};
    if (one.text.ends_with(kInverse)) {
      one.inverse = true;
      one.text.resize(one.text.size() - kInverse.size());
      one.text = trim(one.text);
    }
    if (!one.text.empty()) out.push_back(std::move(one));
  }
  return out;
}

RelationType relation_of(const TsvRow& row) {
  RelationType out;
  out.id = row.cell("relation");
  if (out.id.empty()) row.fail("relation", "is empty");
  for (const char c : out.id) {
    const bool ok = is_ascii_alnum(c) || c == '_' || c == '-' || c == '.';
    if (!ok) row.fail("relation", "may hold letters, digits, '_', '-' and '.' only");
  }
  out.group = row.cell("group");
  out.domain = split_types(row.cell("domain"));
  out.range = split_types(row.cell("range"));
  for (const std::string& prop : split(row.cell("props"), ';')) {
    if (prop == "symmetric")
      out.symmetric = true;
    else if (prop == "transitive")
      out.transitive = true;
    else if (prop == "functional")
      out.functional = true;
    else if (prop == "inverse_functional")
      out.inverse_functional = true;
    else if (prop == "asymmetric")
      out.asymmetric = true;
    else if (prop.starts_with("inverse:"))
      out.inverse = prop.substr(8);
  }
  const std::string_view sign = row.cell("sign");
  if (!sign.empty()) {
    if (sign != "+" && sign != "-" && sign != "0") row.fail("sign", "must be +, - or 0");
    out.sign = sign.front();
  }
  out.gloss = row.cell("gloss");
  out.lexicalisations = split_lexicalisations(row.cell("lexicalisations"));
  return out;
}

/// Make `kept` accept what either row accepts and hold what either says.
void join(RelationType& kept, const RelationType& more) {
  const auto unite = [](std::vector<std::string>& types, const std::vector<std::string>& others) {
    if (types.empty() || others.empty()) {  // one of them: any type
      types.clear();
      return;
    }
    for (const std::string& one : others) {
      if (std::ranges::find(types, one) == types.end()) types.push_back(one);
    }
  };
  unite(kept.domain, more.domain);
  unite(kept.range, more.range);
  for (const Lexicalisation& text : more.lexicalisations) {
    const auto same = [&](const Lexicalisation& one) {
      return one.text == text.text && one.inverse == text.inverse;
    };
    if (std::ranges::none_of(kept.lexicalisations, same)) kept.lexicalisations.push_back(text);
  }
}

EntityType type_of(const TsvRow& row) {
  EntityType out;
  out.name = row.cell("type");
  if (out.name.empty()) row.fail("type", "is empty");
  out.parent = row.cell("parent");
  out.gloss = row.cell("gloss");
  out.examples = split(row.cell("examples"), ';');
  // A value rather than a thing: the two literal types, and whatever a user derives from them.
  out.literal = out.name == "Quantity" || out.name == "Date" || out.parent == "Quantity" ||
                out.parent == "Date" || out.parent == "Literal";
  return out;
}

}  // namespace

Ontology::Ontology(std::vector<RelationType> relations, std::vector<EntityType> types)
    : relations_(std::move(relations)), types_(std::move(types)) {}

const RelationType* Ontology::find_relation(std::string_view id) const {
  const auto found = std::ranges::find(relations_, id, &RelationType::id);
  return found == relations_.end() ? nullptr : &*found;
}

const EntityType* Ontology::find_type(std::string_view name) const {
  const auto found = std::ranges::find(types_, name, &EntityType::name);
  return found == types_.end() ? nullptr : &*found;
}

bool Ontology::is_a(std::string_view type, std::string_view ancestor) const {
  // At most one step per type: a cycle of parents in a user's table ends here.
  for (std::size_t step = 0; step <= types_.size(); ++step) {
    if (type == ancestor) return true;
    const EntityType* entry = find_type(type);
    if (entry == nullptr || entry->parent.empty()) return false;
    type = entry->parent;
  }
  return false;
}

bool Ontology::accepts(const std::vector<std::string>& allowed, std::string_view type) const {
  if (allowed.empty() || type.empty() || find_type(type) == nullptr) return true;
  return std::ranges::any_of(allowed, [&](const std::string& one) {
    return find_type(one) == nullptr || is_a(type, one);
  });
}

bool Ontology::accepts_subject(const RelationType& relation, std::string_view type) const {
  return accepts(relation.domain, type);
}

bool Ontology::accepts_object(const RelationType& relation, std::string_view type) const {
  return accepts(relation.range, type);
}

Ontology read_ontology(std::istream& relations, const std::string& relations_file,
                       std::istream& types, const std::string& types_file,
                       std::vector<std::string>& warnings) {
  std::vector<RelationType> relation_rows;
  std::set<std::string> seen;
  for (const TsvRow& row : read_tsv(relations, relations_file, {"relation"})) {
    RelationType relation = relation_of(row);
    if (seen.insert(relation.id).second) {
      relation_rows.push_back(std::move(relation));
      continue;
    }
    warnings.push_back(relations_file + ':' + std::to_string(row.line()) + ": relation \"" +
                       relation.id + "\" is there twice; its domains and ranges are united");
    join(*std::ranges::find(relation_rows, relation.id, &RelationType::id), relation);
  }
  std::vector<EntityType> type_rows;
  seen.clear();
  for (const TsvRow& row : read_tsv(types, types_file, {"type"})) {
    type_rows.push_back(type_of(row));
    if (!seen.insert(type_rows.back().name).second) row.fail("type", "is there twice");
  }
  Ontology ontology(std::move(relation_rows), std::move(type_rows));
  std::set<std::string> unknown;
  for (const RelationType& relation : ontology.relations()) {
    for (const auto* allowed : {&relation.domain, &relation.range}) {
      for (const std::string& type : *allowed) {
        if (ontology.find_type(type) == nullptr && unknown.insert(type).second) {
          warnings.push_back(relations_file + ": type \"" + type + "\" of relation \"" +
                             relation.id + "\" is not in " + types_file +
                             "; it counts as any type");
        }
      }
    }
  }
  return ontology;
}

}  // namespace tercet
