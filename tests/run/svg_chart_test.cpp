#include "hub/run/svg_chart.hpp"

#include <gmock/gmock.h>

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(BarChart, TheLargestBarHasTheFullWidthAndTheOthersTheirShare) {
  const std::string svg =
      bar_chart("Records", {{"shop", "shop: 400", {{"added", 300}, {"gone", 100}}},
                            {"crm", "crm: 40", {{"added", 40}}}});
  EXPECT_THAT(svg, AllOf(HasSubstr("role=\"img\" aria-label=\"Records\""),
                         HasSubstr("<rect class=\"added\" x=\"200\" y=\"0\" width=\"330\""),
                         HasSubstr("<rect class=\"gone\" x=\"530\" y=\"0\" width=\"110\""),
                         HasSubstr("<rect class=\"added\" x=\"200\" y=\"22\" width=\"44\""),
                         HasSubstr("<title>crm: 40</title>"), HasSubstr(">400</text>")));
}

TEST(BarChart, OneOfAMillionIsStillSeen) {
  const std::string svg = bar_chart("", {{"a", "", {{"x", 1}}}, {"b", "", {{"x", 1'000'000}}}});
  EXPECT_THAT(svg, HasSubstr("y=\"0\" width=\"1\""));
}

TEST(BarChart, NothingIsNoBar) {
  EXPECT_THAT(bar_chart("", {{"a", "", {{"x", 0}}}}), Not(HasSubstr("<rect")));
}

TEST(BarChart, NamesAreEscaped) {
  const std::string svg = bar_chart("a\"b", {{"<b>&'", "<i>", {}}});
  EXPECT_THAT(svg, AllOf(HasSubstr("a&quot;b"), HasSubstr("&lt;b&gt;&amp;&#39;"),
                         HasSubstr("<title>&lt;i&gt;</title>")));
}

TEST(ColumnChart, ColumnsStandOnOneGroundAndTheNewestIsLabelled) {
  std::vector<ChartBar> columns;
  for (int i = 1; i <= 30; ++i) columns.push_back({std::to_string(i), "", {{"good", i * 10}}});
  const std::string svg = column_chart("Profiles", columns);
  EXPECT_THAT(svg,
              AllOf(HasSubstr("y=\"20\" width=\"20\" height=\"120\""),
                    HasSubstr("y=\"136\" width=\"20\" height=\"4\""), HasSubstr(">30</text>"),
                    HasSubstr(">27</text>"), Not(HasSubstr(">29</text>")), HasSubstr("up to 300")));
}

}  // namespace
}  // namespace cdh
