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

namespace {

// The greatest of a[k] + b[k]. Eight at a time in a form that compilers turn into vectors.
float greatest_sum(const float* a, const float* b, std::size_t size) {
  constexpr std::size_t kLanes = 8;
  float best[kLanes];
  for (float& value : best) value = kWorst;
  std::size_t k = 0;
  for (; k + kLanes <= size; k += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float value = a[k + lane] + b[k + lane];
      best[lane] = value > best[lane] ? value : best[lane];
    }
  }
  for (; k < size; ++k) {
    const float value = a[k] + b[k];
    best[0] = value > best[0] ? value : best[0];
  }
  for (const float value : best) best[0] = value > best[0] ? value : best[0];
  return best[0];
}

// The first k of the greatest a[k] + b[k].
std::size_t first_greatest(const float* a, const float* b, std::size_t size) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < size; ++k) {
    if (a[k] + b[k] > a[best] + b[best]) best = k;
  }
  return best;
}

}  // namespace

void best_projective_tree(std::span<const float> scores, std::size_t words, TreeScratch& scratch,
                          std::span<std::int32_t> heads) {
  // Spans [i, j] of words: open ones have an arc between their ends, closed ones are complete to
  // one side. "right" means that the head is the left end i. What is combined over all splits lies
  // side by side: tables by [i][m], and those "ending" by [j][m].
  const std::size_t n = words + 1;
  const auto table = [&](std::vector<float>& values) {
    values.assign(n * n, kWorst);
    return values.data();
  };
  float* const open_left = table(scratch.open_left_ending);
  float* const open_right = table(scratch.open_right);
  float* const closed_left = table(scratch.closed_left);
  float* const closed_left_ending = table(scratch.closed_left_ending);
  float* const closed_right = table(scratch.closed_right);
  float* const closed_right_ending = table(scratch.closed_right_ending);
  for (std::size_t i = 1; i <= words; ++i) {
    closed_left[i * n + i] = closed_left_ending[i * n + i] = 0.0F;
    closed_right[i * n + i] = closed_right_ending[i * n + i] = 0.0F;
  }

  for (std::size_t width = 1; width < words; ++width) {
    for (std::size_t i = 1; i + width <= words; ++i) {
      const std::size_t j = i + width;
      const std::size_t by_first = i * n, by_last = j * n;
      const float both =
          greatest_sum(closed_right + by_first + i, closed_left_ending + by_last + i + 1, width);
      open_left[by_last + i] = both + scores[i * n + j];
      open_right[by_first + j] = both + scores[j * n + i];
      const float left = greatest_sum(closed_left + by_first + i, open_left + by_last + i, width);
      closed_left[by_first + j] = closed_left_ending[by_last + i] = left;
      const float right =
          greatest_sum(open_right + by_first + i + 1, closed_right_ending + by_last + i + 1, width);
      closed_right[by_first + j] = closed_right_ending[by_last + i] = right;
    }
  }

  std::size_t root = 1;
  float best = -std::numeric_limits<float>::max();
  for (std::size_t r = 1; r <= words; ++r) {
    const float value = closed_left[n + r] + closed_right[r * n + words] + scores[r * n];
    if (value > best) best = value, root = r;
  }
  heads[root] = 0;

  // Splits are found again for the few spans of the tree, instead of being kept for all.
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
    const std::size_t i = part.i, j = part.j, width = j - i;
    if (part.kind == Kind::ClosedLeft) {
      const std::size_t m =
          i + first_greatest(closed_left + i * n + i, open_left + j * n + i, width);
      todo.push_back({i, m, Kind::ClosedLeft, false});
      todo.push_back({m, j, Kind::Open, false});
    } else if (part.kind == Kind::ClosedRight) {
      const std::size_t m =
          i + 1 +
          first_greatest(open_right + i * n + i + 1, closed_right_ending + j * n + i + 1, width);
      todo.push_back({i, m, Kind::Open, true});
      todo.push_back({m, j, Kind::ClosedRight, true});
    } else {
      const std::size_t m =
          i + first_greatest(closed_right + i * n + i, closed_left_ending + j * n + i + 1, width);
      heads[part.head_left ? j : i] = static_cast<std::int32_t>(part.head_left ? i : j);
      todo.push_back({i, m, Kind::ClosedRight, true});
      todo.push_back({m + 1, j, Kind::ClosedLeft, false});
    }
  }
}

}  // namespace tercet
