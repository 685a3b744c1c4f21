#include "cli/data_files.h"

#include <cstdlib>

#include "base/error.h"

namespace tercet::cli {
namespace fs = std::filesystem;

fs::path data_folder() {
  const auto holds_data = [](const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "seeds" / "ontology.tsv", ignored) &&
           fs::exists(folder / "models", ignored);
  };
  if (const char* named = std::getenv("TERCET_DATA")) {  // NOLINT(concurrency-mt-unsafe)
    if (holds_data(named)) return named;
    throw Error(Error::Code::Io, "holds no seeds/ontology.tsv and models/", {named, 0, 0},
                "set TERCET_DATA to the folder that holds seeds and models, or unset it");
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  fs::path folder = program.parent_path();
  // build/tercet, build/asan/tercet, PREFIX/bin/tercet: a few steps up at most.
  for (int up = 0; up < 4 && !folder.empty(); ++up, folder = folder.parent_path()) {
    if (holds_data(folder)) return folder;
    if (holds_data(folder / "share" / "tercet")) return folder / "share" / "tercet";
  }
  throw Error(Error::Code::Io, "the program's seeds and models are not where they should be", {},
              "set TERCET_DATA to the folder that holds seeds and models");
}

ExtractorFiles extractor_files(std::string_view tier) {
  const fs::path folder = data_folder();
  ExtractorFiles files;
  files.seeds = folder / "seeds";
  files.model = folder / "models" / (std::string(tier) + ".tct");
  std::error_code ignored;
  if (!fs::exists(files.model, ignored)) {
    throw Error(Error::Code::Usage, "no model of tier \"" + std::string(tier) + "\"", {},
                "the tiers are fast and accurate; their files lie in models/");
  }
  return files;
}

}  // namespace tercet::cli
