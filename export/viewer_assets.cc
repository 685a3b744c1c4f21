#include "export/viewer_assets.h"

// The assembler copies the files in: no generator at build time, and no array of 700,000 numbers
// for the compiler. TERCET_VIEWER is the folder; CMake names the files as dependencies.
#define TERCET_EMBED(symbol, file)                             \
  asm(".section .rodata\n"                                     \
      ".global tercet_" #symbol "\n.global tercet_" #symbol    \
      "_end\n"                                                 \
      "tercet_" #symbol ":\n.incbin \"" TERCET_VIEWER "/" file \
      "\"\n"                                                   \
      "tercet_" #symbol                                        \
      "_end:\n.byte 0\n"                                       \
      ".previous\n");                                          \
  extern "C" const char tercet_##symbol[];                     \
  extern "C" const char tercet_##symbol##_end[]

TERCET_EMBED(style, "viewer.css");
TERCET_EMBED(model, "model.js");
TERCET_EMBED(cytoscape_view, "cytoscape_view.js");
TERCET_EMBED(sigma_view, "sigma_view.js");
TERCET_EMBED(picture, "picture.js");
TERCET_EMBED(program, "viewer.js");
TERCET_EMBED(cytoscape, "vendor/cytoscape.min.js");
TERCET_EMBED(sigma, "vendor/sigma.min.js");
TERCET_EMBED(graphology, "vendor/graphology.min.js");
TERCET_EMBED(licences, "vendor/LICENSES");

namespace tercet {

const ViewerAssets& viewer_assets() {
  static const ViewerAssets assets = {
      .style = {tercet_style, tercet_style_end},
      .model = {tercet_model, tercet_model_end},
      .cytoscape_view = {tercet_cytoscape_view, tercet_cytoscape_view_end},
      .sigma_view = {tercet_sigma_view, tercet_sigma_view_end},
      .picture = {tercet_picture, tercet_picture_end},
      .program = {tercet_program, tercet_program_end},
      .cytoscape = {tercet_cytoscape, tercet_cytoscape_end},
      .sigma = {tercet_sigma, tercet_sigma_end},
      .graphology = {tercet_graphology, tercet_graphology_end},
      .licences = {tercet_licences, tercet_licences_end}};
  return assets;
}

}  // namespace tercet
