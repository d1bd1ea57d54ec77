#include "hub/match/name_comparison.hpp"

#include <gtest/gtest.h>

#include "tests/match/levels.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

// Names as "given|family", or whole as "anna nowak". `expected` as "exact exact": the levels of given
// and family name; "x ..." crosswise, "r ..." reversed.
void check(const std::string& a, const std::string& b, std::string_view expected) {
  const auto person = [](const std::string& name) {
    const std::size_t bar = name.find('|');
    if (bar == name.npos) return "native=" + name;
    return "given=" + name.substr(0, bar) + "; family=" + name.substr(bar + 1);
  };
  const Parties two{person(a), person(b)};
  const ValueCounts none;
  WordLikeness likeness(two.words, none);
  const auto levels = [&](std::size_t i, std::size_t j) {
    const PersonNameLevels names = compare_person_names(likeness, two[i], two[j]);
    return std::string(names.is_crosswise  ? "x "
                       : names.is_reversed ? "r "
                                           : "") +
           std::string(level_name(MatchField::given, names.given)) + " " +
           std::string(level_name(MatchField::family, names.family));
  };
  EXPECT_EQ(levels(0, 1), expected) << a << " and " << b;
  EXPECT_EQ(levels(1, 0), expected) << b << " and " << a;
}

TEST(NameComparison, OfEqualNames) {
  check("anna|nowak", "Anna|NOWAK", "exact exact");
  check("mary ann|lee", "maryann|lee", "exact exact");
  check("xiaoming|wang", "xiao ming|wang", "exact exact");
  check("anna|nowak kowalska", "anna|kowalska-nowak", "exact exact");
}

TEST(NameComparison, OfNamesThatAreAlike) {
  check("anna|nowak", "ania|nowak", "nickname exact");
  check("malgorzata|kowalska", "gosia|kowalska", "nickname exact");
  check("anna|nowak", "anna maria|nowak", "exact exact");
  check("anna maria|nowak", "maria|nowak", "second_name exact");
  check("anna|nowak kowalska", "anna|kowalska", "exact part");
  check("jan|van den berg", "jan|berg", "exact part");
  check("jan|van den berg", "jan|van den heuvel", "exact differ");
  check("ana|dos santos", "ana|dos reis", "exact differ");
  check("omar|bin khalid", "omar|bin salman", "exact differ");
  check("anna|kowalski", "anna|kowalska", "exact typing_error");
  check("anna|wisniewska", "anna|wisneiwska", "exact typing_error");
  check("krzysztof|nowak", "krzystof|nowak", "typing_error exact");
  check("j|smith", "john|smith", "initial exact");
  check("anna|n", "anna|nowak", "exact initial");
  check("susan|meyer", "susan meyer|thomas", "exact part");
  check("peter|schmidt", "peter|szmit", "exact loose");
}

TEST(NameComparison, OfNamesInEachOthersField) {
  check("anna|nowak", "nowak|anna", "x exact exact");
  check("madeline|mason", "masno|madeline", "x exact typing_error");
  check("|kolodziej", "kolodziej|", "x exact missing");
  check("anna|nowak", "nowak|", "x exact missing");
  check("thomas|james", "thomas|james", "exact exact");
}

TEST(NameComparison, OfOtherPeople) {
  check("anna|nowak", "jan|nowak", "other_name exact");
  check("anna|nowak", "anna|lis", "exact differ");
  check("marta|nowak", "maria|nowak", "alike exact");
  check("marta anna|nowak", "maria anna|nowak", "alike exact");
  check("j|smith", "john|brown", "initial differ");
}

// Many Chinese use a Western given name as well; of others who share a home these are two people,
// however Chinese a name looks.
TEST(NameComparison, OfAChineseAndAWesternName) {
  check("yiqian|luo", "amy|luo", "mixed exact");
  check("ming|sima", "jason|sima", "mixed exact");
  check("lia|shah", "david|shah", "differ exact");
  check("mila|smith", "david|smith", "differ exact");
}

// Second names in common say nothing of two whose first names differ, be they on a list or not.
// 伟 and 薇 are both "wei", a man's name and a woman's.
TEST(NameComparison, OfChineseNamesThatAreReadAlike) {
  check("王伟", "王薇", "loose exact");
  check("伟|王", "薇|王", "loose exact");
  check("王伟", "王偉", "exact exact");
  check("王伟", "Wei|Wang", "exact exact");
}

TEST(NameComparison, OfSecondNamesInCommon) {
  check("sunita devi|rao", "quorra devi|rao", "differ exact");
  check("jan maria|nowak", "anna maria|nowak", "other_name exact");
  check("thi lan|nguyen", "thi hoa|nguyen", "differ exact");
}

// Particles are no part in common, and make no name begin like another.
TEST(NameComparison, OfNamesWithParticles) {
  check("jan|van den berg", "jan|van den heuvel", "exact differ");
  check("maria|dos santos", "maria|dos reis", "exact differ");
  check("omar|bin khalid", "omar|bin salman", "exact differ");
  check("karl|von stein", "karl|von braun", "exact differ");
  check("jan|van dam", "jan|van dal", "exact differ");  // as dam and dal
  check("ana|garcia de los santos", "ana|lopez de los reyes", "exact differ");
  check("omar|abd el rahman", "omar|abd el karim", "exact differ");
  check("jan|van den berg", "van den heuvel|jan", "other_name differ");
  check("ludwig van|beethoven", "ludwig|van dam", "exact differ");
}

TEST(NameComparison, OfOneNameWithParticles) {
  check("jan|van den berg", "jan|Van den Berg", "exact exact");
  check("jan|van den berg", "jan|vandenberg", "exact exact");
  check("jan|van den heuvel", "jan|van den huevel", "exact typing_error");
  check("jan|van den heuvel", "jan|van der heuvel", "exact typing_error");
  check("jan|van den berg", "jan|berg", "exact part");
  check("jan|van dijk", "jan|van djik", "exact loose");  // as dijk and djik
  check("jan|van den berg", "van den berg|jan", "x exact exact");
  check("jan|van berg", "berg|jan", "x exact exact");
}

// Words that are particles elsewhere.
TEST(NameComparison, OfNamesThatReadAsParticles) {
  check("nguyen|van", "nguyen|van", "exact exact");
  check("ngoc|van", "van|ngoc", "x exact exact");
  check("van an|nguyen", "nguyen|van an", "x exact exact");
  check("bin|zhang", "zhang|bin", "x exact exact");
  check("bin|zhang", "bin|li", "exact differ");
  check("ana|de la", "ana|de la", "exact exact");
}

// Of whole names nobody knows which end is the family name: relatives share that.
TEST(NameComparison, OfRelativesByTheirWholeNames) {
  check("nagy peter", "nagy katalin", "r differ exact");
  check("kim minjun", "kim jiwoo", "r differ exact");
  check("kim min jun", "kim min ji", "r differ exact");
  check("feng hao", "feng wei", "r differ exact");
  check("nguyen thi lan", "nguyen thi hoa", "r differ exact");
  check("nguyen van minh", "nguyen van hung", "r differ exact");
  check("nagy maria", "nagy marta", "r alike exact");
  check("peter nagy", "katalin nagy", "differ exact");
}

TEST(NameComparison, OfOnePersonsWholeNames) {
  check("nagy peter", "nagy peter", "exact exact");
  check("nowak ania", "nowak anna", "r nickname exact");
  check("kim min jun", "kim minjun", "exact exact");
  check("anna maria nowak", "anna nowak", "exact exact");
  check("ania nowak", "anna nowak", "nickname exact");
  check("anna kowalska", "anna kowalsak", "exact typing_error");
  check("anna nowak", "anna nowak-kowalska", "exact part");
  check("susan meyer", "susan meyer thomas", "exact part");
  check("a nowak", "anna nowak", "initial exact");
  check("anna nowak", "nowak anna", "x exact exact");
}

// Where one of the two says which is the family name, both do.
TEST(NameComparison, OfAWholeNameAndAKnownFamilyName) {
  check("anna nowak", "anna|kowalska", "exact differ");
  check("nagy peter", "peter|nagy", "x exact exact");
  check("nagy peter", "nagy, katalin", "differ differ");
}

TEST(NameComparison, OfMissingNames) {
  check("anna|", "anna|kowalska", "exact missing");
  check("|nowak", "anna|nowak", "missing exact");
  check("|", "anna|nowak", "missing missing");
  check("anna|", "|nowak", "missing missing");
}

// Who may be counted as one customer of a shared phone.
TEST(NameComparison, KnowsWhichGivenNamesMayBeOnePersons) {
  for (const Level level : {given_level::exact, given_level::nickname, given_level::typing_error,
                            given_level::second_name, given_level::initial, given_level::mixed}) {
    EXPECT_TRUE(may_be_one_given_name(level));
  }
  EXPECT_TRUE(may_be_one_given_name(kMissing));
  for (const Level level : {given_level::alike, given_level::differ, given_level::other_name}) {
    EXPECT_FALSE(may_be_one_given_name(level));
  }
}

}  // namespace
}  // namespace cdh
