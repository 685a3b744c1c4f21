#include "extract/nn/kernels.h"

#include <cstdlib>
#include <string_view>

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
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni")
                 ? &kAvx512Kernels
                 : nullptr;
#else
    case InstructionSet::Avx2:
    case InstructionSet::Avx512:
      return nullptr;
#endif
  }
  return nullptr;
}

const Kernels& best_kernels() {
  const char* const named = std::getenv("TERCET_ISA");  // NOLINT(concurrency-mt-unsafe)
  const std::string_view most = named == nullptr ? "" : named;
  if (most == kPortableKernels.name) return kPortableKernels;
  for (const InstructionSet set : {InstructionSet::Avx512, InstructionSet::Avx2}) {
    const Kernels* kernels = kernels_for(set);
    if (kernels != nullptr && (set != InstructionSet::Avx512 || most != "avx2")) return *kernels;
  }
  return kPortableKernels;
}

}  // namespace tercet
