#include "hub/run/profile_search.hpp"

#include "hub/run/consolidation.hpp"
#include "hub/run/stewardship.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - into: person
            fields: { given_name: first, family_name: last, native_name: name, emails: [mail], phones: [phone] }
)";

class ProfileSearchTest : public testing::TestWithParam<StoreKind> {
 protected:
  ProfileSearchTest() : hub_(GetParam()), config_(hub_.config(kYaml)) {
    hub_.write("crm.csv",
               "id,first,last,name,mail,phone\n"
               "1,Łukasz,Żółć-Nowak,,l@example.com,\n"
               "2,Zoë,Müller,,,(212) 456-0142\n"
               "3,,,王小明,,\n"
               "4,Иван,Петров,,,\n"
               "5,Ann,100%_O’Brien,,,\n"
               "6,Joan,Nash,,,\n"
               "7,ANNA,Lee,,,\n"
               "K8,Kim,Fry,,,\n"
               "AB-9/x:y,Ben,Reed,,,\n"
               "10,Tess,Poe,,test@test.pl,000 000 000\n"
               "11,伟,李,,,\n");
    consolidate(config_, {});
  }

  // The names found, in their order.
  std::string found(const std::string& text, std::size_t most = 20) {
    Database database(hub_.store(), Database::Mode::existing);
    std::string names;
    for (const ProfileSummary& summary : search_profiles(database, config_, text, most)) {
      names += (names.empty() ? "" : ", ") + summary.display_name;
    }
    return names;
  }
  // Likewise, with "as NAME (RECORD)" where one of its records was found.
  std::string named(const std::string& text, std::size_t most = 20) {
    Database database(hub_.store(), Database::Mode::existing);
    std::string names;
    for (const ProfileSummary& summary : search_profiles(database, config_, text, most)) {
      names += (names.empty() ? "" : ", ") + summary.display_name;
      if (!summary.found_as.empty()) names += " as " + summary.found_as;
    }
    return names;
  }
  void check(const std::string& text, const std::string& expected) {
    EXPECT_EQ(found(text), expected) << text;
  }

  TestHub hub_;
  HubConfig config_;
};
INSTANTIATE_TEST_SUITE_P(On, ProfileSearchTest, kEveryStore, store_kind_name);

TEST_P(ProfileSearchTest, NamesAreFoundHoweverTheyAreWritten) {
  check("Lukasz", "Łukasz Żółć-Nowak");
  check("ŁUKASZ", "Łukasz Żółć-Nowak");
  check("zolc nowak", "Łukasz Żółć-Nowak");
  check("nowak łuk", "Łukasz Żółć-Nowak");
  check("zoe", "Zoë Müller");
  check("ZOË muller", "Zoë Müller");
  check("ivan petrov", "Иван Петров");
  check("Иван", "Иван Петров");
  check("obrien", "Ann 100%_O’Brien");
  check("O'Brien", "Ann 100%_O’Brien");
  check("lee anna", "ANNA Lee");
  check("nobody", "");
}

TEST_P(ProfileSearchTest, ChineseNamesAreFoundByCharactersAndByPinyin) {
  check("王小明", "王小明");
  check("小明", "王小明");
  check("wang", "王小明");
  check("Wang Xiaoming", "王小明");
  check("xiao ming", "王小明");
  check("汪小明", "");
}

TEST_P(ProfileSearchTest, AMarkIsNoWildcardAndNothingFindsNobody) {
  check("%", "");
  check("_", "");
  check("", "");
  check("  ", "");
  check("100%", "Ann 100%_O’Brien");
}

TEST_P(ProfileSearchTest, ContactsAndKeysComeFirst) {
  check("L@Example.com", "Łukasz Żółć-Nowak");
  check("+1 212 456 0142", "Zoë Müller");
  check("6", "Joan Nash");
}

// Values that identify nobody are shown like all others.
TEST_P(ProfileSearchTest, APlaceholderIsFoundAsItIsShown) {
  check("test@test.pl", "Tess Poe");
  check("000 000 000", "Tess Poe");
}

TEST_P(ProfileSearchTest, ARecordIsFoundByItsNames) {
  check("crm:6", "Joan Nash");
  check("crm/crm/6", "Joan Nash");
  check("crm:AB-9/x:y", "Ben Reed");
  check("crm/crm/AB-9/x:y", "Ben Reed");
  check("shop:6", "");
  check("crm/other/6", "");
}

TEST_P(ProfileSearchTest, AKeyIsFoundInEitherCase) {
  check("k8", "Kim Fry");
  check("K8", "Kim Fry");
  check("crm:k8", "Kim Fry");
}

TEST_P(ProfileSearchTest, AProfileIsFoundByTheNamesOfItsRecordsToo) {
  {
    Database database(hub_.store(), Database::Mode::existing);
    const auto id = [&](const std::string& text) {
      return search_profiles(database, config_, text, 1).at(0).uuid;
    };
    merge_profiles(database, config_, id("crm:6"), id("crm:K8"), "steward");
    merge_profiles(database, config_, id("crm:11"), id("crm:2"), "steward");
  }
  EXPECT_EQ(named("kim fry"), "Joan Nash as Kim Fry (crm:K8)");
  EXPECT_EQ(named("joan"), "Joan Nash");
  EXPECT_EQ(named("nobody"), "");
  for (const char* text : {"李伟", "Li Wei", "liwei"}) {
    EXPECT_EQ(named(text), "Zoë Müller as 李伟 (crm:11)") << text;
  }
  EXPECT_EQ(named("k", 3), "Łukasz Żółć-Nowak, Joan Nash as Kim Fry (crm:K8)");
}

TEST_P(ProfileSearchTest, TheFirstByNameAreShown) {
  check("an", "ANNA Lee, Ann 100%_O’Brien, Joan Nash, Иван Петров, 王小明");
  EXPECT_EQ(found("an", 2), "ANNA Lee, Ann 100%_O’Brien");
}

}  // namespace
}  // namespace cdh
