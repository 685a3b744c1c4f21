#include "graph/community_level.h"

#include <algorithm>
#include <optional>

namespace tercet {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr double kMinGain = 1e-12;  // in edge weight: below it is rounding, and moves could circle

template <bool Weighted>
double arc_weight(const CommunityLevel& level, std::uint64_t arc) {
  if constexpr (Weighted) return level.weights[arc];
  static_cast<void>(level);
  static_cast<void>(arc);
  return 1.0;
}

// Throws Stopped if it was asked for; asks once in a number of arcs, of which v's are the next.
void ask(const RunControl& control, const CommunityLevel& level, NodeId v, std::uint64_t& arcs) {
  arcs += level.offsets[v + 1] - level.offsets[v];
  if (arcs < kArcsUnasked) return;
  arcs = 0;
  if (control.stop.stop_requested()) throw Stopped();
}

template <bool Weighted>
bool move_nodes_of(const CommunityLevel& level, std::vector<std::uint32_t>& part, double resolution,
                   const std::vector<NodeId>& order, const RunControl& control, NodeId few) {
  const NodeId n = level.nodes;
  const double scale = resolution / level.total;
  // Of a part: what its nodes count for, and the weight between it and the node looked at. Side by
  // side, as one cache line then serves both.
  struct Part {
    double strength = 0, linked = 0;
  };
  std::vector<Part> parts(n);
  std::vector<NodeId> size(n, 0);
  std::uint64_t widest = 0;
  for (NodeId v = 0; v < n; ++v) {
    parts[part[v]].strength += level.strength[v];
    ++size[part[v]];
    widest = std::max(widest, level.offsets[v + 1] - level.offsets[v]);
  }
  std::vector<std::uint32_t> empty;
  for (std::uint32_t p = n; p-- > 0;) {
    if (size[p] == 0) empty.push_back(p);
  }
  std::vector<std::uint8_t> waiting(n, 1);
  // Lists are written to before it is known whether the entry counts: chance would decide a branch.
  std::vector<NodeId> queue(order), again(std::size_t{n} + 1);
  std::vector<std::uint32_t> near(widest + 1);  // parts next to the node
  bool any = false;
  std::uint64_t arcs = 0;  // since the stop was last asked for
  while (queue.size() > few) {
    check_in(control, 0);
    std::size_t woken = 0;
    for (const NodeId v : queue) {
      waiting[v] = 0;
      ask(control, level, v, arcs);
      const std::uint32_t mine = part[v];
      const double strength = level.strength[v];
      const std::uint64_t begin = level.offsets[v], end = level.offsets[v + 1];
      std::size_t found = 0;
      for (std::uint64_t i = begin; i < end; ++i) {
        const NodeId w = level.targets[i];
        if (w == v) continue;
        const std::uint32_t other = part[w];
        double& linked = parts[other].linked;
        const double weight = arc_weight<Weighted>(level, i);
        near[found] = other;
        found += linked == 0.0 && weight > 0 ? 1 : 0;  // a tie of weight 0 is none
        linked += weight;
      }
      parts[mine].strength -= strength;
      std::uint32_t best = mine;
      double best_gain = parts[mine].linked - parts[mine].strength * strength * scale;
      for (std::size_t i = 0; i < found; ++i) {
        Part& other = parts[near[i]];
        const double gain = other.linked - other.strength * strength * scale;
        if (gain > best_gain + kMinGain) {
          best_gain = gain;
          best = near[i];
        }
        other.linked = 0;
      }
      // A hub can be better off alone than anywhere: its links to a part are fewer than expected.
      if (best_gain < -kMinGain && size[mine] > 1) {
        best = empty.back();
        empty.pop_back();
      }
      parts[best].strength += strength;
      if (best == mine) continue;
      any = true;
      ++size[best];
      if (--size[mine] == 0) {
        empty.push_back(mine);
        parts[mine].strength = 0;  // without what rounding left
      }
      part[v] = best;
      for (std::uint64_t i = begin; i < end; ++i) {
        const NodeId w = level.targets[i];
        const bool wake = waiting[w] == 0 && part[w] != best;
        again[woken] = w;
        woken += wake ? 1 : 0;
        waiting[w] = wake ? 1 : waiting[w];
      }
    }
    queue.assign(again.begin(), again.begin() + static_cast<std::ptrdiff_t>(woken));
  }
  return any;
}

struct Choice {
  std::uint32_t piece;
  double gain;
};

// One of the choices, the likelier the more it gains: with a chance in proportion to
// (1 + lack / 8 spread)^-8, which is close to exp(-lack / spread) and the same on every machine.
std::optional<std::uint32_t> choose(std::vector<Choice>& choices, double best_gain, double spread,
                                    Random& random) {
  if (choices.empty()) return std::nullopt;
  if (choices.size() == 1) return choices[0].piece;
  double sum = 0;
  for (Choice& choice : choices) {
    double base = 1 + (best_gain - choice.gain) / (8 * spread);
    base *= base;
    base *= base;
    sum += 1 / (base * base);
    choice.gain = sum;
  }
  const double drawn = sum * (static_cast<double>(random.next() >> 11) * 0x1.0p-53);
  for (const Choice& choice : choices) {
    if (drawn < choice.gain) return choice.piece;
  }
  return choices.back().piece;
}

template <bool Weighted>
std::vector<std::uint32_t> refine_of(const CommunityLevel& level,
                                     const std::vector<std::uint32_t>& part, double resolution,
                                     double spread, const std::vector<NodeId>& order,
                                     Random& random, const RunControl& control) {
  const NodeId n = level.nodes;
  const double scale = resolution / level.total;
  // Of a piece, one node at first: what its nodes count for, the weight between it and the rest of
  // its part, and between it and the node looked at.
  struct Piece {
    double strength = 0, outward = 0, linked = 0;
  };
  std::vector<Piece> pieces(n);
  std::vector<double> part_strength(n, 0.0);
  std::uint64_t arcs = 0;  // since the stop was last asked for
  std::uint64_t widest = 0;
  for (NodeId v = 0; v < n; ++v) {
    ask(control, level, v, arcs);
    part_strength[part[v]] += level.strength[v];
    pieces[v].strength = level.strength[v];
    double outward = 0;
    for (std::uint64_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
      const NodeId w = level.targets[i];
      outward += w != v && part[w] == part[v] ? arc_weight<Weighted>(level, i) : 0.0;
    }
    pieces[v].outward = outward;
    widest = std::max(widest, level.offsets[v + 1] - level.offsets[v]);
  }
  const auto well_connected = [&](const Piece& piece, double strength_of_part) {
    return piece.outward >= piece.strength * (strength_of_part - piece.strength) * scale;
  };
  std::vector<std::uint32_t> piece(n);
  for (NodeId v = 0; v < n; ++v) piece[v] = v;
  std::vector<std::uint8_t> alone(n, 1);
  std::vector<std::uint32_t> near(widest + 1);
  std::vector<Choice> choices;
  for (const NodeId v : order) {
    const double whole = part_strength[part[v]];
    if (alone[v] == 0 || !well_connected(pieces[v], whole)) continue;
    ask(control, level, v, arcs);
    std::size_t found = 0;
    for (std::uint64_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
      const NodeId w = level.targets[i];
      const double weight = w != v && part[w] == part[v] ? arc_weight<Weighted>(level, i) : 0.0;
      const std::uint32_t other = piece[w];
      near[found] = other;
      double& linked = pieces[other].linked;
      found += linked == 0.0 && weight > 0 ? 1 : 0;
      linked += weight;
    }
    const double strength = level.strength[v];
    double best_gain = kMinGain;
    choices.clear();
    for (std::size_t i = 0; i < found; ++i) {
      const Piece& other = pieces[near[i]];
      const double gain = other.linked - other.strength * strength * scale;
      if (gain < kMinGain || !well_connected(other, whole)) continue;
      choices.push_back({near[i], gain});
      best_gain = std::max(best_gain, gain);
    }
    const std::uint32_t best = choose(choices, best_gain, spread, random).value_or(v);
    if (best != v) {
      piece[v] = best;
      alone[best] = 0;
      pieces[best].strength += strength;
      pieces[best].outward += pieces[v].outward - 2 * pieces[best].linked;
    }
    for (std::size_t i = 0; i < found; ++i) pieces[near[i]].linked = 0;
  }
  return piece;
}

}  // namespace

CommunityLevel ground_level(const Csr& undirected_graph, Objective objective) {
  CommunityLevel level;
  const ArcRows& rows = undirected_graph.out();
  level.nodes = undirected_graph.nodes();
  level.offsets = rows.offsets.data();
  level.targets = rows.targets.data();
  level.weights = rows.weights.empty() ? nullptr : rows.weights.data();
  if (objective == Objective::Potts) {
    level.strength.assign(level.nodes, 1.0);
    level.total = 1;
    return level;
  }
  level.strength.resize(level.nodes);
  for (NodeId v = 0; v < level.nodes; ++v) {
    double sum = static_cast<double>(rows.degree(v));
    if (level.weights != nullptr) {
      sum = 0;
      for (const double weight : rows.row_weights(v)) sum += weight;
    }
    level.strength[v] = sum;
    level.total += sum;
  }
  return level;
}

namespace {

template <bool Weighted>
CommunityLevel aggregate_of(const CommunityLevel& level, const std::vector<std::uint32_t>& part,
                            std::uint32_t parts, const RunControl& control) {
  CommunityLevel result;
  result.nodes = parts;
  result.total = level.total;
  result.strength.assign(parts, 0.0);
  std::vector<NodeId> start(std::size_t{parts} + 1, 0), members(level.nodes);
  for (NodeId v = 0; v < level.nodes; ++v) {
    ++start[part[v] + 1];
    result.strength[part[v]] += level.strength[v];
  }
  for (std::uint32_t p = 0; p < parts; ++p) start[p + 1] += start[p];
  {
    std::vector<NodeId> next(start.begin(), start.end() - 1);
    for (NodeId v = 0; v < level.nodes; ++v) members[next[part[v]]++] = v;
  }
  std::vector<double> linked(parts, 0.0);
  std::vector<std::uint32_t> near(std::size_t{parts} + 1);
  result.own_offsets.reserve(std::size_t{parts} + 1);
  result.own_offsets.push_back(0);
  std::uint64_t arcs = 0;  // since the stop was last asked for
  for (std::uint32_t p = 0; p < parts; ++p) {
    std::size_t found = 0;
    linked[p] = 1;  // already known: what lies inside stays in the strength
    for (NodeId m = start[p]; m < start[p + 1]; ++m) {
      const NodeId v = members[m];
      ask(control, level, v, arcs);
      for (std::uint64_t i = level.offsets[v]; i < level.offsets[v + 1]; ++i) {
        const std::uint32_t other = part[level.targets[i]];
        const double weight = arc_weight<Weighted>(level, i);
        near[found] = other;
        found += linked[other] == 0.0 && weight > 0 ? 1 : 0;
        linked[other] += weight;
      }
    }
    linked[p] = 0;
    for (std::size_t i = 0; i < found; ++i) {
      result.own_targets.push_back(near[i]);
      result.own_weights.push_back(linked[near[i]]);
      linked[near[i]] = 0;
    }
    result.own_offsets.push_back(result.own_targets.size());
  }
  result.offsets = result.own_offsets.data();
  result.targets = result.own_targets.data();
  result.weights = result.own_weights.data();
  return result;
}

}  // namespace

CommunityLevel aggregate(const CommunityLevel& level, const std::vector<std::uint32_t>& part,
                         std::uint32_t parts, const RunControl& control) {
  return level.weights != nullptr ? aggregate_of<true>(level, part, parts, control)
                                  : aggregate_of<false>(level, part, parts, control);
}

bool move_nodes(const CommunityLevel& level, std::vector<std::uint32_t>& part, double resolution,
                const std::vector<NodeId>& order, const RunControl& control, NodeId few) {
  return level.weights != nullptr
             ? move_nodes_of<true>(level, part, resolution, order, control, few)
             : move_nodes_of<false>(level, part, resolution, order, control, few);
}

std::vector<std::uint32_t> refine(const CommunityLevel& level,
                                  const std::vector<std::uint32_t>& part, double resolution,
                                  double spread, const std::vector<NodeId>& order, Random& random,
                                  const RunControl& control, std::uint32_t& pieces) {
  std::vector<std::uint32_t> piece =
      level.weights != nullptr
          ? refine_of<true>(level, part, resolution, spread, order, random, control)
          : refine_of<false>(level, part, resolution, spread, order, random, control);
  pieces = renumber(piece);
  return piece;
}

std::uint32_t renumber(std::vector<std::uint32_t>& part) {
  std::uint32_t largest = 0;
  for (const std::uint32_t p : part) largest = std::max(largest, p);
  std::vector<std::uint32_t> number(part.empty() ? 0 : std::size_t{largest} + 1, kNone);
  std::uint32_t count = 0;
  for (std::uint32_t& p : part) {
    if (number[p] == kNone) number[p] = count++;
    p = number[p];
  }
  return count;
}

}  // namespace tercet
