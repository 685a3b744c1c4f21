#include "base/error.h"
#include "base/fact_json.h"
#include "export/read_facts.h"

namespace tercet {

void read_fact_array(std::string_view json, std::vector<Fact>& out) {
  // Cut at the braces of the first level; fact_from_json() judges what lies between them.
  std::size_t depth = 0, begin = 0;
  bool in_string = false, closed = false;
  std::size_t at = 0;
  const auto fail = [] { throw Error(Error::Code::Syntax, "is not a JSON array of facts"); };
  if (json.empty() || json.front() != '[') fail();
  for (at = 1; at < json.size() && !closed; ++at) {
    const char c = json[at];
    if (in_string) {
      if (c == '\\')
        ++at;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{') {
      if (depth++ == 0) begin = at;
    } else if (c == '}') {
      if (depth == 0) fail();
      if (--depth == 0) out.push_back(fact_from_json(json.substr(begin, at + 1 - begin)));
    } else if (depth == 0) {
      closed = c == ']';
      if (!closed && c != ',' && c != ' ') fail();
    }
  }
  if (!closed || at != json.size()) fail();
}

}  // namespace tercet
