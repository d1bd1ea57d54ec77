#include "tests/generator/letters.hpp"

#include <gtest/gtest.h>

namespace cdh::generator {
namespace {

TEST(Letters, ChangeCaseAndLoseDiacritics) {
  EXPECT_EQ(upper("Łódź, ul. Żwirki 王"), "ŁÓDŹ, UL. ŻWIRKI 王");
  EXPECT_EQ(lower("ŁÓDŹ Lü"), "łódź lü");
  EXPECT_EQ(without_diacritics("Świętojańska Żółć"), "Swietojanska Zolc");
  EXPECT_EQ(slug("Złoty Róg & 5"), "zlotyrog5");
}

TEST(Letters, WriteWindows1250) {
  EXPECT_EQ(windows_1250("Łódź"), "\xA3\xF3\x64\x9F");
  EXPECT_EQ(windows_1250("王a"), "?a");
}

TEST(Letters, SlipOncePerWord) {
  Random random(3);
  int changed = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string slipped = typing_error("Kowalski", random);
    EXPECT_EQ(slipped[0], 'K');
    EXPECT_LE(slipped.size(), 9u);
    EXPECT_GE(slipped.size(), 7u);
    changed += slipped != "Kowalski" ? 1 : 0;
  }
  EXPECT_GT(changed, 990);  // all, but for two equal letters swapped
  EXPECT_EQ(typing_error("Li", random), "Li");
  EXPECT_EQ(typing_error("王小明", random), "王小明");
}

}  // namespace
}  // namespace cdh::generator
