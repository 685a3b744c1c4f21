#include <algorithm>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/source.h"
#include "extract/evaluate/chain_score.h"
#include "extract/evaluate/treebank_score.h"

namespace tercet::cli {
namespace {

/// "12.34": a share of one in per cent, as scorers of treebanks print it.
std::string percent(double share) {
  const auto hundredths = static_cast<std::int64_t>(share * 10000 + 0.5);
  const std::string rest = std::to_string(100 + hundredths % 100).substr(1);
  return std::to_string(hundredths / 100) + '.' + rest;
}

std::string padded(std::string text, std::size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}

// The table of the shared task's own scorer, so that what reads that one reads this one.
std::string text_of(const std::vector<Score>& scores) {
  std::string out =
      "Metric     | Precision |    Recall |  F1 Score | AligndAcc\n"
      "-----------+-----------+-----------+-----------+-----------\n";
  for (const Score& score : scores) {
    out += score.name + std::string(11 - std::min<std::size_t>(score.name.size(), 11), ' ');
    out += '|' + padded(percent(score.precision()), 10) + " |";
    out += padded(percent(score.recall()), 10) + " |";
    out += padded(percent(score.f1()), 10) + " |";
    out += score.aligned ? padded(percent(score.aligned_accuracy()), 10) : std::string();
    while (out.back() == ' ') out.pop_back();
    out += '\n';
  }
  return out;
}

std::string json_of(const std::vector<Score>& scores) {
  std::string out = "{";
  for (const Score& score : scores) {
    if (out.size() > 1) out += ", ";
    out += '"' + score.name + "\": {\"precision\": " + decimal(score.precision(), 6) +
           ", \"recall\": " + decimal(score.recall(), 6) + ", \"f1\": " + decimal(score.f1(), 6);
    if (score.aligned) out += ", \"aligned_accuracy\": " + decimal(score.aligned_accuracy(), 6);
    out += ", \"gold\": " + std::to_string(score.gold) +
           ", \"system\": " + std::to_string(score.system) +
           ", \"correct\": " + std::to_string(score.correct);
    if (score.aligned) out += ", \"aligned\": " + std::to_string(*score.aligned);
    out += '}';
  }
  return out + "}\n";
}

/// The same of mentions and chains; "+" counts chains of one mention too.
std::string text_of(const std::vector<ChainScore>& scores) {
  std::string out =
      "Metric     | Precision |    Recall |  F1 Score\n"
      "-----------+-----------+-----------+-----------\n";
  for (const ChainScore& score : scores) {
    out += score.name + std::string(11 - std::min<std::size_t>(score.name.size(), 11), ' ');
    out += '|' + padded(percent(score.precision), 10) + " |";
    out += padded(percent(score.recall), 10) + " |";
    out += padded(percent(score.f1), 10) + '\n';
  }
  return out;
}

std::string json_of(const std::vector<ChainScore>& scores) {
  std::string out = "{";
  for (const ChainScore& score : scores) {
    if (out.size() > 1) out += ", ";
    out += '"' + score.name + "\": {\"precision\": " + decimal(score.precision, 6) +
           ", \"recall\": " + decimal(score.recall, 6) + ", \"f1\": " + decimal(score.f1, 6) + '}';
  }
  return out + "}\n";
}

}  // namespace

int run_treebanks(const EvalCommand& command) {
  const auto named = [](const std::string& path) { return path == "-" ? "stdin" : path; };
  const std::string gold_file = named(command.gold), found_file = named(command.predicted);
  if (command.mentions || command.chains) {
    const auto score = command.mentions ? score_mentions : score_chains;
    const std::vector<ChainScore> scores =
        score(read_bytes(command.gold), gold_file, read_bytes(command.predicted), found_file);
    Output output(std::nullopt);
    output.write(command.json ? json_of(scores) : text_of(scores));
    output.commit();
    return kOk;
  }
  Treebank gold, found;
  read_treebank(read_bytes(command.gold), gold_file, gold);
  read_treebank(read_bytes(command.predicted), found_file, found);
  const std::vector<Score> scores = score_treebank(gold, gold_file, found, found_file);
  Output output(std::nullopt);
  output.write(command.json ? json_of(scores) : text_of(scores));
  output.commit();
  return kOk;
}

}  // namespace tercet::cli
