// Charts as inline SVG. They carry no colours: the page gives one to each class.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

struct ChartPart {
  std::string css_class;
  std::int64_t value = 0;  // from 0
};

struct ChartBar {
  std::string label;             // beside the bar
  std::string tip;               // shown to whoever points at it
  std::vector<ChartPart> parts;  // stacked
};

// Bars from left to right below each other; the largest has the full width. `title` is what somebody
// who cannot see the chart is told.
std::string bar_chart(std::string_view title, const std::vector<ChartBar>& bars);

// Columns beside each other, with a label below some of them.
std::string column_chart(std::string_view title, const std::vector<ChartBar>& columns);

}  // namespace cdh
