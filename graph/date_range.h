#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tercet {

/// Days a date in words covers, both ends inclusive, as numbers year * 10000 + month * 100 + day:
/// they order as the days do.
struct DateRange {
  std::int32_t first = 0, last = 0;

  bool meets(const DateRange& other) const { return first <= other.last && other.first <= last; }
  friend bool operator==(const DateRange&, const DateRange&) = default;
};

/// The days meant by the first date in `text`: 2021, 2021-03, 2021-03-05, March 2021,
/// March 5, 2021, 5 March 2021, Q3 2021, 2021 Q3, third quarter of 2021, H1 2021, 1990s, with any
/// words around. Nothing where no year is named ("last week" needs a day to count from).
/// Years 1000-2999. O(n).
std::optional<DateRange> date_range(std::string_view text);

}  // namespace tercet
