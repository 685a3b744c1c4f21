#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cli/data_files.h"
#include "extract/language/language.h"
#include "extract/language/reference_model.h"
#include "extract/language/type_model.h"

namespace tercet::cli {

/// What was fitted to the vectors of a tier's language model: models/TIER_references.tct and
/// models/TIER_types.tct.
struct WordModels {
  std::optional<ReferenceModel> references;
  std::optional<TypeModel> types;
};

template <class Model>
const Model* pointer(const std::optional<Model>& model) {
  return model ? &*model : nullptr;
}

/// models/TIER_WHAT.tct, if it is there and was fitted to this very language model. Throws as
/// Model::load does.
template <class Model>
std::optional<Model> fitting(const Language& language, std::string_view tier,
                             std::string_view what) {
  const std::filesystem::path file =
      data_folder() / "models" / (std::string(tier) + '_' + std::string(what) + ".tct");
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  Model model = Model::load(file);
  if (model.fitted_to() != language.fingerprint()) return std::nullopt;
  return model;
}

}  // namespace tercet::cli
