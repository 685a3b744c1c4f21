#include "extract/nn/kernels.h"

#include "extract/nn/kernels_sets.h"

namespace tercet {

const Kernels* kernels_for(InstructionSet set) {
  switch (set) {
    case InstructionSet::Portable:
      return &kPortableKernels;
#ifdef TERCET_X86_KERNELS
    case InstructionSet::Avx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &kAvx2Kernels
                                                                             : nullptr;
    case InstructionSet::Avx512:
      return __builtin_cpu_supports("avx512f") ? &kAvx512Kernels : nullptr;
#else
    case InstructionSet::Avx2:
    case InstructionSet::Avx512:
      return nullptr;
#endif
  }
  return nullptr;
}

const Kernels& best_kernels() {
  for (const InstructionSet set : {InstructionSet::Avx512, InstructionSet::Avx2}) {
    if (const Kernels* kernels = kernels_for(set)) return *kernels;
  }
  return kPortableKernels;
}

}  // namespace tercet
