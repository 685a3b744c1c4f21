#include "extract/language/language.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "base/error.h"
#include "extract/language/brackets.h"
#include "extract/language/lemma.h"
#include "extract/language/model_file.h"
#include "extract/language/network.h"
#include "extract/language/tags.h"

namespace tercet {
namespace {

// Enough rows for the matrix kernels to run at full speed, few enough to stay in the cache.
constexpr std::size_t kBatchWords = 256;
// Token::head has 16 bits.
constexpr std::size_t kMaxHead = std::numeric_limits<std::int16_t>::max();

struct Scratch {
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> lengths;
  NetworkScratch network;
  std::vector<WordLabels> labels;
  std::vector<PairLabel> pairs;
};

template <typename Tag, typename F>
std::vector<Tag> tags_of(const ModelFile& file, std::string_view table, std::size_t expected,
                         F tag_of) {
  std::vector<Tag> out;
  for (const std::string_view name : file.strings(table)) out.push_back(tag_of(name));
  if (out.size() != expected || out.empty()) {
    file.refuse("string table " + std::string(table) + " has another size than its layer");
  }
  return out;
}

/// A sentence and the text its spans point into.
struct Given {
  std::string_view text;
  Sentence* sentence;
};

/// Equal texts have equal words unless a cut or a given break fell differently.
bool same_words(const Sentence& a, const Sentence& b) {
  return std::ranges::equal(a.tokens, b.tokens, [&](const Token& x, const Token& y) {
    return x.span.begin - a.span.begin == y.span.begin - b.span.begin &&
           x.span.end - a.span.begin == y.span.end - b.span.begin;
  });
}

void copy_analysis(const Sentence& from, Sentence& to) {
  for (std::size_t i = 0; i < to.tokens.size(); ++i) {
    const Token given = to.tokens[i];
    to.tokens[i] = from.tokens[i];
    to.tokens[i].span = given.span;
    to.tokens[i].space_after = given.space_after;
    to.tokens[i].joined = given.joined;
  }
  to.mentions = from.mentions;
  to.relations = from.relations;
  to.kinds = from.kinds;
}

/// A row of the list of mention tags: "O", "B-Person", "I-Person".
struct MentionTag {
  bool begins = false, inside = false;
  std::string type;
};

std::optional<MentionTag> mention_tag_of(std::string_view name) {
  if (name == "O") return MentionTag{};
  if (name.size() < 3 || name[1] != '-' || (name[0] != 'B' && name[0] != 'I')) return std::nullopt;
  return MentionTag{name[0] == 'B', true, std::string(name.substr(2))};
}

void sort_mentions(std::vector<TypedSpan>& mentions) {
  std::sort(mentions.begin(), mentions.end(), [](const TypedSpan& a, const TypedSpan& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.last != b.last ? a.last > b.last : a.outer > b.outer;
  });
}

}  // namespace

struct Language::Impl {
  ModelFile file;
  std::unique_ptr<const Network> network;
  std::vector<Upos> upos;
  std::vector<Xpos> xpos;
  std::vector<Deprel> deprel;
  std::vector<LemmaScript> lemma;
  std::vector<MentionTag> mention;
  std::vector<std::string> relations, kinds;

  explicit Impl(const std::filesystem::path& path) : file(path) {
    std::unique_ptr<Network> made = make_network(file);
    const Network::LabelCounts counts = made->label_counts();
    upos = tags_of<Upos>(file, "upos", counts.upos, upos_of);
    xpos = tags_of<Xpos>(file, "xpos", counts.xpos, xpos_of);
    deprel = tags_of<Deprel>(file, "deprel", counts.deprel, deprel_of);
    lemma = tags_of<LemmaScript>(file, "lemma", counts.lemma, [&](std::string_view text) {
      std::optional<LemmaScript> script = parse_lemma_script(text);
      if (!script) file.refuse("there is a lemma script that cannot be read");
      return std::move(*script);
    });
    const auto root = std::find(deprel.begin(), deprel.end(), Deprel::Root);
    if (root == deprel.end()) file.refuse("there is no label for the root");
    made->reserve_root_label(static_cast<std::size_t>(root - deprel.begin()));
    if (counts.mention > 0) {
      mention = tags_of<MentionTag>(file, "mention", counts.mention, [&](std::string_view name) {
        std::optional<MentionTag> tag = mention_tag_of(name);
        if (!tag) file.refuse("there is a mention tag that cannot be read");
        return std::move(*tag);
      });
      if (mention[0].inside) file.refuse("the first mention tag is not O");
    }
    if (counts.outer > 0 && counts.outer != counts.mention) {
      file.refuse("the heads of mentions differ in size");
    }
    const auto name = [](std::string_view text) { return std::string(text); };
    if (counts.relations > 0) {
      relations = tags_of<std::string>(file, "relations", counts.relations, name);
    }
    if (counts.kinds > 0 || file.has_strings("kinds")) {
      kinds = tags_of<std::string>(file, "kinds", counts.kinds, name);
    }
    network = std::move(made);
  }

  // Copies labels to token [from, ...) of a sentence. The root of a later piece hangs from the
  // first piece's root `top`. Returns the root's index.
  std::size_t fill(std::string_view text, Sentence& sentence, std::size_t from,
                   std::span<const WordLabels> labels, std::size_t top) const {
    std::size_t root = from;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      Token& token = sentence.tokens[from + i];
      const WordLabels& found = labels[i];
      token.upos = upos[found.upos];
      token.xpos = xpos[found.xpos];
      token.deprel = deprel[found.deprel];
      const std::string_view form = view(text, token.span);
      token.lemma = mend_lemma(apply_lemma_script(lemma[found.lemma], form), form, token.xpos,
                               [&](std::string_view word) { return network->knows(word); });
      std::size_t head = from + static_cast<std::size_t>(found.head) - 1;
      if (found.head == 0) {
        root = from + i;
        if (from == 0) {
          token.head = -1;
          continue;
        }
        head = top;
        token.deprel = Deprel::Parataxis;
      }
      token.head = static_cast<std::int16_t>(head <= kMaxHead ? head : top);
    }
    return root;
  }

  // Mentions among tokens [from, ...) of a sentence, as tagged by one of the two heads.
  void add_mentions(Sentence& sentence, std::size_t from, std::span<const WordLabels> labels,
                    bool outer) const {
    TypedSpan open;
    const auto close = [&](std::size_t end) {
      open.last = static_cast<std::uint32_t>(end);
      if (!open.type.empty()) sentence.mentions.push_back(std::move(open));
      open = {};
    };
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const MentionTag& tag = mention[outer ? labels[i].outer : labels[i].mention];
      const float score = outer ? labels[i].outer_score : labels[i].mention_score;
      // An inside tag without a beginning begins, and so does one of another type.
      if (!tag.inside || tag.begins || tag.type != open.type) {
        close(from + i);
        if (!tag.inside) continue;
        open = {static_cast<std::uint32_t>(from + i), 0, tag.type, score, outer};
      }
      open.score = std::min(open.score, score);
    }
    close(from + labels.size());
  }

  // Relations of tokens [from, ...) of a sentence. `pairs` counts words from `first` on.
  static void add_relations(Sentence& sentence, std::size_t from, std::span<const PairLabel> pairs,
                            std::size_t first) {
    for (const PairLabel& pair : pairs) {
      const std::size_t i = from + pair.from - first, j = from + pair.to - first;
      if (i > kMaxHead || j > kMaxHead) continue;
      sentence.relations.push_back({static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(j),
                                    pair.relation, pair.score});
    }
  }

  void annotate(std::span<const Given> given, WordVectors* vectors) const {
    // Kept between calls: fresh pages cost more than a short sentence.
    static thread_local Scratch scratch;
    struct Piece {
      std::size_t sentence, from, to;
    };
    std::vector<Piece> batch;
    std::size_t rows = 0, top = 0;
    const auto run = [&] {
      if (batch.empty()) return;
      scratch.words.clear();
      scratch.lengths.clear();
      for (const Piece& piece : batch) {
        const auto& [text, sentence] = given[piece.sentence];
        for (std::size_t i = piece.from; i < piece.to; ++i) {
          scratch.words.push_back(view(text, sentence->tokens[i].span));
        }
        scratch.lengths.push_back(static_cast<std::uint32_t>(piece.to - piece.from));
      }
      network->label(scratch.words, scratch.lengths, scratch.network, scratch.labels, scratch.pairs,
                     vectors);
      std::span<const WordLabels> labels = scratch.labels;
      std::span<const PairLabel> pairs = scratch.pairs;
      std::size_t first = 0;
      for (const Piece& piece : batch) {
        const auto& [text, sentence] = given[piece.sentence];
        const std::span<const WordLabels> own = labels.first(piece.to - piece.from);
        const std::size_t root = fill(text, *sentence, piece.from, own, top);
        if (piece.from == 0) {
          top = root;
          sentence->mentions.clear();
          sentence->relations.clear();
          sentence->kinds.clear();
        }
        if (!mention.empty()) add_mentions(*sentence, piece.from, own, false);
        if (network->label_counts().outer > 0) add_mentions(*sentence, piece.from, own, true);
        if (piece.to == sentence->tokens.size()) {
          lift_conjuncts(text, *sentence);
          sort_mentions(sentence->mentions);
        }
        if (!kinds.empty()) {
          for (const WordLabels& word : own) {
            sentence->kinds.push_back({word.kind, word.kind_score});
          }
        }
        if (!relations.empty()) {
          const auto end = std::ranges::find_if(
              pairs, [&](const PairLabel& pair) { return pair.from >= first + own.size(); });
          const auto count = static_cast<std::size_t>(end - pairs.begin());
          add_relations(*sentence, piece.from, pairs.first(count), first);
          pairs = pairs.subspan(count);
        }
        first += own.size();
        labels = labels.subspan(own.size());
      }
      batch.clear();
      rows = 0;
    };
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const auto& [text, sentence] = given[i];
      words.clear();
      for (const Token& token : sentence->tokens) words.push_back(view(text, token.span));
      // A given sentence may be longer than a network takes; it is analysed in pieces.
      for (std::size_t from = 0; from < words.size();) {
        const std::size_t size = network->fitting(std::span(words).subspan(from));
        if (rows + size > kBatchWords) run();
        batch.push_back({i, from, from + size});
        rows += size;
        from += size;
      }
    }
    run();
  }
};

Language::Language(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Language::Language(Language&&) noexcept = default;
Language& Language::operator=(Language&&) noexcept = default;
Language::~Language() = default;

Language Language::load(const std::filesystem::path& file) {
  return Language(std::make_unique<const Impl>(file));
}

std::vector<Sentence> Language::analyse(std::string_view text,
                                        std::span<const std::uint32_t> breaks,
                                        bool one_sentence) const {
  const Passage passage{text, breaks, one_sentence, {}};
  return std::move(analyse({&passage, 1}).front());
}

std::vector<std::vector<Sentence>> Language::analyse(std::span<const Passage> passages) const {
  std::vector<std::vector<Sentence>> out;
  out.reserve(passages.size());
  // A text that repeats one unit a million times, as hostile ones do, costs the unit once.
  std::vector<Given> first;
  std::vector<std::pair<Given, std::size_t>> again;  // with its twin's place in `first`
  std::map<std::string_view, std::size_t> seen;
  for (const Passage& passage : passages) {
    out.push_back(tokenize(passage.text, passage.breaks, passage.one_sentence, passage.whole));
    for (Sentence& sentence : out.back()) {
      const Given given{passage.text, &sentence};
      const auto [twin, fresh] = seen.try_emplace(view(passage.text, sentence.span), first.size());
      if (!fresh && same_words(*first[twin->second].sentence, sentence)) {
        again.emplace_back(given, twin->second);
      } else {
        first.push_back(given);
      }
    }
  }
  impl_->annotate(first, nullptr);
  for (const auto& [given, twin] : again) copy_analysis(*first[twin].sentence, *given.sentence);
  return out;
}

void Language::annotate(std::string_view text, std::span<Sentence> sentences,
                        WordVectors* vectors) const {
  std::vector<Given> given;
  given.reserve(sentences.size());
  for (Sentence& sentence : sentences) given.push_back({text, &sentence});
  impl_->annotate(given, vectors);
}

std::span<const std::string> Language::relations() const { return impl_->relations; }
std::span<const std::string> Language::kinds() const { return impl_->kinds; }

const std::string& Language::fingerprint() const { return impl_->file.fingerprint(); }

}  // namespace tercet
