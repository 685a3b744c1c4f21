// Text in, graph out, with the library alone: prints what a text denies, and who is central in what
// it asserts.   usage: tercet_example DATA_FOLDER < text
#include <tercet/extract/extract.h>
#include <tercet/extract/read/read.h>
#include <tercet/graph/analyze.h>
#include <tercet/graph/knowledge_graph.h>
#include <tercet/graph/projection.h>

#include <iostream>
#include <iterator>

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: tercet_example DATA_FOLDER < text\n";
    return 2;
  }
  const std::filesystem::path data = argv[1];
  tercet::ExtractorFiles files;
  files.model = data / "models" / "fast.tct";
  files.seeds = data / "seeds";
  const tercet::Extractor extractor = tercet::load_extractor(files);

  std::string text((std::istreambuf_iterator<char>(std::cin)), {});
  const tercet::Document document =
      tercet::read_document(std::move(text), "stdin", tercet::Format::Text);
  tercet::Extraction extraction = tercet::extract(extractor, document);

  for (const tercet::Fact& fact : extraction.facts) {
    if (fact.polarity == tercet::Polarity::Positive) continue;
    std::cout << "denied: " << fact.subject << " -[" << fact.relation << "]-> " << fact.object
              << "  \"" << fact.evidence << "\"\n";
  }
  const tercet::KnowledgeGraph graph = tercet::build_graph(std::move(extraction.facts));
  const tercet::LabelledGraph asserted = tercet::project_named(graph);
  const tercet::AnalysisResult degree = tercet::analyze(asserted, "degree");
  for (std::size_t i = 0; i < asserted.names.size(); ++i) {
    std::cout << asserted.names[i] << ": " << degree.scores[i] << '\n';
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "tercet_example: " << error.what() << '\n';
  return 1;
}
