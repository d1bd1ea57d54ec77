#include "hub/base/bytes.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

constexpr const char* kDamage = "the list is damaged; make it anew";
constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

TEST(Bytes, NumbersComeBackAsTheyWere) {
  const std::uint64_t numbers[] = {0, 1, 127, 128, 300, 1U << 21, kLargest >> 1, kLargest};
  ByteWriter out;
  for (const std::uint64_t number : numbers) {
    out.number(number);
    out.whole(number);
  }
  ByteReader in(out.bytes(), kDamage);
  for (const std::uint64_t number : numbers) {
    EXPECT_EQ(in.number(), number);
    EXPECT_EQ(in.whole(), number);
  }
  EXPECT_TRUE(in.at_end());
}

TEST(Bytes, SmallNumbersAreShort) {
  ByteWriter out;
  out.number(127);
  EXPECT_EQ(out.bytes(), "\x7f");
  out.number(300);
  EXPECT_EQ(out.bytes(), "\x7f\xac\x02");
}

TEST(Bytes, TextsComeBackAsTheyWere) {
  const std::string texts[] = {"", "anna", std::string("a\0b", 3), std::string(1000, 'x')};
  ByteWriter out;
  for (const std::string& text : texts) out.text(text);
  ByteReader in(out.bytes(), kDamage);
  for (const std::string& text : texts) EXPECT_EQ(in.text(), text);
  EXPECT_TRUE(in.at_end());
}

TEST(Bytes, NumbersAreSkipped) {
  ByteWriter out;
  for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{300}, kLargest}) {
    out.number(number);
  }
  out.number(17);
  ByteReader in(out.bytes(), kDamage);
  in.skip_numbers(0);
  in.skip_numbers(3);
  EXPECT_EQ(in.number(), 17U);
  EXPECT_THROW(in.skip_numbers(1), Error);
}

TEST(Bytes, WhatEndsTooEarlyIsRefused) {
  const auto refused = [](std::string_view bytes, auto&& read) {
    ByteReader in(bytes, kDamage);
    try {
      read(in);
      ADD_FAILURE() << bytes;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::store);
      EXPECT_STREQ(error.what(), kDamage);
    }
  };
  const auto number = [](ByteReader& in) { in.number(); };
  refused("", number);
  refused("\xff", number);
  refused("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", number);
  refused("1234567", [](ByteReader& in) { in.whole(); });
  refused(
      "\x05"
      "anna",
      [](ByteReader& in) { in.text(); });
  refused(
      "\x02"
      "a",
      [](ByteReader& in) { in.count(); });
}

}  // namespace
}  // namespace cdh
