#include <filesystem>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/data_files.h"
#include "cli/output.h"
#include "cli/source.h"

namespace tercet::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kConfig =
    "# Defaults of tercet in this folder and below. Keys are long options without their dashes;\n"
    "# the command line and TERCET_<OPTION> in the environment count more. Paths are relative to\n"
    "# this file.\n"
    "\n"
    "# tier = \"accurate\"          # slower, reads better; default: fast\n"
    "# ontology = \"ontology.tsv\"  # your relations instead of tercet's\n"
    "aliases = \"aliases.tsv\"\n"
    "\n"
    "[export]\n"
    "# base = \"https://example.org/kg/\"  # where the graph's IRIs begin: yours\n";

constexpr std::string_view kAliases =
    "name\talias\n"
    "# Names that are one, a row each: Amazon Web Services<TAB>AWS\n";

}  // namespace

int run(const InitCommand& command) {
  const fs::path folder = command.folder.empty() ? "." : fs::path(command.folder);
  std::error_code error;
  fs::create_directories(folder / ".tercet", error);
  if (error) {
    throw Error(Error::Code::Io, "cannot be made: " + error.message(),
                {(folder / ".tercet").string(), 0, 0});
  }
  const fs::path seeds = data_folder() / "seeds";
  const std::pair<const char*, std::string> files[] = {
      {"tercet.toml", std::string(kConfig)},
      {"aliases.tsv", std::string(kAliases)},
      {"ontology.tsv", read_bytes((seeds / "ontology.tsv").string())}};
  for (const auto& [name, text] : files) {
    const fs::path file = folder / name;
    if (fs::exists(file, error)) {
      print_note(file.string() + " is there already, left as it is");
      continue;
    }
    Output out(file.string());
    out.write(text);
    out.commit();
    print_note("wrote " + file.string());
  }
  print_note("next: tercet add " + (command.folder.empty() ? std::string(".") : command.folder) +
             "   then: tercet view");
  return kOk;
}

}  // namespace tercet::cli
