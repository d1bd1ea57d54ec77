#include "hub/normalize/org_word.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(OrgWord, WritesShortFormsOut) {
  EXPECT_EQ(full_org_word("intl"), "international");
  EXPECT_EQ(full_org_word("bros"), "brothers");
  EXPECT_EQ(full_org_word("acad"), "academy");  // the first
  EXPECT_EQ(full_org_word("zakl"), "zaklad");   // the last
}

TEST(OrgWord, LeavesOtherWordsAlone) {
  for (const char* word : {"", "a", "nowak", "international", "zz", "comm"}) {
    EXPECT_EQ(full_org_word(word), word);
  }
}

}  // namespace
}  // namespace cdh
