#pragma once

#include <optional>
#include <string>

#include "graph/snapshot.h"
#include "graph/store.h"

namespace tercet {

/// The snapshot of what is in the store now: the file `snapshot` in its folder if it is there,
/// sound and of this generation, else derived from the record and, where the folder can be written,
/// left there for the next time. Throws what Store::graph() throws; a damaged snapshot is no error.
/// O(size of the snapshot), or O(facts log facts).
Snapshot current_snapshot(const Store& store);

/// What is wrong with the store's snapshot file, in words, or nothing: also where there is none.
/// Stale is not wrong.
std::optional<std::string> check_snapshot(const Store& store);

}  // namespace tercet
