#pragma once

#include <string_view>

namespace tercet {

/// The files of export/viewer/ that a page carries, as they were when the program was built.
struct ViewerAssets {
  std::string_view style;                                                ///< viewer.css
  std::string_view model, cytoscape_view, sigma_view, picture, program;  ///< ours, in order of use
  std::string_view cytoscape;   ///< draws up to about 2,000 elements, with labels and shapes
  std::string_view sigma;       ///< draws tens of thousands
  std::string_view graphology;  ///< what sigma reads
  std::string_view licences;    ///< of the three
};
const ViewerAssets& viewer_assets();

}  // namespace tercet
