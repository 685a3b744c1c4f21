#include "export/report_page.h"

#include <algorithm>
#include <memory>
#include <set>

#include "base/json.h"
#include "export/cluster.h"
#include "export/dot_text.h"
#include "export/drawing.h"
#include "export/output.h"
#include "export/report_writer.h"
#include "graph/centrality.h"
#include "graph/date_range.h"
#include "graph/projection.h"

namespace tercet {
namespace {

using Indexes = std::vector<std::uint32_t>;

class ReportPage {
 public:
  ReportPage(const KnowledgeGraph& graph, const ReportOptions& options, ReportWriter& out)
      : graph_(graph),
        options_(options),
        out_(out),
        plain_(project(graph)),
        rank_(pagerank(project(graph, undirected()))),
        degrees_(degrees(plain_)) {
    collect();
  }

  void write() {
    out_.begin(title(), summary());
    if (!options_.picture.empty()) out_.picture(options_.picture);
    things();
    if (options_.focus.empty()) groups();
    claims("What is stated", "Nothing is stated as a fact.", stated_);
    claims("What is denied", "", denied_);
    claims("What is planned, supposed or hedged", "", hedged_);
    claims("What is disputed: stated and denied", "", disputed_);
    timeline();
    sources();
    out_.end();
  }

 private:
  /// What a text speaks of most is as often the one that does as the one it is done to.
  static ProjectionOptions undirected() {
    ProjectionOptions out;
    out.directed = false;
    return out;
  }

  bool wanted(const Edge& edge) const {
    if (options_.focus.empty()) return true;
    return std::ranges::any_of(options_.focus,
                               [&](NodeId id) { return id == edge.source || id == edge.target; });
  }

  /// Sort the claims of the wanted edges into sections, most telling first.
  void collect() {
    std::vector<std::pair<double, const Edge*>> ranked;
    for (const Edge& edge : graph_.edges()) {
      if (!wanted(edge)) continue;
      ranked.emplace_back((rank_[edge.source] + rank_[edge.target]) * edge.confidence, &edge);
      things_.insert(edge.source);
      things_.insert(edge.target);
    }
    std::ranges::stable_sort(ranked,
                             [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [rank, edge] : ranked) {
      for (const std::uint32_t index : edge->claims) {
        const Fact& fact = graph_.facts()[index];
        ++count_;
        documents_.insert(fact.doc);
        Indexes& section = edge->state == EdgeState::Disputed    ? disputed_
                           : fact.polarity == Polarity::Negative ? denied_
                           : fact.modality == Modality::Asserted ? stated_
                                                                 : hedged_;
        section.push_back(index);
      }
    }
  }

  std::string title() const {
    if (!options_.title.empty()) return options_.title;
    if (options_.focus.empty()) return "What the texts say";
    return "What the texts say of " + graph_.nodes()[options_.focus.front()].name;
  }

  std::string summary() const {
    const auto plural = [](std::size_t count, const std::string& what) {
      return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
    };
    return plural(count_, "statement") + " about " + plural(things_.size(), "thing") + " from " +
           plural(documents_.size(), "document") + ": " + std::to_string(stated_.size()) +
           " stated, " + std::to_string(denied_.size()) + " denied, " +
           std::to_string(hedged_.size()) + " planned, supposed or hedged, " +
           std::to_string(disputed_.size()) + " disputed.";
  }

  void things() {
    std::vector<NodeId> best(things_.begin(), things_.end());
    std::ranges::stable_sort(best, [&](NodeId a, NodeId b) { return rank_[a] > rank_[b]; });
    best.resize(std::min(best.size(), options_.top));
    if (best.empty()) return;
    out_.heading(options_.focus.empty() ? "What matters most" : "What it has to do with");
    std::vector<std::vector<std::string>> rows;
    for (const NodeId id : best) {
      const Node& node = graph_.nodes()[id];
      rows.push_back({node.name, node.type, decimal(rank_[id] * 100, 2),
                      std::to_string(degrees_.out[id]), std::to_string(degrees_.in[id]),
                      std::to_string(node.mentions)});
    }
    out_.table({"thing", "type", "PageRank, %", "links out", "links in", "statements"}, rows, 2);
    out_.note("PageRank over asserted links, both ways, parallel links kept.");
  }

  void groups() {
    const Drawing drawing = select_drawing(graph_, Show::Asserted, false, 0);
    const Clusters clusters = find_clusters(graph_, drawing);
    std::vector<std::vector<NodeId>> members(clusters.names.size());
    for (NodeId id = 0; id < clusters.of.size(); ++id) {
      const int cluster = clusters.of[id];
      if (cluster >= 0 && degrees_.total[id] > 0) {
        members[static_cast<std::size_t>(cluster)].push_back(id);
      }
    }
    Indexes order;
    for (std::uint32_t i = 0; i < members.size(); ++i) {
      if (members[i].size() > 2) order.push_back(i);
    }
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
      return members[a].size() > members[b].size();
    });
    order.resize(std::min(order.size(), options_.top));
    if (order.empty()) return;
    out_.heading("Groups");
    std::vector<std::vector<std::string>> rows;
    for (const std::uint32_t cluster : order) {
      std::vector<NodeId>& ids = members[cluster];
      std::ranges::stable_sort(ids, [&](NodeId a, NodeId b) { return rank_[a] > rank_[b]; });
      std::string names;
      for (std::size_t i = 0; i < std::min<std::size_t>(ids.size(), 8); ++i) {
        names += (i == 0 ? "" : ", ") + graph_.nodes()[ids[i]].name;
      }
      if (ids.size() > 8) names += ", …";
      rows.push_back({clusters.names[cluster], names, std::to_string(ids.size())});
    }
    out_.table({"group", "members", "things"}, rows, 2);
    out_.note("Communities by the Leiden method.");
  }

  void claims(const std::string& heading, const std::string& otherwise, const Indexes& section) {
    if (section.empty() && otherwise.empty()) return;
    out_.heading(heading);
    if (section.empty()) out_.note(otherwise);
    const std::size_t shown = std::min(section.size(), options_.most_claims);
    for (std::size_t i = 0; i < shown; ++i) out_.claim(graph_.facts()[section[i]]);
    if (shown < section.size()) {
      out_.note(std::to_string(section.size() - shown) + " more are left out here.");
    }
  }

  void timeline() {
    std::vector<std::pair<std::int32_t, std::uint32_t>> dated;
    for (const Indexes* section : {&stated_, &denied_, &hedged_, &disputed_}) {
      for (const std::uint32_t index : *section) {
        const Fact& fact = graph_.facts()[index];
        const std::string& words = fact.object_type == "Date" ? fact.object : fact.qualifiers.date;
        if (const auto range = date_range(words)) dated.emplace_back(range->first, index);
      }
    }
    if (dated.empty()) return;
    std::ranges::sort(dated);
    out_.heading("Timeline");
    std::vector<std::vector<std::string>> rows;
    for (const auto& [day, index] : dated) {
      if (rows.size() == options_.most_claims) break;
      const Fact& fact = graph_.facts()[index];
      rows.push_back({fact.object_type == "Date" ? fact.object : fact.qualifiers.date,
                      fact.subject + ' ' + spoken(fact.relation) + ' ' + fact.object,
                      status_words(fact), fact.doc + ':' + std::to_string(fact.line)});
    }
    out_.table({"when", "what", "said as", "where"}, rows, 4);
  }

  void sources() {
    out_.heading("Sources");
    std::vector<std::vector<std::string>> rows;
    for (const DocumentInfo& document : graph_.documents()) {
      if (!documents_.contains(document.id)) continue;
      rows.push_back({document.id, document.title});
    }
    out_.table({"document", "title"}, rows, 2);
  }

  const KnowledgeGraph& graph_;
  const ReportOptions& options_;
  ReportWriter& out_;
  Csr plain_;
  std::vector<double> rank_;
  Degrees degrees_;
  std::set<NodeId> things_;
  std::set<std::string> documents_;
  std::size_t count_ = 0;
  Indexes stated_, denied_, hedged_, disputed_;  // indexes into facts()
};

}  // namespace

void write_report(const KnowledgeGraph& graph, std::ostream& stream, ReportFormat format,
                  const ReportOptions& options) {
  Output out(stream);
  const std::unique_ptr<ReportWriter> writer =
      format == ReportFormat::Html ? html_report(out) : markdown_report(out);
  ReportPage(graph, options, *writer).write();
  out.finish();
}

}  // namespace tercet
