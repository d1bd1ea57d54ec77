#include "hub/match/household.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string named(std::string_view family) { return household_name(family, ""); }

TEST(HouseholdName, IsOneForTheSpellingsOfAFamilysName) {
  EXPECT_EQ(named("Kowalski"), named("KOWALSKA"));
  EXPECT_EQ(named("Żółkiewska"), named("Zolkiewski"));
  EXPECT_EQ(named("Zimny"), named("Zimna"));
  EXPECT_EQ(named("Иванов"), named("Ivanova"));
  EXPECT_EQ(named("Достоевская"), named("Достоевский"));
  EXPECT_EQ(named("O’Brien"), named("O'BRIEN"));
  EXPECT_EQ(household_name("", "王小明"), named("Wang"));
  EXPECT_EQ(household_name("", "Anna Nowak"), named("Nowak"));
}

TEST(HouseholdName, DiffersForOtherNames) {
  EXPECT_NE(named("Nowak"), named("Nowacki"));
  EXPECT_NE(named("Nowak-Kowalska"), named("Kowalska"));
  EXPECT_NE(named("Mai"), named("May"));
}

TEST(HouseholdName, OfNobodyIsBlank) {
  for (const char* family : {"", "K", "test", "n/a", "-"}) EXPECT_EQ(named(family), "") << family;
}

std::int64_t home(std::string_view street, std::string_view second_line = "",
                  std::string_view town = "Warszawa", std::string_view family = "Kowalski") {
  return home_key(named(family), street, second_line, town);
}

TEST(HomeKey, IsOneForTheSpellingsOfAnAddress) {
  EXPECT_EQ(home("ul. Długa 5/7"), home("DLUGA 5 m. 7"));
  EXPECT_EQ(home("12 Main Street, Apt 4"), home("12 Main St", "Flat 4"));
  EXPECT_EQ(home("Długa 5", "m. 7"), home("Długa 5 m. 7"));
  EXPECT_EQ(home("Długa 5", "c/o Anna Nowak"), home("Długa 5"));
  EXPECT_EQ(home("12 Main St Flat B"), home("12 Main St", "Flat B"));
  EXPECT_EQ(home("Wólka 15", "", "Wólka"), home("15", "", "Wolka"));
  EXPECT_EQ(home("Długa 5", "", "Warszawa"), home("Długa 5", "", "Warsaw"));
  EXPECT_GT(home("Długa 5"), 0);
}

TEST(HomeKey, DiffersByHouseFlatStreetAndName) {
  EXPECT_NE(home("Długa 5/7"), home("Długa 5/8"));
  EXPECT_NE(home("Długa 5/7"), home("Długa 7/5"));
  EXPECT_NE(home("Długa 5"), home("Długa 5/8"));
  EXPECT_NE(home("12 Main St", "Flat A"), home("12 Main St", "Flat B"));
  EXPECT_NE(home("Długa 5"), home("Krótka 5"));
  EXPECT_NE(home("12 B Street"), home("12 C Street"));
  EXPECT_NE(home("15", "", "Wólka"), home("15", "", "Dąbrowa"));
  EXPECT_NE(home("Długa 5"), home("Długa 5", "", "Warszawa", "Nowak"));
}

TEST(HomeKey, AnAddressWithoutANumberOrANameIsNoHome) {
  EXPECT_EQ(home("Długa"), 0);
  EXPECT_EQ(home(""), 0);
  EXPECT_EQ(home("n/a"), 0);
  EXPECT_EQ(home("Długa 0"), 0);
  EXPECT_EQ(home("5", "", ""), 0);
  EXPECT_EQ(home("Długa 5", "", "Warszawa", ""), 0);
}

// The profiles of each household; sorted, since places have no order.
std::vector<std::vector<std::int64_t>> together(std::vector<Resident> residents) {
  std::vector<std::vector<std::int64_t>> profiles;
  for (const Household& household : households_of(1, residents)) {
    auto& members = profiles.emplace_back();
    for (const std::size_t i : household.residents) members.push_back(residents[i].profile_id);
    std::ranges::sort(members);
  }
  std::ranges::sort(profiles);
  return profiles;
}

TEST(Households, AreOfOnePostalCode) {
  EXPECT_THAT(
      together({{1, "00-238", "Warszawa"}, {2, "00238", "WARSAW"}, {3, "30-001", "Kraków"}}),
      ElementsAre(ElementsAre(1, 2)));
  EXPECT_THAT(together({{1, "10001-1234", "New York"}, {2, "10001", "New York"}}),
              ElementsAre(ElementsAre(1, 2)));
  EXPECT_THAT(together({{1, "00-238", "Warszawa"}, {2, "05-075", "Warszawa"}}), IsEmpty());
}

TEST(Households, AreOfOneTownWithoutACode) {
  EXPECT_THAT(together({{1, "", "Łódź"}, {2, "", "LODZ"}, {3, "", "Kraków"}}),
              ElementsAre(ElementsAre(1, 2)));
  EXPECT_THAT(together({{1, "", "Łódź"}, {2, "90-001", "Łódź"}, {3, "90-001", "Lodz"}}),
              ElementsAre(ElementsAre(1, 2, 3)));
  EXPECT_THAT(together({{1, "", ""}, {2, "", ""}}), IsEmpty()) << "nobody knows where";
}

TEST(Households, WhoCouldLiveInEitherPlaceIsLeftOut) {
  EXPECT_THAT(together({{1, "", "Łódź"},
                        {2, "90-001", "Łódź"},
                        {3, "90-001", "Łódź"},
                        {4, "93-100", "Łódź"},
                        {5, "93-100", "Łódź"}}),
              ElementsAre(ElementsAre(2, 3), ElementsAre(4, 5)));
}

TEST(Households, AreOfTwoAndMoreAndEachOnce) {
  EXPECT_THAT(together({{1, "1", "A"}}), IsEmpty());
  EXPECT_THAT(together({{1, "1", "A"}, {1, "", "A"}}), IsEmpty());
  EXPECT_THAT(together({{1, "1", "A"}, {1, "", "A"}, {2, "", "A"}}),
              ElementsAre(ElementsAre(1, 2)));
}

TEST(Households, ACrowdIsNone) {
  std::vector<Resident> residents;
  for (std::size_t i = 0; i < kMostInHousehold; ++i) {
    residents.push_back({static_cast<std::int64_t>(i), "00-238", ""});
  }
  EXPECT_THAT(together(residents), ElementsAre(SizeIs(kMostInHousehold)));
  residents.push_back({100, "00-238", ""});
  EXPECT_THAT(together(residents), IsEmpty());
}

TEST(Households, HaveAnIdOfNameAndPlaceAlone) {
  const std::vector<Resident> two = {{1, "00-238", "Warszawa"}, {2, "00-238", ""}};
  const std::vector<Resident> others = {{9, "00-238", ""}, {7, "00 238", ""}, {8, "00-238", ""}};
  const std::string id = households_of(5, two).at(0).id;
  EXPECT_EQ(id.size(), 16U);
  EXPECT_EQ(households_of(5, others).at(0).id, id);
  EXPECT_NE(households_of(6, two).at(0).id, id);
}

TEST(Households, DoNotDependOnTheOrder) {
  std::vector<Resident> residents = {{1, "90-001", "Łódź"},
                                     {2, "", "Łódź"},
                                     {3, "90-001", ""},
                                     {4, "", "Kraków"},
                                     {5, "", "Krakow"}};
  const auto expected = together(residents);
  EXPECT_THAT(expected, ElementsAre(ElementsAre(1, 2, 3), ElementsAre(4, 5)));
  std::ranges::sort(residents, {}, &Resident::town);
  do {
    EXPECT_EQ(together(residents), expected);
  } while (std::ranges::next_permutation(residents, {}, &Resident::profile_id).found);
}

}  // namespace
}  // namespace cdh
