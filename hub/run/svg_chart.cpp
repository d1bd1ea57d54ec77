#include "hub/run/svg_chart.hpp"

#include <algorithm>
#include <numeric>

#include "hub/run/html_text.hpp"

namespace cdh {

namespace {

// All in the units of the view box, which the page scales to its width.
constexpr std::int64_t kWidth = 720;
constexpr std::int64_t kLabelWidth = 200;
constexpr std::int64_t kNumberWidth = 80;
constexpr std::int64_t kBarStep = 22, kBarHeight = 16;
constexpr std::int64_t kColumnsHeight = 120, kColumnsBase = 140, kColumnsLabel = 156;
constexpr std::size_t kMostLabels = 10;

std::int64_t sum_of(const ChartBar& bar) {
  return std::accumulate(bar.parts.begin(), bar.parts.end(), std::int64_t{0},
                         [](std::int64_t sum, const ChartPart& part) { return sum + part.value; });
}

std::int64_t largest_of(const std::vector<ChartBar>& bars) {
  std::int64_t largest = 1;
  for (const ChartBar& bar : bars) largest = std::max(largest, sum_of(bar));
  return largest;
}

// Of `full`, and at least one for what is there at all.
std::int64_t scaled(std::int64_t value, std::int64_t largest, std::int64_t full) {
  if (value <= 0) return 0;
  const double share = static_cast<double>(value) / static_cast<double>(largest);
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(share * static_cast<double>(full)));
}

std::string attribute(std::string_view name, std::int64_t value) {
  return " " + std::string(name) + "=\"" + std::to_string(value) + "\"";
}

std::string begin_chart(std::string_view title, std::int64_t height) {
  return "<svg viewBox=\"0 0 " + std::to_string(kWidth) + " " + std::to_string(height) +
         "\" role=\"img\" aria-label=\"" + html_text(title) + "\">\n";
}

std::string rectangle(const std::string& css_class, std::int64_t x, std::int64_t y,
                      std::int64_t width, std::int64_t height) {
  return "<rect class=\"" + html_text(css_class) + "\"" + attribute("x", x) + attribute("y", y) +
         attribute("width", width) + attribute("height", height) + "/>";
}

std::string text_at(std::int64_t x, std::int64_t y, std::string_view anchor,
                    std::string_view text) {
  return "<text" + attribute("x", x) + attribute("y", y) + " text-anchor=\"" + std::string(anchor) +
         "\">" + html_text(text) + "</text>";
}

std::string tip_of(const ChartBar& bar) { return "<g><title>" + html_text(bar.tip) + "</title>"; }

}  // namespace

std::string bar_chart(std::string_view title, const std::vector<ChartBar>& bars) {
  const std::int64_t largest = largest_of(bars);
  std::string svg = begin_chart(title, std::ssize(bars) * kBarStep);
  std::int64_t y = 0;
  for (const ChartBar& bar : bars) {
    const std::int64_t baseline = y + kBarHeight - 4;
    svg += tip_of(bar) + text_at(kLabelWidth - 8, baseline, "end", bar.label);
    std::int64_t x = kLabelWidth;
    for (const ChartPart& part : bar.parts) {
      const std::int64_t width = scaled(part.value, largest, kWidth - kLabelWidth - kNumberWidth);
      if (width > 0) svg += rectangle(part.css_class, x, y, width, kBarHeight);
      x += width;
    }
    svg += text_at(x + 6, baseline, "start", std::to_string(sum_of(bar))) + "</g>\n";
    y += kBarStep;
  }
  return svg + "</svg>\n";
}

std::string column_chart(std::string_view title, const std::vector<ChartBar>& columns) {
  const std::int64_t largest = largest_of(columns);
  const auto count = std::max<std::size_t>(1, columns.size());
  const std::int64_t step = std::min<std::int64_t>(48, kWidth / static_cast<std::int64_t>(count));
  const std::size_t labelled = (count + kMostLabels - 1) / kMostLabels;
  std::string svg = begin_chart(title, kColumnsLabel + 4);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::int64_t x = static_cast<std::int64_t>(i) * step;
    const std::int64_t width = std::max<std::int64_t>(1, step - 4);
    std::int64_t y = kColumnsBase;
    svg += tip_of(columns[i]);
    for (const ChartPart& part : columns[i].parts) {
      const std::int64_t height = scaled(part.value, largest, kColumnsHeight);
      y -= height;
      if (height > 0) svg += rectangle(part.css_class, x, y, width, height);
    }
    // The newest is on the right: labels are counted from there.
    if ((columns.size() - 1 - i) % labelled == 0) {
      svg += text_at(x + width / 2, kColumnsLabel, "middle", columns[i].label);
    }
    svg += "</g>\n";
  }
  svg += text_at(0, 12, "start", "up to " + std::to_string(largest)) + "\n";
  return svg + "</svg>\n";
}

}  // namespace cdh
