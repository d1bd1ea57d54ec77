#include "hub/base/text.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(Text, TrimsEveryKindOfBlank) {
  EXPECT_EQ(trim("  a b\t\n"), "a b");
  EXPECT_EQ(trim("\xC2\xA0\xE3\x80\x80王\xE2\x80\x8B\xEF\xBB\xBF"), "王");
  EXPECT_EQ(trim(" \xC2\xA0 "), "");
}

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(split("", ',').size(), 1U);
}

TEST(Text, TellsUtf8FromOtherBytes) {
  EXPECT_TRUE(is_valid_utf8("Łukasz 王小明 \xF0\x9F\x98\x80"));
  for (const std::string_view bytes :
       {std::string_view("a\0b", 3), std::string_view("\xB3ukasz"), std::string_view("\xC0\x80"),
        std::string_view("\xED\xA0\x80"), std::string_view("\xE7\x8E"),
        std::string_view("\xF5\x80\x80\x80")}) {
    EXPECT_FALSE(is_valid_utf8(bytes));
  }
}

TEST(Text, MakesAnyBytesValidUtf8) {
  EXPECT_EQ(to_valid_utf8("Łódź \xF0\x9F\x98\x80"), "Łódź \xF0\x9F\x98\x80");
  EXPECT_EQ(to_valid_utf8(std::string_view("a\0b", 3)), "a\uFFFDb");
  EXPECT_EQ(to_valid_utf8("\xA3\xF3"), "\uFFFD\uFFFD");
  EXPECT_EQ(to_valid_utf8("\xE7\x8Ex"), "\uFFFD\uFFFDx") << "a code point that is cut off";
  EXPECT_EQ(to_valid_utf8(""), "");
}

TEST(Text, IsCutBeforeACodePoint) {
  EXPECT_EQ(cut_utf8("ab", 2), "ab");
  EXPECT_EQ(cut_utf8("abc", 2), "ab");
  EXPECT_EQ(cut_utf8("aó", 2), "a");
  for (std::size_t size = 1; size < 5; ++size) EXPECT_EQ(cut_utf8("a\xF0\x9F\x98\x80", size), "a");
  EXPECT_EQ(cut_utf8("\x80\x80\x80\x80\x80\x80", 5).size(), 5U) << "not UTF-8 anyway";
}

TEST(Text, SuggestsTheNearestName) {
  EXPECT_EQ(suggestion("conector", {"connector", "config"}), "; did you mean \"connector\"?");
  EXPECT_EQ(suggestion("zzz", {"connector", "config"}), "; known: connector, config");
}

TEST(Text, SuggestsThirtyNamesAtMost) {
  const std::vector<std::string_view> few(30, "connector"), many(1173, "connector");
  EXPECT_FALSE(suggestion("zzz", few).ends_with("more"));
  const std::string long_list = suggestion("zzz", many);
  EXPECT_TRUE(long_list.ends_with(", connector and 1143 more")) << long_list;
  EXPECT_LT(long_list.size(), 400U);
}

TEST(Counted, KnowsOneFromSeveral) {
  EXPECT_EQ(counted(1, "record", "records"), "1 record");
  EXPECT_EQ(counted(0, "record is", "records are"), "0 records are");
  EXPECT_EQ(counted(12, "record", "records"), "12 records");
}

TEST(Printable, ShowsBytesThatAreNoText) {
  EXPECT_EQ(printable("Micha\xB3 Łód\xC5"), "Micha\\xB3 Łód\\xC5");
  EXPECT_EQ(printable("a\x1b[2J\tb\n"), "a?[2J\tb\n");
  EXPECT_EQ(printable("\xE2\x80\xAE"), "?");
  EXPECT_EQ(printable("\xC2\x80\xC2\x9B 31m\xC2\x9F\xC2\xA0"), "?? 31m?\xC2\xA0");
}

TEST(Printable, StaysOnOneLineWhereItMust) {
  EXPECT_EQ(printable_line("a\r\nb\tc\x1b"), "a? b c?");
}

}  // namespace
}  // namespace cdh
