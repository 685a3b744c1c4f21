#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <new>
#include <system_error>

#include "base/json.h"
#include "cli/analysis_output.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/source.h"
#include "cli/table.h"
#include "graph/analyze.h"
#include "graph/projection.h"
#include "graph/read_graph.h"

namespace tercet::cli {
namespace {

NodeId node_named(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<NodeId>(found - names.begin());
  const std::string_view near = closest(name, names);
  throw Error(Error::Code::Usage, "no node is called \"" + name + "\"", {},
              near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
}

std::string size_text(std::uint64_t bytes) {
  return decimal(static_cast<double>(bytes) / 1048576.0, 1) + " MiB";
}

// The kernel refuses what goes beyond: a second line behind the estimate, for what it missed.
void limit_memory(std::uint64_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_DATA, &limit);
  limit.rlim_cur = std::min<rlim_t>(bytes, limit.rlim_max);
  ::setrlimit(RLIMIT_DATA, &limit);
}

[[noreturn]] void too_little_memory(const std::string& what, std::uint64_t needed,
                                    std::uint64_t limit) {
  throw Error(Error::Code::Resource, what + " needs about " + size_text(needed) +
                                         ", more than the " + size_text(limit) + " of --memory");
}

AnalyzeOptions options_of(const AnalyzeCommand& command, const LabelledGraph& graph) {
  AnalyzeOptions options;
  options.undirected = command.undirected;
  options.seed = command.seed;
  options.damping = command.damping;
  options.resolution = command.resolution;
  options.samples = command.samples;
  options.top = command.top > 0 ? static_cast<std::size_t>(command.top) : graph.names.size() * 16;
  if (command.objective == "cpm") options.objective = Objective::Potts;
  if (command.by == "jaccard") options.link_order = LinkOrder::Jaccard;
  if (command.by == "resource-allocation") options.link_order = LinkOrder::ResourceAllocation;
  for (const std::string& name : command.from)
    options.from.push_back(node_named(graph.names, name));
  if (!command.to.empty()) options.to = node_named(graph.names, command.to);
  return options;
}

void write_estimate(const AnalyzeCommand& command, const LabelledGraph& graph,
                    const Estimate& estimate, Output& output) {
  if (command.json) {
    output.write("{\"measure\": \"" + command.measure +
                 "\", \"nodes\": " + std::to_string(graph.graph.nodes()) +
                 ", \"edges\": " + std::to_string(graph.graph.edges()) +
                 ", \"graph_bytes\": " + std::to_string(estimate.graph_bytes) +
                 ", \"work_bytes\": " + std::to_string(estimate.work_bytes) +
                 ", \"seconds\": " + decimal(estimate.seconds, 3) + "}\n");
    return;
  }
  output.write(command.measure + " on " + std::to_string(graph.graph.nodes()) + " nodes, " +
               std::to_string(graph.graph.edges()) +
               " edges: " + size_text(estimate.graph_bytes + estimate.work_bytes) + " of memory (" +
               size_text(estimate.graph_bytes) + " of it the graph), about " +
               decimal(estimate.seconds, 1) + " CPU seconds\n");
}

ProjectionOptions projection_of(const AnalyzeCommand& command) {
  ProjectionOptions projection;
  projection.asserted_only = !command.all;
  projection.relations = command.relations;
  projection.documents = command.documents;
  projection.min_confidence = command.min_confidence;
  projection.directed = !command.undirected;
  projection.parallel = parallel_edges_named(command.parallel).value_or(ParallelEdges::Keep);
  if (!command.dates.empty()) {
    projection.dates = date_range(command.dates);
    if (!projection.dates) {
      throw Error(Error::Code::Usage, "no date in \"" + command.dates + "\"", {},
                  "dates are 2021, 2021-03, Q3 2021, March 2021, 1990s");
    }
  }
  return projection;
}

// The clusters are those that `analyze leiden` finds with the same options; they may be chosen by
// number or by the name of a member.
void choose_clusters(const AnalyzeCommand& command, const KnowledgeGraph& source,
                     ProjectionOptions& projection) {
  if (command.clusters.empty()) return;
  const LabelledGraph whole = project_named(source, projection);
  CommunityOptions options;
  options.seed = command.seed;
  options.resolution = command.resolution;
  if (command.objective == "cpm") options.objective = Objective::Potts;
  const Partition found = [&] {
    try {
      const InterruptStop interrupt;
      RunControl control;
      control.stop = interrupt.token();
      return leiden(whole.graph, options, control).partition;
    } catch (const Stopped&) {
      throw Interrupted{};
    }
  }();
  for (const std::string& wanted : command.clusters) {
    std::uint32_t number = 0;
    const char* const end = wanted.data() + wanted.size();
    const auto [rest, error] = std::from_chars(wanted.data(), end, number);
    if (error != std::errc() || rest != end) {
      number = found.part[node_named(whole.names, wanted)];
    } else if (number >= found.parts) {
      throw Error(Error::Code::Usage, "there is no cluster " + wanted, {},
                  "there are " + std::to_string(found.parts) + ", numbered from 0");
    }
    projection.clusters.push_back(number);
  }
  projection.cluster_of = found.part;
}

// They speak of claims, which a plain graph does not have.
void refuse_store_options(const AnalyzeCommand& command) {
  if (command.relations.empty() && command.documents.empty() && command.dates.empty() &&
      command.slices.empty() && command.clusters.empty() && command.parallel == "keep" &&
      command.min_confidence <= 0 && !command.all) {
    return;
  }
  throw Error(
      Error::Code::Usage,
      "--relations, --documents, --dates, --clusters, --min-conf, --parallel, --all and --slices "
      "are for a store, not for --graph");
}

/// One graph to measure and where it comes from.
struct Subject {
  LabelledGraph graph;
  const KnowledgeGraph* source = nullptr;
  std::string projection, slice;  ///< in words; empty for a plain graph, for all times
};

void measure(const AnalyzeCommand& command, const Subject& subject, Output& output) {
  const LabelledGraph& graph = subject.graph;
  stop_if_interrupted();
  AnalyzeOptions options = options_of(command, graph);
  options.source = subject.source;
  const Estimate needed =
      estimate(graph, command.measure, options, static_cast<unsigned>(command.jobs));
  if (command.estimate) {
    write_estimate(command, graph, needed, output);
    return;
  }
  if (command.memory > 0 && needed.graph_bytes + needed.work_bytes > command.memory) {
    too_little_memory(command.measure, needed.graph_bytes + needed.work_bytes, command.memory);
  }
  Progress progress("percent", 100);
  RunControl control;
  control.threads = static_cast<unsigned>(command.jobs);
  control.progress = [&progress, shown = 0](double done) mutable {
    for (; shown < static_cast<int>(done * 100); ++shown) progress.step(0);
  };
  AnalysisResult result = [&] {
    try {
      const InterruptStop interrupt;
      control.stop = interrupt.token();
      return analyze(graph, command.measure, options, control);
    } catch (const Stopped&) {
      throw Interrupted{};
    } catch (const std::system_error& error) {  // no memory for a thread's stack
      throw Error(Error::Code::Resource, std::string("no more threads: ") + error.what());
    }
  }();
  progress.finish();
  stop_if_interrupted();
  if (!subject.projection.empty()) {
    result.parameters.emplace_back("projection", subject.projection);
  }
  if (command.json) {
    write_json(result, graph.names, !command.no_scores, output, subject.slice);
    return;
  }
  if (!subject.slice.empty()) output.write(subject.slice + "\n");
  write_table(result, graph.names, command.no_scores ? 1 : command.top, output);
}

int analyze_within(const AnalyzeCommand& command) {
  const std::vector<std::string> known(measures().begin(), measures().end());
  if (std::ranges::find(known, command.measure) == known.end()) {
    const std::string_view near = closest(command.measure, known);
    throw Error(Error::Code::Usage, "unknown measure \"" + command.measure + "\"", {},
                near.empty() ? "tercet help analyze lists them"
                             : "did you mean \"" + std::string(near) + "\"?");
  }
  Problems problems;
  Output output(std::nullopt);
  if (!command.graph.empty()) {
    refuse_store_options(command);
    std::error_code unknown;
    const std::uint64_t size = std::filesystem::file_size(command.graph, unknown);
    if (command.memory > 0 && !unknown && size > command.memory) {
      too_little_memory("reading " + command.graph, size, command.memory);
    }
    const std::string bytes = read_bytes(command.graph);
    const LabelledGraph graph =
        read_graph(bytes, command.graph == "-" ? "stdin" : command.graph, command.undirected);
    measure(command, {graph, nullptr, {}, {}}, output);
  } else {
    const KnowledgeGraph source = read_source(command.source, problems);
    ProjectionOptions projection = projection_of(command);
    choose_clusters(command, source, projection);
    if (command.slices.empty()) {
      measure(command, {project_named(source, projection), &source, describe(projection), {}},
              output);
    } else {
      const SliceUnit unit = command.slices == "year"      ? SliceUnit::Year
                             : command.slices == "quarter" ? SliceUnit::Quarter
                                                           : SliceUnit::Month;
      const std::vector<Slice> slices = slices_of(source, unit);
      if (slices.empty()) print_note("no claim is dated");
      for (const Slice& slice : slices) {
        if (projection.dates && !projection.dates->meets(slice.dates)) continue;
        ProjectionOptions cut = projection;
        cut.dates = slice.dates;
        measure(command, {project_named(source, cut), &source, describe(cut), slice.name}, output);
      }
    }
  }
  output.commit();
  problems.finish();
  return problems.count() > 0 ? kPartly : kOk;
}

}  // namespace

int run(const AnalyzeCommand& command) {
  if (command.memory == 0) return analyze_within(command);
  limit_memory(command.memory);
  try {
    return analyze_within(command);
  } catch (const std::bad_alloc&) {
    limit_memory(RLIM_INFINITY);  // room to say so
    throw Error(Error::Code::Resource,
                "more memory needed than the " + size_text(command.memory) + " of --memory");
  }
}

}  // namespace tercet::cli
