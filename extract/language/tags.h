#pragma once

#include <string_view>

#include "extract/language/sentence.h"

namespace tercet {

// The other direction of name_of().

/// Upos::X for an unknown name.
Upos upos_of(std::string_view name);
/// Xpos::Other for an unknown name.
Xpos xpos_of(std::string_view name);
/// An unknown subtype gives its universal part ("nmod:foo" is nmod), an unknown name Deprel::Dep.
Deprel deprel_of(std::string_view name);

}  // namespace tercet
