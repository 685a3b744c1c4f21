#include <algorithm>
#include <sstream>

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/ontology_files.h"
#include "cli/output.h"
#include "cli/source.h"
#include "cli/table.h"
#include "extract/evaluate/calibration.h"

namespace tercet::cli {
namespace fs = std::filesystem;
namespace {

struct Note {
  std::string name;
  fs::path gold, predicted;
};

struct NoteScore {
  std::string name;
  FactScore score;
};

/// The gold files with the predictions that belong to them, by name.
std::vector<Note> notes_of(const EvalCommand& command) {
  if (!fs::is_directory(command.gold)) {
    fs::path predicted = command.predicted;
    if (fs::is_directory(predicted)) predicted /= fs::path(command.gold).filename();
    return {{fs::path(command.gold).stem().string(), command.gold, std::move(predicted)}};
  }
  if (!fs::is_directory(command.predicted)) {
    throw Error(Error::Code::Usage, "a folder of gold files needs a folder of predictions",
                {command.predicted, 0, 0}, "name the folder with files of the same names");
  }
  std::vector<Note> out;
  for (const auto& entry : fs::directory_iterator(command.gold)) {
    if (entry.path().extension() != ".jsonl") continue;
    out.push_back({entry.path().stem().string(), entry.path(),
                   fs::path(command.predicted) / entry.path().filename()});
  }
  std::ranges::sort(out, {}, &Note::name);
  if (out.empty()) {
    throw Error(Error::Code::Usage, "holds no gold (*.jsonl)", {command.gold, 0, 0});
  }
  return out;
}

std::vector<AcceptedNames> accepted_names(const EvalCommand& command) {
  std::vector<std::string> files = command.names;
  if (files.empty()) {
    const fs::path gold = fs::absolute(command.gold).lexically_normal();
    for (const fs::path& folder : {gold, gold.parent_path(), gold.parent_path().parent_path()}) {
      if (const fs::path beside = folder / "entities.jsonl"; fs::is_regular_file(beside)) {
        files.push_back(beside.string());
        break;
      }
    }
  }
  std::vector<AcceptedNames> out;
  for (const std::string& file : files) {
    std::istringstream rows(read_bytes(file));
    for (AcceptedNames& row : read_accepted_names(rows, file)) out.push_back(std::move(row));
  }
  return out;
}

void write_metrics(JsonWriter& writer, const FactScore& score) {
  writer.StartObject();
  for (const auto& [name, value] : score.metrics()) {
    writer.Key(name.c_str());
    const std::string number = decimal(value, 4);
    writer.RawValue(number.c_str(), number.size(), rapidjson::kNumberType);
  }
  writer.Key("counts");
  writer.StartObject();
  for (const auto& [name, count] : score.counts) {
    writer.Key(name.c_str());
    writer.Int64(count);
  }
  writer.EndObject();
  writer.EndObject();
}

void write_calibration(JsonWriter& writer, const Calibration& calibration) {
  const auto number = [&](const char* key, double value) {
    writer.Key(key);
    const std::string text = decimal(value, 4);
    writer.RawValue(text.c_str(), text.size(), rapidjson::kNumberType);
  };
  writer.StartObject();
  writer.Key("predictions");
  writer.Uint64(calibration.count);
  number("error", calibration.error);
  number("brier", calibration.brier);
  number("base_brier", calibration.base_brier);
  writer.Key("bins");
  writer.StartArray();
  for (const CalibrationBin& bin : calibration.bins) {
    writer.StartObject();
    writer.Key("count");
    writer.Uint64(bin.count);
    number("lowest", bin.lowest);
    number("highest", bin.highest);
    number("confidence", bin.confidence);
    number("right", bin.right);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
}

std::string json_report(const std::vector<NoteScore>& scores, const Calibration* calibration) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  for (const NoteScore& one : scores) {
    writer.Key(to_valid_utf8(one.name).c_str());
    write_metrics(writer, one.score);
  }
  if (calibration != nullptr) {
    writer.Key("calibration");
    write_calibration(writer, *calibration);
  }
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

std::string score_table(const std::vector<NoteScore>& scores, int width) {
  constexpr std::array<std::pair<const char*, const char*>, 9> kColumns = {{
      {"core strict F1", "core.strict.f1"},
      {"core soft F1", "core.soft.f1"},
      {"soft R", "all.soft.recall"},
      {"soft P", "all.soft.precision_raw"},
      {"sign", "polarity_accuracy"},
      {"modality", "modality_accuracy"},
      {"time", "timestamp_accuracy"},
      {"type", "type_accuracy"},
      {"overhedged", "overhedged"},
  }};
  std::vector<std::string> header{"note", "gold", "found"};
  for (const auto& [title, key] : kColumns) header.emplace_back(title);
  for (const char* title : {"negatives", "sign errors", "leaks"}) header.emplace_back(title);
  std::vector<bool> right(header.size(), true);
  right.front() = false;
  Table table(header, right);
  for (const auto& [name, score] : scores) {
    const auto count = [&score = score](const char* key) {
      const auto found = score.counts.find(key);
      return std::to_string(found == score.counts.end() ? 0 : found->second);
    };
    std::vector<std::string> row{name, count("all.gold"), count("pred")};
    for (const auto& [title, key] : kColumns) row.push_back(decimal(score.metric(key), 3));
    row.push_back(count("negatives.found") + "/" + count("negatives.gold"));
    row.push_back(count("sign_errors"));
    row.push_back(count("leaks"));
    table.add(std::move(row));
  }
  return table.str(width);
}

/// A bar of 40 columns for the share that is right, with a mark where the confidence says it is.
std::string bar(const CalibrationBin& bin) {
  const int kWidth = 40;
  const auto column = [kWidth](double share) {
    return std::clamp(static_cast<int>(share * kWidth + .5), 0, kWidth);
  };
  std::string out;
  for (int i = 0; i <= kWidth; ++i) {
    out += i == column(bin.confidence) ? "│" : i < column(bin.right) ? "█" : " ";
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

std::string calibration_table(const Calibration& calibration) {
  Table table({"confidence", "facts", "says", "right", "right (bar) and said (line)"},
              {false, true, true, true, false});
  for (const CalibrationBin& bin : calibration.bins) {
    table.add({decimal(bin.lowest, 2) + " - " + decimal(bin.highest, 2), std::to_string(bin.count),
               decimal(bin.confidence, 3), decimal(bin.right, 3), bar(bin)});
  }
  return table.str(0) + "calibration error " + decimal(calibration.error, 4) + " over " +
         std::to_string(calibration.count) + " facts in " +
         std::to_string(calibration.bins.size()) + " bins; Brier score " +
         decimal(calibration.brier, 4) + ", of the base rate " +
         decimal(calibration.base_brier, 4) + "\n";
}

void print_misses(const NoteScore& note) {
  for (const GoldFact& one : note.score.missed) {
    print_note("missed in " + note.name + ": " + one.fact.subject + " -[" + one.fact.relation +
               "]-> " + one.fact.object + " (" + (one.core ? "core" : "hard") + ", " +
               std::string(name_of(one.fact.polarity)) + ", " +
               std::string(name_of(one.fact.modality)) + ")");
  }
}

}  // namespace

int run(const EvalCommand& command) {
  MatchLevel attributes_on = MatchLevel::Strict;
  for (const MatchLevel level : kMatchLevels) {
    if (name_of(level) == command.attributes_on) attributes_on = level;
  }
  const Ontology ontology = load_ontology(command.ontology, {});
  const std::vector<AcceptedNames> rows = accepted_names(command);
  Problems problems;
  std::vector<NoteScore> scores;
  FactScore total;
  std::vector<Judged> judged;
  for (const Note& note : notes_of(command)) {
    std::istringstream gold_rows(read_bytes(note.gold.string()));
    const std::vector<GoldFact> gold = read_gold(gold_rows, note.gold.string());
    const std::vector<Fact> predicted =
        read_facts(read_bytes(note.predicted.string()), note.predicted.string(), problems);
    const ArgumentNames names(rows, note.name);
    if (command.calibration) {
      std::ranges::copy(judge_predictions(gold, predicted, ontology, names),
                        std::back_inserter(judged));
    }
    scores.push_back({note.name, score_facts(gold, predicted, ontology, names, attributes_on)});
    total.add(scores.back().score);
    if (command.misses) print_misses(scores.back());
  }
  scores.push_back({"total", std::move(total)});
  const Calibration calibration = calibrate(std::move(judged));
  Output output(std::nullopt);
  if (command.json) {
    output.write(json_report(scores, command.calibration ? &calibration : nullptr));
  } else {
    output.write(score_table(scores, output.is_terminal() ? terminal_width() : 0));
    if (command.calibration) output.write('\n' + calibration_table(calibration));
  }
  output.commit();
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace tercet::cli
