#pragma once

#include <filesystem>
#include <string_view>

#include "extract/extract.h"

namespace tercet::cli {

/// The folder that holds seeds/ and models/: $TERCET_DATA, else found from where the program
/// lies (a build folder inside the sources, or PREFIX/bin with PREFIX/share/tercet).
/// Throws Error{Io} with a hint if there is none.
std::filesystem::path data_folder();

/// The files of `tier` ("fast" or "accurate"). Throws Error{Usage} for a tier that is not there.
ExtractorFiles extractor_files(std::string_view tier);

}  // namespace tercet::cli
