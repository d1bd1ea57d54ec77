#include "hub/match/sound.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

TEST(Sound, IsOneForSpellingsOfOneName) {
  EXPECT_EQ(sound_of("schmidt"), "snt");
  EXPECT_EQ(sound_of("szmit"), "snt");
  EXPECT_EQ(sound_of("kowalski"), sound_of("kovalsky"));
  EXPECT_EQ(sound_of("philip"), sound_of("filip"));
  EXPECT_EQ(sound_of("catherine"), sound_of("katarine"));
  EXPECT_EQ(sound_of("knight"), sound_of("night"));
  EXPECT_EQ(sound_of("anna"), sound_of("ana"));
}

TEST(Sound, KeepsTheFirstVowelAndH) {
  EXPECT_EQ(sound_of("anna"), "an");
  EXPECT_EQ(sound_of("emma"), "an");
  EXPECT_EQ(sound_of("hanna"), "hn");
  EXPECT_EQ(sound_of("nina"), "n");
}

TEST(Sound, DiffersForOtherNames) {
  EXPECT_NE(sound_of("nowak"), sound_of("kowal"));
  EXPECT_NE(sound_of("smith"), sound_of("jones"));
}

TEST(Sound, OfNothingIsBlank) { EXPECT_EQ(sound_of(""), ""); }

TEST(Sound, KeepsDigits) { EXPECT_NE(sound_of("b12"), sound_of("b13")); }

}  // namespace
}  // namespace cdh
