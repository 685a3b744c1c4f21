#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "base/corrections.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/keys.h"
#include "cli/ontology_files.h"
#include "cli/output.h"
#include "cli/source.h"
#include "graph/review.h"
#include "graph/store.h"

namespace tercet::cli {
namespace fs = std::filesystem;
namespace {

constexpr const char* kHelp =
    "  a accept   r reject   f flip the sign   m how it is meant   l other relation\n"
    "  1 type of the subject   2 type of the object   s skip   u undo   q quit\n";

/// The decisions made, in memory and in their file, which is whole after every one of them.
class Decisions {
 public:
  explicit Decisions(std::string file) : file_(std::move(file)) {
    if (fs::exists(file_)) text_ = read_bytes(file_);
    if (!text_.empty() && !text_.ends_with('\n')) text_ += '\n';
    read();
  }
  const Corrections& corrections() const { return corrections_; }
  std::size_t made() const { return before_.size(); }

  void add(const std::string& row) {
    before_.push_back(text_.size());
    text_ += row;
    save();
  }
  bool undo() {
    if (before_.empty()) return false;
    text_.resize(before_.back());
    before_.pop_back();
    save();
    return true;
  }

 private:
  void read() {
    std::istringstream rows(text_);
    corrections_ = read_corrections(rows, file_);
  }
  void save() {
    Output out(file_);
    out.write(text_);
    out.commit();
    read();
  }

  std::string file_, text_;
  std::vector<std::size_t> before_;  // size of text_ before each decision of this session
  Corrections corrections_;
};

/// What the person sees and presses.
class Screen {
 public:
  Screen() : colour_(output_.is_terminal() && std::getenv("NO_COLOR") == nullptr) {}

  void say(const std::string& text) {
    output_.write(text);
    output_.flush();
  }
  std::string bold(const std::string& text) const {
    return colour_ ? "\033[1m" + text + "\033[0m" : text;
  }
  std::optional<char> key() { return keys_.next(); }

  /// A line of text; empty when it was given up with Escape or the input ended.
  std::string line(const std::string& question) {
    constexpr char kEscape = 27, kDelete = 127, kBackspace = 8;
    say(question);
    std::string out;
    for (std::optional<char> key = keys_.next(); key && *key != '\n'; key = keys_.next()) {
      if (*key == kEscape) {
        out.clear();
        break;
      }
      if (*key == kDelete || *key == kBackspace) {
        if (!out.empty()) {
          out.pop_back();
          say("\b \b");
        }
      } else if (*key >= ' ') {
        out += *key;
        say({*key});
      }
    }
    say("\n");
    return out;
  }

  void finish() { output_.commit(); }

 private:
  Output output_{std::nullopt};
  bool colour_;
  Keys keys_;
};

std::string shown(const Screen& screen, const Fact& fact) {
  std::string quote = printable(fact.sentence);
  const std::string evidence = printable(fact.evidence);
  if (const std::size_t at = quote.find(evidence); at != quote.npos && !evidence.empty()) {
    quote.replace(at, evidence.size(), screen.bold(evidence));
  }
  return printable(fact.subject) + " (" + printable(fact.subject_type) + ") -[" +
         screen.bold(printable(fact.relation)) + "]-> " + printable(fact.object) + " (" +
         printable(fact.object_type) + ")   " + screen.bold(status_words(fact)) + "   confidence " +
         decimal(fact.confidence, 2) + "\n  \"" + quote + "\"\n  " + printable(fact.doc) + ':' +
         std::to_string(fact.line) + "   " + printable(fact.by) + '\n';
}

std::string note_of(const Fact& fact) {
  return fact.subject + " " + fact.relation + " " + fact.object + " (" + fact.doc + ':' +
         std::to_string(fact.line) + ')';
}

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all, std::string Named::*name) {
  std::vector<std::string> out;
  for (const Named& one : all) out.push_back(one.*name);
  return out;
}

/// One of `known`, asked for until it is one; empty when given up.
std::string choose(Screen& screen, const std::string& question,
                   const std::vector<std::string>& known) {
  for (;;) {
    const std::string answer = screen.line(question);
    if (answer.empty() || std::ranges::find(known, answer) != known.end()) return answer;
    const std::string_view near = closest(answer, known);
    screen.say("  no such thing" +
               (near.empty() ? std::string() : ", did you mean " + std::string(near) + "?") + '\n');
  }
}

std::optional<std::string> modality_row(Screen& screen, const Fact& fact) {
  screen.say("  a asserted   p possible   h hypothetical   c conditional   i intended ");
  const std::optional<char> key = screen.key();
  screen.say("\n");
  for (const Modality modality : {Modality::Asserted, Modality::Possible, Modality::Hypothetical,
                                  Modality::Conditional, Modality::Intended}) {
    if (key == name_of(modality).front()) {
      return correction_row("modality", fact.id, name_of(modality), note_of(fact));
    }
  }
  return std::nullopt;
}

/// What a key decides about a fact; nothing if it decides nothing.
std::optional<std::string> row_of(char key, Screen& screen, const Fact& fact,
                                  const Ontology& ontology) {
  const auto changed = [&](const char* part, const std::string& value) {
    return value.empty() ? std::nullopt
                         : std::optional(correction_row(part, fact.id, value, note_of(fact)));
  };
  switch (key) {
    case 'a':
      return correction_row("accept", fact.id, {}, note_of(fact));
    case 'r':
      return correction_row("reject", fact.id, {}, note_of(fact));
    case 'f':
      return changed("polarity", fact.polarity == Polarity::Positive ? "negative" : "positive");
    case 'm':
      return modality_row(screen, fact);
    case 'l':
      return changed(
          "relation",
          choose(screen, "  relation: ", names_of(ontology.relations(), &RelationType::id)));
    case '1':
      return changed(
          "subject_type",
          choose(screen, "  type of the subject: ", names_of(ontology.types(), &EntityType::name)));
    case '2':
      return changed(
          "object_type",
          choose(screen, "  type of the object: ", names_of(ontology.types(), &EntityType::name)));
    default:
      return std::nullopt;
  }
}

/// Offer the rules the decisions imply, each once a session.
void offer_rules(Screen& screen, Decisions& decisions, std::span<const Fact> facts,
                 std::vector<RejectedRule>& offered) {
  for (const RuleProposal& proposal : propose_rules(facts, decisions.corrections())) {
    const auto same = [&](const RejectedRule& rule) {
      return rule.relation == proposal.rule.relation && rule.by == proposal.rule.by;
    };
    if (std::ranges::any_of(offered, same)) continue;
    offered.push_back(proposal.rule);
    screen.say("  rule: what " + printable(proposal.rule.by) + " reads as " +
               printable(proposal.rule.relation) + " is wrong; right about " +
               std::to_string(proposal.rejected) + " of " +
               std::to_string(proposal.rejected + proposal.accepted) +
               " reviewed facts (precision " + decimal(proposal.precision(), 2) +
               "), would take out " + std::to_string(proposal.waiting) +
               " more. Keep the rule? y/n ");
    const std::optional<char> key = screen.key();
    screen.say("\n");
    if (key == 'y') {
      decisions.add(correction_row("reject_rule", proposal.rule.relation, proposal.rule.by,
                                   "precision " + decimal(proposal.precision(), 2) + " on " +
                                       std::to_string(proposal.rejected + proposal.accepted) +
                                       " reviewed"));
    }
  }
}

}  // namespace

int run(const ReviewCommand& command) {
  Problems problems;
  std::vector<Fact> facts;
  std::string file = command.corrections;
  if (!command.facts.empty()) {
    facts = read_facts(read_bytes(command.facts), command.facts, problems);
    if (file.empty()) file = "corrections.tsv";
  } else {
    const fs::path folder = store_folder(command.store, false);
    const KnowledgeGraph graph = Store::open(folder, Store::Mode::ReadOnly).graph(Corrections{});
    facts.assign(graph.facts().begin(), graph.facts().end());
    if (file.empty()) file = (folder / "corrections.tsv").string();
  }
  problems.finish();
  const Ontology ontology = load_ontology(command.ontology, command.types);
  Decisions decisions(file);
  Screen screen;
  const std::vector<std::uint32_t> order = review_order(facts, decisions.corrections());
  std::vector<RejectedRule> offered;
  std::vector<std::size_t> decided_at;  // where in `order` each decision was made, for undo
  const std::size_t last = command.limit > 0
                               ? std::min(order.size(), static_cast<std::size_t>(command.limit))
                               : order.size();
  if (order.empty()) screen.say("nothing to review\n");
  const auto take_back = [&](std::size_t& i) {
    if (!decisions.undo() || decided_at.empty()) return false;
    i = decided_at.back();
    decided_at.pop_back();
    return true;
  };
  for (std::size_t i = 0;;) {
    if (i == last) {
      if (decisions.made() == 0) break;
      screen.say("that was the last; u takes back, any other key ends\n");
      if (const std::optional<char> key = screen.key(); key != 'u' || !take_back(i)) break;
      continue;
    }
    const Fact& fact = facts[order[i]];
    // A rule kept meanwhile may have answered for it.
    std::vector<Fact> still{fact};
    if (apply_corrections(decisions.corrections(), still); still.empty()) {
      ++i;
      continue;
    }
    screen.say('[' + std::to_string(i + 1) + '/' + std::to_string(last) + "] " +
               shown(screen, fact) + (i == 0 ? kHelp : ""));
    const std::optional<char> key = screen.key();
    if (!key || *key == 'q') break;
    if (*key == 's' || *key == '\n') {
      ++i;
    } else if (*key == 'u') {
      take_back(i);
    } else if (const auto row = row_of(*key, screen, fact, ontology)) {
      decided_at.push_back(i++);
      decisions.add(*row);
      const std::size_t rules = decisions.made();
      offer_rules(screen, decisions, facts, offered);
      for (std::size_t n = rules; n < decisions.made(); ++n) decided_at.push_back(i);
    } else {
      screen.say(kHelp);
    }
  }
  screen.finish();
  print_note(std::to_string(decisions.made()) + " decisions in " + file);
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
