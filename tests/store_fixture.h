#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "graph/store.h"

namespace tercet::test {

/// A folder of its own below the system's temporary one, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tercet-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

inline Fact claim(const std::string& doc, const std::string& subject, const std::string& relation,
                  const std::string& object, std::uint64_t start = 0) {
  Fact fact;
  fact.doc = doc;
  fact.subject = fact.subject_text = subject;
  fact.object = fact.object_text = object;
  fact.relation = relation;
  fact.sentence = fact.evidence = subject + " " + relation + " " + object;
  fact.start = start;
  fact.end = start + fact.evidence.size();
  fact.line = 1;
  fact.confidence = 0.75;
  fact.by = "test";
  fact.id = fact_id(fact, static_cast<std::uint32_t>(start));
  return fact;
}

/// A document with `facts` facts, all decided by its id.
inline DocumentRecord record(const std::string& id, std::size_t facts = 3) {
  DocumentRecord record;
  record.id = id;
  record.content_hash = "hash of " + id;
  record.recipe = "recipe 1";
  record.title = "Title of " + id;
  record.length = 100000;
  for (std::size_t i = 0; i < facts; ++i) {
    record.facts.push_back(
        claim(id, "Harbour Works " + std::to_string(i), "offers", "Crane Service", 40 * i));
  }
  record.names.push_back({"Harbour Works 0", "Organization", {"HW0", "Harbour"}});
  return record;
}

inline std::string dump_of(const Store& store) {
  std::string all;
  store.dump([&](std::string_view line) { all.append(line).append("\n"); });
  return all;
}

}  // namespace tercet::test
