// A file in a source's place whose header has not the fields of the mapping: the page of an error, a
// title above the header, a lost header.
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kPage = "<html><body>Session expired</body></html>\n";

std::string yaml(const std::string& transforms = "") {
  return R"(
sources:
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      shop:
        key: id
)" + transforms +
         "        map: [ { into: person, fields: { family_name: name, emails: [mail] } } ]\n";
}
constexpr const char* kTrim = "        transforms: [ { use: text, fields: [name], trim: true } ]\n";

class ForeignHeaderTest : public LandingNight {
 protected:
  std::string deliver(const std::string& text, const std::string& config = yaml(),
                      bool accept = false) {
    hub_.write("shop.csv", text);
    IngestOptions options;
    options.accept_changes = accept;
    const std::string counts = read(config, options);
    return outcome_.status + (counts.empty() ? "" : " ") + counts;
  }
};
INSTANTIATE_TEST_SUITE_P(On, ForeignHeaderTest, kEveryStore, store_kind_name);

TEST_P(ForeignHeaderTest, APageInTheFilesPlaceFailsTheSource) {
  EXPECT_EQ(deliver(kPage), "failed");
  EXPECT_THAT(outcome_.message, AllOf(HasSubstr("hub.yaml:8: the stream has no field \"id\""),
                                      HasSubstr("the stream has no field \"mail\"")));
  EXPECT_EQ(deliver("id,name,mail\n1,Lee,l@x.example\n"), "read read=1 added=1");
  EXPECT_EQ(deliver(kPage), "failed");
  EXPECT_EQ(deliver(kPage, yaml(), true), "failed") << "nobody agrees to lose everything by it";
  EXPECT_EQ(records().size(), 1);
}

TEST_P(ForeignHeaderTest, ATitleAboveTheHeaderFailsTheSourceAndRefusesNoRow) {
  const std::string table = "id,name,mail\n1,Lee,l@x.example\n";
  deliver(table);
  EXPECT_EQ(deliver("# export of 2026\n" + table), "failed");
  EXPECT_EQ(deliver("Customers\n\n" + table, yaml(), true), "failed");
  EXPECT_THAT(outcome_.message, HasSubstr("the stream has no field \"id\""));
  EXPECT_THAT(quarantined(), IsEmpty());
  EXPECT_EQ(records().size(), 1);
}

TEST_P(ForeignHeaderTest, ItIsSeenThroughTransforms) {
  deliver("id,name,mail\n1,Lee,l@x.example\n", yaml(kTrim));
  for (const char* text : {kPage, "Customers\nid,name,mail\n1,Lee,l@x.example\n"}) {
    EXPECT_EQ(deliver(text, yaml(kTrim), true), "failed");
    EXPECT_THAT(outcome_.message,
                HasSubstr("hub.yaml:10: there is no field \"name\", which text reads"));
  }
  EXPECT_EQ(records().size(), 1);
}

TEST_P(ForeignHeaderTest, TheRightHeaderAloneIsAnEmptyList) {
  EXPECT_EQ(deliver("id,name,mail\n"), "read");
  EXPECT_EQ(deliver("id,name,mail\n", yaml(kTrim)), "read");
  EXPECT_EQ(deliver(""), "read");
  EXPECT_EQ(deliver("id,name,mail\n1,Lee\n"), "read read=1 quarantined=1 new=1");
}

TEST_P(ForeignHeaderTest, ACustomersRowInTheHeadersPlaceIsNotTold) {
  const std::string rows = "17,Kowal,k@x.example,Nate,Ida\n18,Nowak,n@x.example,,\n";
  for (const std::string& config : {yaml(), yaml(kTrim)}) {
    EXPECT_EQ(deliver(rows, config), "failed");
    for (const char* value : {"\"17\"", "Kowal", "k@x.example", "Nate", "Ida"}) {
      EXPECT_THAT(outcome_.message, Not(HasSubstr(value)));
    }
  }
  deliver(rows);
  EXPECT_THAT(outcome_.message, HasSubstr("5 fields are there instead, not named here"));
  deliver("ID,NAME,MAIL\n1,Lee,l@x.example\n");
  EXPECT_THAT(outcome_.message, HasSubstr("no field \"id\"; did you mean \"ID\"?"));
  deliver("id,nane,mail\n1,Lee,l@x.example\n", yaml(kTrim));
  EXPECT_THAT(outcome_.message,
              HasSubstr("no field \"name\", which text reads; did you mean \"nane\"?"));
  deliver("number,name,mail\n1,Lee,l@x.example\n");
  EXPECT_THAT(outcome_.message, HasSubstr("no field \"id\"; known: number, name, mail"));
}

}  // namespace
}  // namespace cdh
