#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/documents.h"
#include "cli/interrupt.h"
#include "cli/ordered.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/source.h"
#include "graph/snapshot_store.h"
#include "graph/store.h"

namespace tercet::cli {
namespace {

/// Commits whole documents in groups and says ACK only after the commit that holds them.
class GroupCommit {
 public:
  GroupCommit(Store& store, bool ack) : store_(store), ack_(ack), output_(std::nullopt) {}

  void put(DocumentRecord record) {
    waiting_.push_back(record.id);
    store_.put(std::move(record));
    commit_if_due();
  }
  void remove(const std::string& id) {
    waiting_.push_back(id);
    store_.remove(id);
    commit_if_due();
  }
  /// A document that is in the store already.
  void known(const std::string& id) {
    if (!ack_) return;
    output_.write("ACK " + escape_id(id) + '\n');
    output_.flush();
  }
  void commit() {
    if (waiting_.empty()) return;
    store_.commit();
    last_ = std::chrono::steady_clock::now();
    if (ack_) {
      for (const std::string& id : waiting_) output_.write("ACK " + escape_id(id) + '\n');
      output_.flush();
    }
    waiting_.clear();
  }

 private:
  void commit_if_due() {
    // A sync costs milliseconds: share it, but let nobody wait long for an ACK.
    const auto age = std::chrono::steady_clock::now() - last_;
    if (waiting_.size() >= 256 || age > std::chrono::milliseconds(200)) commit();
  }

  Store& store_;
  bool ack_;
  Output output_;
  std::vector<std::string> waiting_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

bool is_gone(const std::string& path) {
  struct stat there {};
  return ::lstat(path.c_str(), &there) != 0;
}

std::map<std::string, StoredDocument> stored_documents(const Store& store) {
  std::map<std::string, StoredDocument> out;
  for (StoredDocument& one : store.documents()) {
    std::string id = one.id;
    out.emplace(std::move(id), std::move(one));
  }
  return out;
}

Origin origin_of_input(const Input& input, const Document& document) {
  if (input.path == "-") return Origin::Stdin;
  return document.id == input.id ? Origin::File : Origin::Member;
}

/// "no store yet" is not an error for reading commands that may create one later.
int finish(Problems& problems, std::size_t done) {
  if (problems.count() > 0 && done == 0) return problems.fail();
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace

int run_add(const StoreCommand& command) {
  Problems problems;
  const std::filesystem::path folder = store_folder(command.store, true);
  const StoreRoot root(folder);
  InputOptions given = command.input;
  // `add` alone reads the vault, as `git add .` would.
  if (given.paths.empty() && given.files_from.empty())
    given.paths.push_back(root.folder().string());
  const std::vector<Input> inputs =
      list_inputs(given, problems, [&](const std::string& path) { return root.id_of(path); });
  const Extractor extractor = load(command.extractor);
  Store store = Store::open(folder, Store::Mode::Create);
  const std::map<std::string, StoredDocument> known = stored_documents(store);
  GroupCommit group(store, command.ack);

  Progress progress("docs", inputs.size());
  std::size_t added = 0, unchanged = 0, facts = 0, failed = 0;
  Ordered<DocumentRecord> pool(
      jobs_or_default(command.jobs),
      [&](DocumentRecord&& record) {
        stop_if_interrupted();
        ++added;
        facts += record.facts.size();
        group.put(std::move(record));
      },
      [&] {
        // Ctrl-C while a long document is read: nobody waits for it. Its thread cannot be stopped,
        // so the store is closed and the program ends under it.
        if (!interrupted()) return;
        group.commit();
        { const Store closed = std::move(store); }
        end_interrupted();
      });
  for (const Input& input : inputs) {
    read_input(
        input, given,
        [&](Document document) {
          stop_if_interrupted();
          const std::string recipe =
              recipe_of(extractor.fingerprint, origin_of_input(input, document));
          const auto before = known.find(document.id);
          if (before != known.end() && before->second.recipe == recipe &&
              before->second.content_hash == content_hash(document)) {
            ++unchanged;
            group.known(document.id);
            return;
          }
          if (const std::string remarks = remarks_on(document); !remarks.empty()) {
            print_warning(document.id + ": " + remarks);
          }
          auto shared = std::make_shared<const Document>(std::move(document));
          pool.add([&extractor, shared, recipe] {
            return record_of(*shared, extract(extractor, *shared), recipe);
          });
        },
        [&](const std::string& what) {
          ++failed;
          problems.add(what);
        });
    progress.step(facts);
  }
  pool.finish();
  std::size_t pruned = 0;
  if (command.prune) {
    for (const auto& [id, one] : known) {
      if (origin_of(one.recipe) != Origin::File || !is_gone(root.path_of(id))) continue;
      group.remove(id);
      ++pruned;
    }
  }
  group.commit();
  progress.finish();
  print_note(std::to_string(added) + " documents added or updated, " + std::to_string(unchanged) +
             " unchanged" + (pruned > 0 ? ", " + std::to_string(pruned) + " removed" : "") + "; " +
             std::to_string(facts) + " facts");
  return finish(problems, added + unchanged);
}

int run_rm(const StoreCommand& command) {
  const std::filesystem::path folder = store_folder(command.store, false);
  const StoreRoot root(folder);
  if (command.input.paths.empty()) {
    throw Error(Error::Code::Usage, "no document named", {}, "name files, folders or document ids");
  }
  Store store = Store::open(folder, Store::Mode::ReadWrite);
  const std::map<std::string, StoredDocument> known = stored_documents(store);
  std::set<std::string> chosen;
  Problems problems;
  for (const std::string& path : command.input.paths) {
    const std::size_t before = chosen.size();
    if (known.contains(path)) chosen.insert(path);
    const std::string id = root.id_of(path);
    for (const auto& [name, one] : known) {
      // A folder stands for every document below it; the root for all of them.
      if (name == id || name.starts_with(id + '/') || id == root.folder()) chosen.insert(name);
    }
    if (chosen.size() == before) problems.add(path + ": not in the store");
  }
  GroupCommit group(store, command.ack);
  for (const std::string& id : chosen) group.remove(id);
  group.commit();
  print_note(std::to_string(chosen.size()) + " documents removed");
  problems.finish();
  if (problems.count() == 0) return kOk;
  return chosen.empty() ? kNo : kPartly;
}

int run_status(const StoreCommand& command) {
  const std::filesystem::path folder = store_folder(command.store, false);
  const StoreRoot root(folder);
  Problems problems;
  InputOptions given = command.input;
  if (given.paths.empty() && given.files_from.empty())
    given.paths.push_back(root.folder().string());
  const std::vector<Input> inputs =
      list_inputs(given, problems, [&](const std::string& path) { return root.id_of(path); });
  const Extractor extractor = load(command.extractor);
  const Store store = Store::open(folder, Store::Mode::ReadOnly);
  const std::map<std::string, StoredDocument> known = stored_documents(store);
  std::map<std::string, std::string> lines;  // by document
  for (const Input& input : inputs) {
    read_input(
        input, given,
        [&](const Document& document) {
          stop_if_interrupted();
          const auto before = known.find(document.id);
          const std::string recipe =
              recipe_of(extractor.fingerprint, origin_of_input(input, document));
          if (before == known.end())
            lines[document.id] = "new";
          else if (before->second.content_hash != content_hash(document))
            lines[document.id] = "changed";
          else if (before->second.recipe != recipe)
            lines[document.id] = "stale";
        },
        [&](const std::string& what) { problems.add(what); });
  }
  for (const auto& [id, one] : known) {
    if (origin_of(one.recipe) == Origin::File && is_gone(root.path_of(id))) lines[id] = "gone";
  }
  Output output(std::nullopt);
  std::map<std::string, std::size_t> counts;
  for (const auto& [id, state] : lines) {
    output.write(state + '\t' + escape_id(id) + '\n');
    ++counts[state];
  }
  output.commit();
  std::string note = std::to_string(known.size()) + " documents in the store";
  for (const auto& [state, count] : counts) note += ", " + std::to_string(count) + ' ' + state;
  print_note(note);
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

int run_dump(const StoreCommand& command) {
  const Store store = Store::open(store_folder(command.store, false), Store::Mode::ReadOnly);
  Output output(std::nullopt);
  store.dump([&](std::string_view line) {
    output.write(line);
    output.write("\n");
  });
  output.commit();
  return kOk;
}

int run_check(const StoreCommand& command) {
  const std::filesystem::path folder = store_folder(command.store, false);
  // An `add` that was stopped before it made its folder leaves nothing that could be wrong. Where
  // the root is missing too it is the name that is wrong, and Store::open says so.
  std::error_code unknown;
  if (is_gone(folder.string()) &&
      std::filesystem::is_directory(StoreRoot(folder).folder(), unknown)) {
    print_warning(folder.string() + ": no store here yet, nothing to check");
    return kOk;
  }
  const Store store = Store::open(folder, Store::Mode::ReadOnly);
  const std::vector<std::string> problems = store.check();
  for (const std::string& one : problems) print_error(one);
  // Derived data: an answer never comes from a damaged snapshot, so it is no damage of the store.
  if (const auto stale = check_snapshot(store)) {
    print_warning(*stale + "; it is derived again when it is needed");
  }
  if (!problems.empty()) return kBadInput;
  print_note("sound: " + std::to_string(store.documents().size()) + " documents");
  return kOk;
}

}  // namespace tercet::cli
