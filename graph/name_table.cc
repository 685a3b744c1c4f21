#include "graph/name_table.h"

#include <array>
#include <cstring>

namespace tercet {
namespace {

// Speed only: a text made to collide costs time, so the bits are mixed after every word.
std::uint64_t hash_of(std::string_view name) {
  std::uint64_t hash = 0x9E3779B97F4A7C15u ^ name.size();
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
    hash ^= hash >> 32;
  };
  std::uint64_t word = 0;
  for (; name.size() > sizeof word; name.remove_prefix(sizeof word)) {
    std::memcpy(&word, name.data(), sizeof word);
    mix(word);
  }
  word = 0;
  if (!name.empty()) std::memcpy(&word, name.data(), name.size());
  mix(word);
  return hash * 0xC4CEB9FE1A85EC53u;
}

}  // namespace

NameTable::NameTable() : slots_(1024) {}

std::size_t NameTable::slot_of(std::string_view name, std::uint64_t hash) const {
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  std::size_t i = hash & (slots_.size() - 1);
  while (slots_[i].id != kAbsent && (slots_[i].tag != tag || at(slots_[i].id) != name)) {
    i = (i + 1) & (slots_.size() - 1);
  }
  return i;
}

NodeId NameTable::insert(std::string_view name) { return insert(name, hash_of(name)); }

void NameTable::insert_all(std::span<const std::string_view> names, NodeId* ids) {
  std::array<std::uint64_t, kBatch> hashes{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    hashes[i] = hash_of(names[i]);
    __builtin_prefetch(&slots_[hashes[i] & (slots_.size() - 1)]);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Slot& slot = slots_[hashes[i] & (slots_.size() - 1)];
    if (slot.id != kAbsent) __builtin_prefetch(&offsets_[slot.id]);
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Slot& slot = slots_[hashes[i] & (slots_.size() - 1)];
    if (slot.id != kAbsent) __builtin_prefetch(arena_.data() + offsets_[slot.id]);
  }
  for (std::size_t i = 0; i < names.size(); ++i) ids[i] = insert(names[i], hashes[i]);
}

NodeId NameTable::insert(std::string_view name, std::uint64_t hash) {
  const std::size_t i = slot_of(name, hash);
  if (slots_[i].id != kAbsent) return slots_[i].id;
  if (size() >= kAbsent - 1) return kAbsent;
  const auto id = static_cast<NodeId>(size());
  slots_[i] = {id, static_cast<std::uint32_t>(hash >> 32)};
  arena_.append(name);
  offsets_.push_back(arena_.size());
  if (size() * 2 > slots_.size()) grow();
  return id;
}

NodeId NameTable::find(std::string_view name) const {
  return slots_[slot_of(name, hash_of(name))].id;
}

void NameTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.id == kAbsent) continue;
    std::size_t i = hash_of(at(slot.id)) & (slots_.size() - 1);
    while (slots_[i].id != kAbsent) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

std::vector<std::string> NameTable::names() const {
  std::vector<std::string> names;
  names.reserve(size());
  for (NodeId id = 0; id < size(); ++id) names.emplace_back(at(id));
  return names;
}

}  // namespace tercet
