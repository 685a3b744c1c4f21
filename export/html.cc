#include "export/html.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "base/json.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "export/cluster.h"
#include "export/dot_style.h"
#include "export/dot_text.h"
#include "export/drawing.h"
#include "export/output.h"
#include "export/page.h"
#include "export/places.h"
#include "export/text.h"
#include "export/viewer_assets.h"

namespace tercet {
namespace {

constexpr std::size_t kChunk = 500;  // claims in a block that the page reads when it needs one

// '<' could end the block, '&' would be an entity if the page were read as XML, U+2028 and U+2029
// end a line in old scripts. Outside strings JSON has none of them.
void append_inert(std::string& out, std::string_view json) {
  for (std::size_t i = 0; i < json.size(); ++i) {
    switch (json[i]) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      case '\xE2':
        if (json.substr(i, 3) == "\u2028" || json.substr(i, 3) == "\u2029") {
          out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
          i += 2;
          break;
        }
        [[fallthrough]];
      default:
        out += json[i];
    }
  }
}

std::string base64(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k > bytes.size() ? '=' : kDigits[group >> (18 - 6 * k) & 63];
    }
  }
  return out;
}

std::string hash_source(std::string_view text) { return "'sha256-" + base64(sha256(text)) + "'"; }

// Which of the reader's switches a status belongs to.
std::string_view group_of(const Status& status) {
  if (status.disputed) return "disputed";
  switch (status.modality) {
    case Modality::Possible:
      return "hedged";
    case Modality::Hypothetical:
    case Modality::Conditional:
      return "supposed";
    default:
      break;
  }
  if (status.polarity == Polarity::Negative) return "denied";
  return status.modality == Modality::Intended ? "planned" : "asserted";
}

std::optional<int> year_of(std::string_view date) {
  if (date.size() < 4 || (date.size() > 4 && date[4] >= '0' && date[4] <= '9')) return std::nullopt;
  int year = 0;
  for (const char c : date.substr(0, 4)) {
    if (c < '0' || c > '9') return std::nullopt;
    year = year * 10 + (c - '0');
  }
  return year;
}

class Page {
 public:
  Page(const KnowledgeGraph& graph, const HtmlOptions& options, std::ostream& out)
      : graph_(graph),
        options_(options),
        drawing_(select_drawing(graph, Show::All, false, 0)),
        clusters_(find_clusters(graph, drawing_)),
        out_(out) {
    at_ = place_things(graph, drawing_, drawing_.nodes.size() <= options.most_for_cytoscape);
  }

  void write() {
    const ViewerAssets& assets = viewer_assets();
    const bool small = drawing_.nodes.size() + drawing_.links.size() <= options_.most_for_cytoscape;
    std::vector<std::string_view> scripts;
    if (small) {
      scripts = {assets.cytoscape, assets.model, assets.picture, assets.cytoscape_view,
                 assets.program};
    } else {
      scripts = {assets.graphology, assets.sigma,      assets.model,
                 assets.picture,    assets.sigma_view, assets.program};
    }
    out_ << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "script-src";
    for (const std::string_view script : scripts) out_ << ' ' << hash_source(script);
    out_ << "; style-src " << hash_source(assets.style)
         << "; img-src blob:; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n"
            "<meta name=\"generator\" content=\"tercet\">\n<title>"
         << dot_html_text(page_title(graph_, options_.title))
         << "</title>\n"
         // The name keeps cytoscape.js from adding a style of its own, which the policy forbids.
         << "<style id=\"__________cytoscape_stylesheet\">" << assets.style
         << "</style>\n</head>\n<body>\n"
            "<noscript>This page draws with JavaScript.</noscript>\n";
    write_block("graph", json_of_graph());
    for (std::size_t first = 0; first < graph_.facts().size(); first += kChunk) {
      write_block("claims-" + std::to_string(first / kChunk), json_of_claims(first));
    }
    write_licences(assets.licences);
    for (const std::string_view script : scripts) out_ << "<script>" << script << "</script>\n";
    out_ << "</body>\n</html>\n";
    out_.finish();
  }

 private:
  static std::string dot_html_text(std::string_view text) {
    std::string out;
    for (const char c : shortened(text, 300)) {
      if (c == '<') {
        out += "&lt;";
      } else if (c == '&') {
        out += "&amp;";
      } else {
        out += c;
      }
    }
    return out;
  }

  void write_block(const std::string& id, std::string_view json) {
    out_ << "<script type=\"application/json\" id=\"" << id << "\">";
    append_inert(out_.buffer(), json);
    out_ << "</script>\n";
    out_.spill();
  }

  void write_licences(std::string_view text) {
    out_ << "<template id=\"licences\"><pre>";
    for (const char c : text) {
      if (c == '<') {
        out_ << "&lt;";
      } else if (c == '&') {
        out_ << "&amp;";
      } else {
        out_ << c;
      }
    }
    out_ << "</pre></template>\n";
  }

  void text(JsonWriter& json, std::string_view value) {
    const std::string_view clean = clean_text(value, scratch_);
    json.String(clean.data(), static_cast<rapidjson::SizeType>(clean.size()));
  }
  static void write_number(JsonWriter& json, double value, int decimals = 1) {
    const std::string digits = decimal(value, decimals);
    json.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  }
  void field(JsonWriter& json, const char* key, std::string_view value) {
    json.Key(key);
    text(json, value);
  }

  std::string json_of_graph() {
    rapidjson::StringBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    field(json, "title", page_title(graph_, options_.title));
    field(json, "subtitle", page_counts(graph_, options_.source) + ".");
    json.Key("all");
    json.Bool(options_.all);
    json.Key("chunk");
    json.Uint(kChunk);
    write_styles(json);
    write_statuses(json);
    json.Key("clusters");
    json.StartArray();
    for (const std::string& name : clusters_.names) text(json, name);
    json.EndArray();
    json.Key("documents");
    json.StartArray();
    std::map<std::string_view, unsigned> documents;
    for (const DocumentInfo& document : graph_.documents()) {
      documents.emplace(document.id, static_cast<unsigned>(documents.size()));
      json.StartArray();
      text(json, document.id);
      text(json, document.title);
      json.EndArray();
    }
    json.EndArray();
    write_nodes(json);
    write_edges(json);
    // What filters ask of a claim: document, confidence, second of the video, year.
    json.Key("claims");
    json.StartArray();
    for (const Fact& fact : graph_.facts()) {
      json.StartArray();
      json.Uint(documents.at(fact.doc));
      write_number(json, clean_confidence(fact.confidence), 4);
      const auto seconds = fact.timestamp ? seconds_of(*fact.timestamp) : std::nullopt;
      json.Int(seconds ? static_cast<int>(*seconds) : -1);
      json.Int(year_of(fact.qualifiers.date).value_or(-1));
      json.EndArray();
    }
    json.EndArray();
    json.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
  }

  void write_styles(JsonWriter& json) {
    json.Key("styles");
    json.StartArray();
    for (const NodeStyle* style : node_styles()) {
      json.StartObject();
      field(json, "name", style->legend);
      field(json, "shape", style->shape);
      field(json, "border", style->border);
      field(json, "fill", style->fill);
      json.EndObject();
    }
    json.EndArray();
  }

  void write_statuses(JsonWriter& json) {
    for (const DrawnLink& link : drawing_.links) {
      if (std::find(statuses_.begin(), statuses_.end(), link.status) == statuses_.end()) {
        statuses_.push_back(link.status);
      }
    }
    std::sort(statuses_.begin(), statuses_.end(), [](const Status& a, const Status& b) {
      return std::tuple(a.disputed, a.modality, a.polarity) <
             std::tuple(b.disputed, b.modality, b.polarity);
    });
    json.Key("statuses");
    json.StartArray();
    for (const Status& status : statuses_) {
      const LineStyle style = line_style(status);
      json.StartObject();
      field(json, "words", status.words());
      field(json, "group", group_of(status));
      field(json, "mark", style.words);
      field(json, "legend", style.legend);
      field(json, "color", std::string_view(style.color).substr(0, style.color.find(':')));
      field(json, "line", style.style);
      field(json, "head", style.arrowhead);
      json.EndObject();
    }
    json.EndArray();
  }

  void write_nodes(JsonWriter& json) {
    json.Key("nodes");  // name, type, style, cluster, x, y, claims, other names
    json.StartArray();
    for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
      const NodeId id = drawing_.nodes[i];
      const Node& node = graph_.nodes()[id];
      json.StartArray();
      text(json, node.name);
      text(json, node.type);
      const auto styles = node_styles();
      json.Uint(static_cast<unsigned>(
          std::find(styles.begin(), styles.end(), &node_style(node.type)) - styles.begin()));
      json.Int(clusters_.of[id]);
      write_number(json, at_[i].x);
      write_number(json, at_[i].y);
      json.Uint(node.mentions);
      json.StartArray();
      for (const std::string& alias : node.aliases) text(json, alias);
      json.EndArray();
      json.EndArray();
    }
    json.EndArray();
  }

  void write_edges(JsonWriter& json) {
    const auto index = [&](NodeId id) {
      return static_cast<unsigned>(
          std::lower_bound(drawing_.nodes.begin(), drawing_.nodes.end(), id) -
          drawing_.nodes.begin());
    };
    json.Key("edges");  // source, target, relation, status, number of its condition, claims
    json.StartArray();
    Strands strands;
    for (const DrawnLink& link : drawing_.links) {
      const DrawnLine& line = link.lines.front();
      json.StartArray();
      json.Uint(index(link.source));
      json.Uint(index(link.target));
      text(json, graph_.edges()[line.edge].relation);
      json.Uint(static_cast<unsigned>(std::find(statuses_.begin(), statuses_.end(), link.status) -
                                      statuses_.begin()));
      json.Uint(line.number);
      json.StartArray();
      for (const Strand& strand : strands.of(graph_, line.edge, Show::All)) {
        if (!(strand.status == link.status)) continue;
        for (const std::uint32_t claim : strand.claims) json.Uint(claim);
      }
      json.EndArray();
      json.EndArray();
    }
    json.EndArray();
  }

  std::string json_of_claims(std::size_t first) {
    rapidjson::StringBuffer buffer;
    JsonWriter json(buffer);
    json.StartArray();
    const std::size_t end = std::min(first + kChunk, graph_.facts().size());
    for (std::size_t i = first; i < end; ++i) {
      const Fact& fact = graph_.facts()[i];
      json.StartObject();
      field(json, "id", fact.id);
      std::string status;
      for (const std::string_view word : status_of(fact)) {
        status += (status.empty() ? "" : " ") + std::string(word);
      }
      field(json, "status", status);
      field(json, "quote", fact.evidence);
      if (fact.sentence != fact.evidence) field(json, "sentence", fact.sentence);
      if (fact.condition) field(json, "condition", *fact.condition);
      if (fact.subject_antecedent) field(json, "subject", fact.subject_text);
      if (fact.object_antecedent) field(json, "object", fact.object_text);
      json.Key("line");
      json.Uint(fact.line);
      if (fact.timestamp) field(json, "time", *fact.timestamp);
      if (const auto video = fact.url ? video_link(*fact.url) : std::nullopt) {
        field(json, "url", video->url());
      }
      field(json, "by", fact.by);
      json.Key("qualifiers");
      json.StartObject();
      const Qualifiers& q = fact.qualifiers;
      const std::pair<const char*, const std::string*> stated[] = {
          {"date", &q.date},
          {"quantity", &q.quantity},
          {"metric", &q.metric},
          {"dimension", &q.dimension},
          {"role", &q.role},
          {"stake", &q.stake},
          {"attributed to", &q.attributed_to}};
      for (const auto& [name, value] : stated) {
        if (!value->empty()) field(json, name, *value);
      }
      json.EndObject();
      json.EndObject();
    }
    json.EndArray();
    return {buffer.GetString(), buffer.GetSize()};
  }

  const KnowledgeGraph& graph_;
  const HtmlOptions& options_;
  const Drawing drawing_;
  const Clusters clusters_;
  std::vector<Point> at_;
  std::vector<Status> statuses_;
  std::string scratch_;
  Output out_;
};

}  // namespace

void write_html(const KnowledgeGraph& graph, std::ostream& out, const HtmlOptions& options) {
  Page(graph, options, out).write();
}

}  // namespace tercet
