#pragma once

#include <string_view>

namespace tercet {

/// The base of an irregular past form of an English verb ("sought": "seek"), or empty. Forms that
/// are also bases of other verbs ("found", "left") are given: the caller knows that it has a past.
/// O(log forms).
std::string_view base_of_past(std::string_view form);

}  // namespace tercet
