#pragma once

#include "extract/nn/kernels.h"

namespace tercet {

// One table per source file; see kernels.cc for which of them the build has.
extern const Kernels kPortableKernels;
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;

}  // namespace tercet
