#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

/// Names of features, in order, in one piece of memory: every claim has dozens of them, and few
/// claims are kept.
class FeatureList {
 public:
  FeatureList() {
    text_.reserve(1024);
    ends_.reserve(64);
  }
  /// Append one name made of these parts.
  template <class... Part>
  void add(const Part&... part) {
    (text_.append(std::string_view(part)), ...);
    ends_.push_back(text_.size());
  }
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(begin, ends_[i] - begin);
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

}  // namespace tercet
