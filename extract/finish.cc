#include "extract/finish.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/utf8.h"

namespace tercet {
namespace {

/// How many sentences with the same words stand before each sentence of the document.
std::vector<std::uint32_t> occurrences(const AnalysedDocument& analysed) {
  std::vector<std::uint32_t> out;
  std::map<std::string_view, std::uint32_t> seen;
  for (const AnalysedSentence& one : analysed.sentences) {
    const Block& block = analysed.document->blocks[static_cast<std::size_t>(one.block)];
    out.push_back(seen[view(block.text, one.sentence.span)]++);
  }
  return out;
}

/// The first anchor at or after `evidence_end` within the sentence, else the sentence's last.
/// An anchor that stands where a sentence begins was written after the stop before it, so it
/// belongs to that one, unless the block begins there.
const TimeAnchor* anchor_after(const Block& block, Span sentence, std::uint32_t evidence_end) {
  const TimeAnchor* last = nullptr;
  for (const TimeAnchor& anchor : block.anchors) {
    if (anchor.at > sentence.end) break;
    if (anchor.at < sentence.begin || (anchor.at == sentence.begin && sentence.begin > 0)) continue;
    last = &anchor;
    if (anchor.at >= evidence_end) break;
  }
  return last;
}

/// When the evidence begins to be said.
const TimeAnchor* anchor_for(const Block& block, Span sentence, Span evidence) {
  if (!block.anchors_lead) return anchor_after(block, sentence, evidence.end);
  const auto next = std::ranges::upper_bound(block.anchors, evidence.begin, {}, &TimeAnchor::at);
  return next == block.anchors.begin() ? nullptr : &*(next - 1);
}

/// Line numbers of byte offsets asked in any order; O(log lines) each.
class Lines {
 public:
  explicit Lines(std::string_view text) {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
      ends_.push_back(at);
    }
  }
  std::uint32_t at(std::size_t byte) const {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(ends_, byte) - ends_.begin()) + 1;
  }

 private:
  std::vector<std::size_t> ends_;
};

}  // namespace

std::string timecode(std::uint32_t seconds) {
  const auto two = [](std::uint32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(seconds / 3600) + ':' + two(seconds / 60 % 60) + ':' + two(seconds % 60);
}

std::vector<Fact> finish_facts(const AnalysedDocument& analysed, std::vector<DraftFact> drafts) {
  const Document& document = *analysed.document;
  const std::vector<std::uint32_t> occurrence = occurrences(analysed);
  const CodePointIndex code_points(document.text);
  const Lines lines(document.text);
  // The line of an antecedent is known to the entity stage only as a place in a block; it has been
  // turned into a line there. Everything else about places happens here.
  for (DraftFact& draft : drafts) {
    Fact& fact = draft.fact;
    const Block& block = analysed.block_of(draft.sentence);
    const Span sentence = analysed.tree(draft.sentence).span;
    fact.doc = document.id;
    fact.sentence = view(block.text, sentence);
    fact.evidence = view(block.text, draft.evidence);
    const std::uint32_t begin = block.origin.begin_of(draft.evidence.begin);
    fact.start = code_points.at(begin);
    fact.end = code_points.at(block.origin.end_of(draft.evidence.end));
    fact.line = lines.at(begin);
    fact.confidence = std::round(std::clamp(fact.confidence, 0.0, 1.0) * 1e4) / 1e4;
    if (const TimeAnchor* anchor = anchor_for(block, sentence, draft.evidence)) {
      fact.timestamp = timecode(anchor->seconds);
      if (!document.video_id.empty()) {
        fact.url =
            "https://youtu.be/" + document.video_id + "?t=" + std::to_string(anchor->seconds);
      }
    }
    fact.id = fact_id(fact, occurrence[static_cast<std::size_t>(draft.sentence)]);
  }
  std::map<std::pair<int, int>, std::vector<std::string>> by_clause;
  for (const DraftFact& draft : drafts) {
    by_clause[{draft.own.sentence, draft.own.clause}].push_back(draft.fact.id);
  }
  std::ranges::stable_sort(drafts, {}, [](const DraftFact& draft) {
    return std::tuple(draft.sentence, draft.evidence.begin, draft.evidence.end);
  });
  std::vector<Fact> out;
  std::set<std::string> seen;
  for (DraftFact& draft : drafts) {
    for (const ConditionRef& condition : draft.conditions) {
      const auto found = by_clause.find({condition.sentence, condition.clause});
      if (found == by_clause.end()) continue;
      for (const std::string& id : found->second) {
        if (id != draft.fact.id) draft.fact.condition_facts.push_back(id);
      }
    }
    if (seen.insert(draft.fact.id).second) out.push_back(std::move(draft.fact));
  }
  return out;
}

}  // namespace tercet
