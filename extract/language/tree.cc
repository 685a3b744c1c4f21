#include "extract/language/tree.h"

#include <limits>

namespace tercet {
namespace {

constexpr float kWorst = -1e30F;

// Calls `on_cycle` with one member of each cycle of heads; 0 is outside all cycles. O(words).
// A function that changes heads must break the cycle it was called for.
template <typename F>
void for_each_cycle(std::span<const std::int32_t> heads, F on_cycle) {
  std::vector<std::size_t> seen(heads.size(), 0);  // the walk that first came here
  seen[0] = heads.size();
  for (std::size_t start = 1; start < heads.size(); ++start) {
    std::size_t at = start;
    while (seen[at] == 0) {
      seen[at] = start;
      at = static_cast<std::size_t>(heads[at]);
    }
    if (seen[at] == start) on_cycle(at);
  }
}

}  // namespace

bool is_tree(std::span<const std::int32_t> heads) {
  std::size_t roots = 0;
  for (std::size_t d = 1; d < heads.size(); ++d) roots += heads[d] == 0 ? 1U : 0U;
  if (roots != 1) return false;
  bool cyclic = false;
  for_each_cycle(heads, [&](std::size_t) { cyclic = true; });
  return !cyclic;
}

void repair_tree(std::span<const float> root_scores, std::span<std::int32_t> heads) {
  if (heads.size() < 2) return;
  std::size_t root = 0;
  for (std::size_t d = 1; d < heads.size(); ++d) {
    if (heads[d] == 0 && (root == 0 || root_scores[d] > root_scores[root])) root = d;
  }
  if (root == 0) {
    root = 1;
    for (std::size_t d = 2; d < heads.size(); ++d) {
      if (root_scores[d] > root_scores[root]) root = d;
    }
    heads[root] = 0;
  }
  const auto top = static_cast<std::int32_t>(root);
  for (std::size_t d = 1; d < heads.size(); ++d) {
    if (heads[d] == 0 && d != root) heads[d] = top;
  }
  for_each_cycle(heads, [&](std::size_t member) {
    std::size_t best = member;
    for (auto at = static_cast<std::size_t>(heads[member]); at != member;
         at = static_cast<std::size_t>(heads[at])) {
      if (root_scores[at] > root_scores[best] ||
          (root_scores[at] == root_scores[best] && at < best)) {
        best = at;
      }
    }
    heads[best] = top;
  });
}

void best_projective_tree(std::span<const float> scores, std::size_t words, TreeScratch& scratch,
                          std::span<std::int32_t> heads) {
  // Spans [i, j] of words: open ones have an arc between their ends, closed ones are complete to
  // one side. "right" means that the head is the left end i.
  const std::size_t n = words + 1;
  for (std::vector<float>* table :
       {&scratch.open_left, &scratch.open_right, &scratch.closed_left, &scratch.closed_right}) {
    table->assign(n * n, kWorst);
  }
  for (std::vector<std::uint8_t>* table :
       {&scratch.split_open, &scratch.split_closed_left, &scratch.split_closed_right}) {
    table->assign(n * n, 0);
  }
  float* const open_left = scratch.open_left.data();
  float* const open_right = scratch.open_right.data();
  float* const closed_left = scratch.closed_left.data();
  float* const closed_right = scratch.closed_right.data();
  for (std::size_t i = 1; i <= words; ++i) closed_left[i * n + i] = closed_right[i * n + i] = 0;

  for (std::size_t width = 1; width < words; ++width) {
    for (std::size_t i = 1; i + width <= words; ++i) {
      const std::size_t j = i + width;
      const std::size_t cell = i * n + j;
      float best = -std::numeric_limits<float>::max();
      std::size_t split = i;
      for (std::size_t m = i; m < j; ++m) {
        const float value = closed_right[i * n + m] + closed_left[(m + 1) * n + j];
        if (value > best) best = value, split = m;
      }
      scratch.split_open[cell] = static_cast<std::uint8_t>(split);
      open_left[cell] = best + scores[i * n + j];
      open_right[cell] = best + scores[j * n + i];

      best = -std::numeric_limits<float>::max();
      split = i;
      for (std::size_t m = i; m < j; ++m) {
        const float value = closed_left[i * n + m] + open_left[m * n + j];
        if (value > best) best = value, split = m;
      }
      scratch.split_closed_left[cell] = static_cast<std::uint8_t>(split);
      closed_left[cell] = best;

      best = -std::numeric_limits<float>::max();
      split = j;
      for (std::size_t m = i + 1; m <= j; ++m) {
        const float value = open_right[i * n + m] + closed_right[m * n + j];
        if (value > best) best = value, split = m;
      }
      scratch.split_closed_right[cell] = static_cast<std::uint8_t>(split);
      closed_right[cell] = best;
    }
  }

  std::size_t root = 1;
  float best = -std::numeric_limits<float>::max();
  for (std::size_t r = 1; r <= words; ++r) {
    const float value = closed_left[n + r] + closed_right[r * n + words] + scores[r * n];
    if (value > best) best = value, root = r;
  }
  heads[root] = 0;

  enum class Kind { Open, ClosedLeft, ClosedRight };
  struct Part {
    std::size_t i, j;
    Kind kind;
    bool head_left;  // open parts only
  };
  std::vector<Part> todo{{1, root, Kind::ClosedLeft, false},
                         {root, words, Kind::ClosedRight, true}};
  while (!todo.empty()) {
    const Part part = todo.back();
    todo.pop_back();
    if (part.i == part.j) continue;
    const std::size_t cell = part.i * n + part.j;
    if (part.kind == Kind::ClosedLeft) {
      const std::size_t m = scratch.split_closed_left[cell];
      todo.push_back({part.i, m, Kind::ClosedLeft, false});
      todo.push_back({m, part.j, Kind::Open, false});
    } else if (part.kind == Kind::ClosedRight) {
      const std::size_t m = scratch.split_closed_right[cell];
      todo.push_back({part.i, m, Kind::Open, true});
      todo.push_back({m, part.j, Kind::ClosedRight, true});
    } else {
      const std::size_t m = scratch.split_open[cell];
      const std::size_t child = part.head_left ? part.j : part.i;
      heads[child] = static_cast<std::int32_t>(part.head_left ? part.i : part.j);
      todo.push_back({part.i, m, Kind::ClosedRight, true});
      todo.push_back({m + 1, part.j, Kind::ClosedLeft, false});
    }
  }
}

}  // namespace tercet
