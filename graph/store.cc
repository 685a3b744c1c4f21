#include "graph/store.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "graph/resolve.h"
#include "graph/sqlite.h"
#include "graph/store_file.h"
#include "graph/store_record.h"

namespace tercet {
namespace {

std::string_view bytes_of(const Checksum& checksum) {
  return {reinterpret_cast<const char*>(checksum.data()), checksum.size()};
}

// The checksum of a set: all records' checksums folded together by XOR, so that taking one out is
// putting it in again and the order of commits leaves no trace.
struct Summary {
  std::uint64_t documents = 0;
  Checksum checksum{};

  void fold(std::string_view bytes) {
    for (std::size_t i = 0; i < checksum.size(); ++i) {
      checksum[i] = static_cast<std::uint8_t>(checksum[i] ^ static_cast<unsigned char>(bytes[i]));
    }
  }
  friend bool operator==(const Summary&, const Summary&) = default;
};

constexpr const char* kSelectDocuments =
    "SELECT id, content_hash, recipe, title, video_id, length, checksum FROM document ORDER BY id";
constexpr const char* kSelectDocument =
    "SELECT id, content_hash, recipe, title, video_id, length, checksum FROM document WHERE id = ?";
constexpr const char* kSelectFacts = "SELECT json FROM fact WHERE doc = ? ORDER BY place";
constexpr const char* kSelectNames =
    "SELECT name, type, alias FROM name WHERE doc = ? ORDER BY name, type, alias";

}  // namespace

class Store::Impl {
 public:
  Impl(std::filesystem::path folder, Mode mode)
      : folder_(std::move(folder)), file_((folder_ / "record.sqlite").string()) {
    if (mode == Mode::Create) create_store_file(folder_, file_);
    std::error_code ignored;
    if (mode == Mode::ReadOnly && std::filesystem::is_directory(folder_, ignored) &&
        !std::filesystem::exists(std::filesystem::symlink_status(file_, ignored))) {
      database_ = open_empty_store();
      return;
    }
    check_store_header(file_);
    database_ = open_store_file(file_, mode != Mode::ReadOnly);
  }

  void put(DocumentRecord record) {
    RecordRows rows = rows_of(std::move(record));
    std::string id = rows.id;
    pending_[std::move(id)] = std::move(rows);
  }
  void remove(std::string id) { pending_[std::move(id)] = std::nullopt; }
  std::size_t pending() const { return pending_.size(); }
  const std::filesystem::path& folder() const { return folder_; }

  void commit() {
    if (pending_.empty()) return;
    Transaction transaction(db(), file_, true);
    Summary summary = stored_summary();
    Statement old_checksum(db(), file_, "SELECT checksum FROM document WHERE id = ?");
    Statement drop_document(db(), file_, "DELETE FROM document WHERE id = ?");
    Statement drop_facts(db(), file_, "DELETE FROM fact WHERE doc = ?");
    Statement drop_names(db(), file_, "DELETE FROM name WHERE doc = ?");
    Statement add_document(db(), file_, "INSERT INTO document VALUES(?, ?, ?, ?, ?, ?, ?)");
    Statement add_fact(db(), file_, "INSERT INTO fact VALUES(?, ?, ?)");
    Statement add_name(db(), file_, "INSERT INTO name VALUES(?, ?, ?, ?)");
    for (const auto& [id, rows] : pending_) {
      old_checksum.bind(1, id);
      while (old_checksum.step()) {
        summary.fold(checksum_in(old_checksum, 0));
        --summary.documents;
      }
      drop_document.bind(1, id).run();
      drop_facts.bind(1, id).run();
      drop_names.bind(1, id).run();
      if (!rows) continue;
      const Checksum checksum = checksum_of(*rows);
      summary.fold(bytes_of(checksum));
      ++summary.documents;
      add_document.bind(1, id).bind(2, rows->content_hash).bind(3, rows->recipe);
      add_document.bind(4, rows->title).bind(5, rows->video_id).bind(6, rows->length);
      add_document.bind_blob(7, bytes_of(checksum)).run();
      for (std::size_t place = 0; place < rows->facts.size(); ++place) {
        add_fact.bind(1, id).bind(2, std::uint64_t{place}).bind(3, rows->facts[place]).run();
      }
      for (const RecordRows::Name& name : rows->names) {
        add_name.bind(1, id).bind(2, name.name).bind(3, name.type).bind(4, name.alias).run();
      }
    }
    Statement update(db(), file_, "UPDATE summary SET documents = ?, checksum = ? WHERE one = 1");
    update.bind(1, summary.documents).bind_blob(2, bytes_of(summary.checksum)).run();
    transaction.commit();
    pending_.clear();
  }

  StoreSummary summary() const {
    const Summary summary = stored_summary();
    return {summary.documents, summary.checksum};
  }

  std::vector<StoredDocument> documents() const {
    const Transaction transaction(db(), file_, false);
    return list();
  }

  RecordRows read(std::string_view id) const {
    const Transaction transaction(db(), file_, false);
    Statement document(db(), file_, kSelectDocument);
    document.bind(1, id);
    if (!document.step()) {
      throw Error(Error::Code::Io, "no document '" + std::string(id) + "' in the store",
                  {file_, 0, 0});
    }
    return rows_at(document);
  }

  // Documents in the order of `before`, all as of one moment.
  template <typename Before, typename Visit>
  void for_each(const Before& before, const Visit& visit) const {
    const Transaction transaction(db(), file_, false);
    std::vector<StoredDocument> all = list();
    std::sort(all.begin(), all.end(),
              [&](const StoredDocument& a, const StoredDocument& b) { return before(a.id, b.id); });
    Statement document(db(), file_, kSelectDocument);
    for (const StoredDocument& stored : all) {
      document.bind(1, stored.id);
      if (!document.step()) damaged("the record of '" + stored.id + "' is gone");
      const RecordRows rows = rows_at(document);
      while (document.step()) {
      }
      visit(rows);
    }
  }

  std::vector<std::string> check() const {
    std::vector<std::string> problems;
    const auto attempt = [&](const auto& part) {
      try {
        part();
      } catch (const Error& error) {
        if (error.code() != Error::Code::Corrupt) throw;
        problems.emplace_back(error.what());
      }
    };
    const Transaction transaction(db(), file_, false);
    attempt([&] {
      Statement quick(db(), file_, "PRAGMA quick_check(20)");
      while (quick.step()) {
        if (quick.text(0) != "ok") problems.push_back(file_ + ": " + std::string(quick.text(0)));
      }
    });
    attempt([&] {
      Statement orphans(db(), file_,
                        "SELECT doc FROM fact WHERE doc NOT IN (SELECT id FROM document) UNION "
                        "SELECT doc FROM name WHERE doc NOT IN (SELECT id FROM document)");
      while (orphans.step()) {
        problems.push_back(file_ + ": rows of '" + std::string(orphans.text(0)) +
                           "' belong to no document");
      }
    });
    attempt([&] { list(); });
    attempt([&] {
      Statement documents(db(), file_, kSelectDocuments);
      while (documents.step()) attempt([&] { check_record(documents, problems); });
    });
    return problems;
  }

  const std::string& file() const { return file_; }

 private:
  sqlite3* db() const { return database_.get(); }

  [[noreturn]] void damaged(const std::string& what) const {
    throw Error(Error::Code::Corrupt, what, {file_, 0, 0},
                "restore the store from a copy, or remove it and add the documents again");
  }

  std::string_view checksum_in(const Statement& statement, int column) const {
    const std::string_view bytes = statement.blob(column);
    if (bytes.size() != Checksum{}.size()) damaged("a checksum of the wrong size");
    return bytes;
  }

  Summary stored_summary() const {
    Statement select(db(), file_, "SELECT documents, checksum FROM summary");
    if (!select.step()) damaged("the store's summary is gone");
    Summary summary;
    summary.documents = select.number(0);
    summary.fold(checksum_in(select, 1));
    return summary;
  }

  // A page that lost some of its cells reads like a store without those documents; the summary
  // tells them apart.
  std::vector<StoredDocument> list() const {
    std::vector<StoredDocument> all;
    Summary found;
    Statement documents(db(), file_, kSelectDocuments);
    while (documents.step()) {
      all.push_back({std::string(documents.text(0)), std::string(documents.text(1)),
                     std::string(documents.text(2))});
      found.fold(checksum_in(documents, 6));
      ++found.documents;
    }
    if (found != stored_summary()) damaged("the list of documents does not match its checksum");
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all[i - 1].id >= all[i].id) damaged("the list of documents is out of order");
    }
    return all;
  }

  // The record whose row of `document` is current, verified.
  RecordRows rows_at(const Statement& document) const {
    RecordRows rows;
    rows.id = document.text(0);
    rows.content_hash = document.text(1);
    rows.recipe = document.text(2);
    rows.title = document.text(3);
    rows.video_id = document.text(4);
    rows.length = document.number(5);
    Statement facts(db(), file_, kSelectFacts);
    facts.bind(1, rows.id);
    while (facts.step()) rows.facts.emplace_back(facts.text(0));
    Statement names(db(), file_, kSelectNames);
    names.bind(1, rows.id);
    while (names.step()) {
      rows.names.push_back(
          {std::string(names.text(0)), std::string(names.text(1)), std::string(names.text(2))});
    }
    if (bytes_of(checksum_of(rows)) != checksum_in(document, 6)) {
      damaged("the record of '" + rows.id + "' does not match its checksum");
    }
    return rows;
  }

  void check_record(const Statement& document, std::vector<std::string>& problems) const {
    const DocumentRecord record = record_of(rows_at(document), file_);
    for (const Fact& fact : record.facts) {
      const bool inside =
          fact.start <= fact.end && (record.length == 0 || fact.end <= record.length);
      if (fact.doc != record.id || !inside) {
        problems.push_back(file_ + ": fact " + fact.id + " of '" + record.id +
                           "' has its evidence outside the document");
      }
    }
  }

  std::filesystem::path folder_;
  std::string file_;
  Database database_;
  std::map<std::string, std::optional<RecordRows>> pending_;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::open(const std::filesystem::path& folder, Mode mode) {
  return Store(std::make_unique<Impl>(folder, mode));
}

void Store::put(DocumentRecord record) { impl_->put(std::move(record)); }
void Store::remove(std::string id) { impl_->remove(std::move(id)); }
void Store::commit() { impl_->commit(); }
std::size_t Store::pending() const { return impl_->pending(); }
StoreSummary Store::summary() const { return impl_->summary(); }
std::vector<StoredDocument> Store::documents() const { return impl_->documents(); }
std::vector<std::string> Store::check() const { return impl_->check(); }
const std::filesystem::path& Store::folder() const { return impl_->folder(); }

DocumentRecord Store::read(std::string_view id) const {
  return record_of(impl_->read(id), impl_->file());
}

void Store::for_each_document(const std::function<void(const DocumentRecord&)>& visit) const {
  impl_->for_each(std::less<>(),
                  [&](const RecordRows& rows) { visit(record_of(rows, impl_->file())); });
}

void Store::dump(const std::function<void(std::string_view line)>& line) const {
  const auto by_line = [](const std::string& a, const std::string& b) {
    return escape_id(a) < escape_id(b);
  };
  impl_->for_each(by_line, [&](const RecordRows& rows) {
    for (const std::string& text : dump_lines(rows)) line(text);
  });
}

KnowledgeGraph Store::graph() const {
  return graph(read_corrections(folder() / "corrections.tsv"));
}

KnowledgeGraph Store::graph(const Corrections& corrections) const {
  std::vector<DocumentRecord> records;
  impl_->for_each(std::less<>(), [&](const RecordRows& rows) {
    records.push_back(record_of(rows, impl_->file()));
  });
  std::vector<NamePin> pins = read_name_pins(folder() / "names.tsv");
  std::ranges::copy(pins_of(corrections), std::back_inserter(pins));
  const NameResolution names = resolve_names(records, pins);
  std::vector<Fact> facts;
  std::vector<DocumentInfo> documents;
  for (DocumentRecord& record : records) {
    documents.push_back({record.id, record.title, record.video_id});
    for (Fact& fact : record.facts) {
      names.apply(fact);
      facts.push_back(std::move(fact));
    }
  }
  apply_corrections(corrections, facts);
  return build_graph(std::move(facts), std::move(documents));
}

}  // namespace tercet
