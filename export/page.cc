#include "export/page.h"

#include "base/ascii.h"
#include "export/dot_text.h"

namespace tercet {

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + ' ' + std::string(n == 1 ? one : many);
}

std::string page_title(const KnowledgeGraph& graph, const std::string& given) {
  if (!given.empty()) return given;
  const auto documents = graph.documents();
  if (documents.size() != 1) return "Knowledge graph";
  if (!documents[0].title.empty()) return documents[0].title;
  std::string name = documents[0].id.substr(documents[0].id.rfind('/') + 1);
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0)
    name.resize(dot);
  name = spoken(name);
  if (!name.empty()) name[0] = ascii_upper(name[0]);
  return name;
}

std::string page_counts(const KnowledgeGraph& graph, const std::string& source) {
  std::size_t asserted = 0;
  for (const Fact& fact : graph.facts()) asserted += fact.asserted();
  std::string out = counted(graph.facts().size(), "claim", "claims") + " from ";
  out += source.empty() ? counted(graph.documents().size(), "document", "documents") : source;
  return out + ", " + std::to_string(asserted) + " asserted";
}

}  // namespace tercet
