#include "hub/normalize/fold.hpp"

#include <memory>
#include <random>

#include <gtest/gtest.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "hub/normalize/utf8.hpp"

namespace cdh {
namespace {

void check(std::string_view text, std::string_view expected) {
  EXPECT_EQ(fold(text), expected) << text;
}

TEST(Fold, Words) {
  check("", "");
  check("  Anna   MARIA ", "anna maria");
  check("Nowak-Kowalska", "nowak kowalska");
  check("O'Brien", "obrien");
  check("O’Brien", "obrien");
  check("A.B.C. 12/3", "a b c 12 3");
  check("...", "");
}

TEST(Fold, LatinLetters) {
  check("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn");
  check("Straße Ærø Þór Đorđe", "strasse aero thor dorde");
  check("İstanbul Iğdır", "istanbul igdir");
  check("Nguyễn Văn", "nguyen van");
  check("e\u0301 l\u0327", "e l");  // decomposed
  check("Əliyev Məmməd", "aliyev mammad");
  check("Kɔfi", "kofi");
  check("a\u200Bb\u00ADc", "abc");  // zero-width space, soft hyphen
  check("Ann\u00A0Lee\u3000Roe", "ann lee roe");
  check("ＡＢＣ １２", "abc 12");
}

TEST(Fold, OtherScripts) {
  check("王小明", "wang xiao ming");
  check("张伟abc", "zhang wei abc");
  check("Иван Петров", "ivan petrov");
  check("តារា គឹម", "tara koem");
  check("ສົມຈິດ", "somchid");
  check("සිරිසේන", "sirisena");
  check("Ελένη", "elene");
  check("김철수", "gimcheolsu");
  check("たなか", "tanaka");
}

TEST(Fold, BytesThatAreNotTextPartWords) {
  check(
      "a\xFF"
      "b",
      "a b");
}

TEST(Fold, KnowsChinese) {
  EXPECT_TRUE(has_han("a王"));
  EXPECT_FALSE(has_han("Łódź"));
  EXPECT_FALSE(has_han("かな"));
}

TEST(Nfc, Composes) {
  EXPECT_EQ(nfc("e\u0301"), "é");
  EXPECT_EQ(nfc("plain"), "plain");
  EXPECT_EQ(nfc("Łódź"), "Łódź");
  EXPECT_EQ(nfc("\u1100\u1161"), "가");
}

// The slow way that fold() is the fast form of: ICU for the letters, then words of lower case.
class SlowFold {
 public:
  SlowFold() {
    UErrorCode status = U_ZERO_ERROR;
    icu_.reset(icu::Transliterator::createInstance("NFKC; Any-Latin; Latin-ASCII; Lower",
                                                   UTRANS_FORWARD, status));
  }

  std::string operator()(const std::string& text) const {
    icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
    icu_->transliterate(wide);
    std::string latin;
    wide.toUTF8String(latin);
    std::string out;
    bool is_parted = false;
    for (const char c : latin) {
      if (c == '\'' || c == '`') continue;
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        if (is_parted && !out.empty()) out += ' ';
        is_parted = false;
        out += c;
      } else {
        is_parted = true;
      }
    }
    return out;
  }

 private:
  std::unique_ptr<icu::Transliterator> icu_;
};

struct Alphabet {
  const char* name;
  char32_t first, last;
};

class FoldProperty : public testing::TestWithParam<Alphabet> {};

TEST_P(FoldProperty, SaysWhatIcuSays) {
  const auto [name, first, last] = GetParam();
  const SlowFold slow;
  std::mt19937 random(20260101);
  std::uniform_int_distribution<std::uint32_t> letter(first, last);
  std::uniform_int_distribution<std::uint32_t> ascii(0x20, 0x7E);
  std::uniform_int_distribution<int> length(0, 12);
  std::bernoulli_distribution is_ascii_next(0.3);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int n = length(random); n > 0; --n) {
      append_utf8(is_ascii_next(random) ? ascii(random) : letter(random), text);
    }
    ASSERT_EQ(fold(text), slow(text)) << name << ": " << text;
  }
}

// U+013F and U+0140 (l with middle dot) lie between the two Latin Extended-A ranges: ICU leaves the
// dot, which would cut a Catalan word in two.
INSTANTIATE_TEST_SUITE_P(Alphabets, FoldProperty,
                         testing::Values(Alphabet{"ascii", 0x20, 0x7E},
                                         Alphabet{"latin1", 0xC0, 0xFF},
                                         Alphabet{"extended_a", 0x100, 0x13E},
                                         Alphabet{"extended_a_rest", 0x141, 0x17F},
                                         Alphabet{"vietnamese", 0x1EA0, 0x1EF9}),
                         [](const auto& test) { return test.param.name; });

TEST(Fold, WordsOfOtherScriptsSayWhatIcuSays) {
  const SlowFold slow;
  for (const char* text : {"Александр Пушкин", "Щербаков Юрий", "Παπαδοπούλου", "שלום", "محمد علي",
                           "कुमार", "สมชาย", "박지성", "ホンダ", "Հայկ", "გიორგი"}) {
    EXPECT_EQ(fold(text), slow(text)) << text;
  }
  for (char32_t point = 0x4E00; point < 0x9FA5; point += 37) {
    std::string text;
    append_utf8(point, text);
    EXPECT_EQ(fold(text), slow(text)) << text;
  }
}

}  // namespace
}  // namespace cdh
