#include "hub/match/spelling.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

void check(std::string_view a, std::string_view b, bool expected) {
  EXPECT_EQ(are_spellings_of_one(a, b), expected) << a << " and " << b;
  EXPECT_EQ(are_spellings_of_one(b, a), expected) << b << " and " << a;
}

TEST(Spelling, IsOfOneNameInOtherLettersOfOneSound) {
  check("anna", "anna", true);
  check("hasan", "hassan", true);
  check("sergei", "sergey", true);
  check("dmitri", "dmitriy", true);
  check("tariq", "tarik", true);
  check("fatma", "fathma", true);
  check("aleksei", "alexey", true);
  check("yusuf", "yousuf", true);
  check("wiktor", "victor", true);
  check("filip", "philip", true);
  check("luisa", "luiza", true);
  check("karim", "kareem", true);
  check("pooja", "puja", true);
  check("elena", "yelena", true);
}

TEST(Spelling, IsOfOneNameWithOtherVowelsIfItIsLong) {
  check("mohamed", "mohammad", true);
  check("mohamed", "muhammad", true);
  check("ahmed", "ahmad", false);
  check("amir", "emir", false);
  check("emilia", "amilia", false);   // the first letter
  check("samira", "sumaira", false);  // a vowel more
}

TEST(Spelling, IsNotOfTwoNames) {
  check("rohit", "mohit", false);
  check("amina", "amira", false);
  check("hasan", "hakan", false);
  check("sunita", "sumita", false);
  check("javier", "xavier", false);
  check("hana", "ana", false);
  check("sabina", "sabrina", false);
  check("", "anna", false);
  check("", "", true);
}

}  // namespace
}  // namespace cdh
