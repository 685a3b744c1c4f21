#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/corrections.h"
#include "base/fact.h"
#include "graph/knowledge_graph.h"

namespace tercet {

/// A thing as one document names it: what name resolution inside the document found.
struct LocalName {
  std::string name;  ///< the document's canonical name
  std::string type;
  std::vector<std::string> aliases;  ///< its other names there; pronouns and phrases left out

  friend bool operator==(const LocalName&, const LocalName&) = default;
};

/// Everything the store keeps of one document.
struct DocumentRecord {
  std::string id;            ///< the contract's `doc`; not empty
  std::string content_hash;  ///< of the document's bytes, chosen by the caller
  std::string recipe;        ///< of program version, model, ontology and rules, ditto
  std::string title, video_id;
  std::uint64_t length = 0;  ///< code points of the document; 0 = not known, offsets not checked
  std::vector<Fact> facts;   ///< every fact.doc is `id`
  std::vector<LocalName> names;
};

/// What decides whether a document must be read again.
struct StoredDocument {
  std::string id, content_hash, recipe;
};

/// What a store holds, as one number: equal sets of documents have equal summaries.
struct StoreSummary {
  std::uint64_t documents = 0;
  std::array<std::uint8_t, 32> checksum{};  ///< docs/formats/store.md

  friend bool operator==(const StoreSummary&, const StoreSummary&) = default;
};

/// The facts of many documents on disk: a folder with one SQLite file, record.sqlite
/// (docs/formats/store.md). Whole documents go in and out; every record carries a checksum that is
/// verified whenever it is read, and the set of records carries one of its own, so that damage is
/// Error{Corrupt} and never other data. Readers see the commits that were complete when they
/// began. One Store is used by one thread at a time.
class Store {
 public:
  enum class Mode {
    ReadOnly,   ///< also on read-only media; a folder without the file is a store without
                ///< documents: a first writer may have been stopped before its first commit
    ReadWrite,  ///< the store must exist
    Create,     ///< made if missing, with its folder
  };

  /// A file of another program or of a newer version is Error{Version}, a cut or damaged one
  /// Error{Corrupt}, no file Error{Io}; then nothing was written, not even beside it. A commit
  /// that a crash cut short is gone.
  static Store open(const std::filesystem::path& folder, Mode mode);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();  ///< what was put and not committed is forgotten

  /// Add or replace a document with the next commit(). Order of facts and names does not matter.
  void put(DocumentRecord record);
  /// Take a document out with the next commit(); nothing happens if it is not there.
  void remove(std::string id);
  /// Write all that was put and removed as one transaction. When this returns it is durable; when
  /// it throws none of it is in the store, and it is kept for another try. Waits up to a minute
  /// for another writer, then Error{Resource}.
  void commit();
  std::size_t pending() const;  ///< documents put or removed since the last commit

  /// The summary as it is stored; listing the documents verifies it. O(1).
  StoreSummary summary() const;
  /// What is in the store, sorted by id.
  std::vector<StoredDocument> documents() const;
  /// One document, facts in document order and names sorted. Error{Io} if it is not there.
  DocumentRecord read(std::string_view id) const;
  /// All documents sorted by id, as one moment saw them; one is in memory at a time. `visit` must
  /// not call this store.
  void for_each_document(const std::function<void(const DocumentRecord&)>& visit) const;

  /// Everything verified: SQLite's own check, checksums, that every row belongs to a document,
  /// facts readable, evidence inside the document. One line per problem; empty = sound.
  std::vector<std::string> check() const;

  /// The contract's dump: equal sets of documents give equal lines, sorted by byte, at least one
  /// per document. Columns, TAB-separated, escaped: document, kind (document, fact, name), rest.
  void dump(const std::function<void(std::string_view line)>& line) const;

  /// The graph of all documents, names resolved across them (graph/resolve.h) with the pins of
  /// names.tsv, facts as corrected by corrections.tsv (base/corrections.h); both lie in the store's
  /// folder and are the user's to edit.
  KnowledgeGraph graph() const;
  /// The same with these corrections instead of the file's.
  KnowledgeGraph graph(const Corrections& corrections) const;

  const std::filesystem::path& folder() const;

 private:
  class Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A document id as ACK lines and dumps write it: white space (Unicode's), control characters, `%`
/// and bytes that are not UTF-8 as %XX per byte.
std::string escape_id(std::string_view id);

}  // namespace tercet
