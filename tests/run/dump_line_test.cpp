#include "hub/run/dump_line.hpp"

#include <set>

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(DumpLine, HoldsWhatATextHolds) {
  EXPECT_EQ(dump_line("Łódź 17"), "Łódź 17");
  EXPECT_EQ(dump_line("a\nb\tc\\d"), "a\\nb\\tc\\\\d");
  EXPECT_EQ(dump_line("a\r\x1b[2J"), "a\\x0D\\x1B[2J");
  EXPECT_EQ(dump_line("\xC2\x9B"), "\\xC2\\x9B");
  EXPECT_EQ(dump_line("\xE2\x80\xAE\xE2\x81\xA6"), "\\xE2\\x80\\xAE\\xE2\\x81\\xA6");
  EXPECT_EQ(dump_line("Micha\xB3"), "Micha\\xB3");
}

TEST(DumpLine, OfOtherTextIsAnother) {
  const std::set<std::string> lines = {dump_line("a b"),
                                       dump_line("a\nb"),
                                       dump_line("a\\nb"),
                                       dump_line("a\tb"),
                                       dump_line("a\rb"),
                                       dump_line("a\x1b"
                                                 "b"),
                                       dump_line("a\\x1Bb"),
                                       dump_line("a\xB3"
                                                 "b"),
                                       dump_line("a\\xB3b"),
                                       dump_line("a\xE2\x80\xAE"
                                                 "b"),
                                       dump_line("a\xE2\x80\xAD"
                                                 "b")};
  EXPECT_EQ(lines.size(), 11U);
}

}  // namespace
}  // namespace cdh
