// Rows of a list that are refused before a transform has made their key: their records stay, night
// after night, and what else is gone from the list goes.
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The test connector refuses a line that begins with "!".
std::string list(const std::string& transforms) {
  return "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, fields: [id, name, "
         "fax] }"
         "\n    streams:\n      feed:\n        mode: full\n        transforms: [ " +
         transforms + " ]\n        map: [ { into: person, fields: { family_name: name } } ]\n";
}

const std::string kRefuseFax = R"({ use: text, fields: [fax], match: '\d*' })";
const std::string kUpper = "{ use: text, fields: [id], case: upper }";

class RefusedRows : public LandingNight {
 protected:
  std::string read_lines(const std::string& lines, const std::string& transforms) {
    hub_.write("feed.txt", lines);
    return read(list(transforms));
  }
  // Three nights on which a1 is refused, and one without a2.
  void expect_to_keep(const std::string& transforms, const std::string& bad = "+a1|Lee|none\n") {
    EXPECT_EQ(read_lines("+a1|Lee|1\n+a2|Ray|2\n", transforms), "read=2 added=2");
    EXPECT_EQ(read_lines(bad + "+a2|Ray|2\n", transforms),
              "read=2 unchanged=1 quarantined=1 new=1");
    for (int night = 3; night <= 4; ++night) {
      EXPECT_EQ(read_lines(bad + "+a2|Ray|2\n", transforms), "read=2 unchanged=1 quarantined=1");
      EXPECT_EQ(records().size(), 2) << "night " << night;
      EXPECT_EQ(outcome_.message, "") << "night " << night;
    }
    EXPECT_EQ(read_lines(bad, transforms), "read=1 quarantined=1 gone=1") << "a2 is";
    EXPECT_THAT(records(), ElementsAre(HasSubstr("Lee")));
    read_lines("+a1|Fox|1\n", transforms);
    EXPECT_EQ(to_text(outcome_.counts), "read=1 changed=1");
    EXPECT_THAT(records(), ElementsAre(HasSubstr("Fox")));
    EXPECT_THAT(quarantined(), testing::IsEmpty());
  }
  // Nothing is taken for gone, since what is refused may be it.
  void expect_doubt(const std::string& bad, const std::string& transforms) {
    for (int night = 1; night <= 3; ++night) {
      read_lines(bad, transforms);
      EXPECT_EQ(outcome_.counts.gone, 0) << "night " << night;
      EXPECT_THAT(outcome_.message, HasSubstr("1 row could not be read")) << "night " << night;
    }
  }
};
INSTANTIATE_TEST_SUITE_P(On, RefusedRows, kEveryStore, store_kind_name);

TEST_P(RefusedRows, ByATransformBeforeTheOneThatChangesTheKey) {
  expect_to_keep(kRefuseFax + ", " + kUpper);
}

TEST_P(RefusedRows, ByATransformBeforeTheOneThatMakesTheKey) {
  expect_to_keep(kRefuseFax + R"(, { use: derive, into: id, template: "K-{id}" })");
}

TEST_P(RefusedRows, ByTheConnector) { expect_to_keep(kUpper, "!a1|Lee|1\n"); }

TEST_P(RefusedRows, ByTwoTransforms) {
  expect_to_keep(kRefuseFax + ", " + kRefuseFax + ", " + kUpper);
}

TEST_P(RefusedRows, WhereAFilterComesAfter) {
  expect_to_keep(kRefuseFax + ", { use: filter, drop_if: { fax: none } }, " + kUpper);
}

TEST_P(RefusedRows, TellTheKeyOfTheirRecord) {
  read_lines("+a1|Lee|none\n", kRefuseFax + ", " + kUpper);
  EXPECT_THAT(quarantined(), ElementsAre(HasSubstr("A1 \"fax\"")));
}

// It has one entry and several keys.
TEST_P(RefusedRows, OfSeveralRecords) {
  const std::string transforms = kRefuseFax + ", { use: unfold, key: id, parts: [home, work] }";
  EXPECT_EQ(read_lines("+a1|Lee|1\n+a2|Ray|2\n", transforms), "read=2 added=4 split=2");
  const std::vector<std::string> both = records();
  for (int night = 2; night <= 4; ++night) {
    read_lines("+a1|Lee|none\n+a2|Ray|2\n", transforms);
    EXPECT_EQ(outcome_.counts.gone, 0) << "night " << night;
    EXPECT_EQ(records(), both) << "night " << night;
    EXPECT_EQ(outcome_.message, "") << "night " << night;
  }
  EXPECT_THAT(quarantined(), ElementsAre(HasSubstr("; it would be several records")));
  read_lines("+a1|Lee|none\n", transforms);
  EXPECT_EQ(outcome_.counts.gone, 2) << "those of a2";
  EXPECT_EQ(records().size(), 2);
}

// The transform that refuses the row would have changed its key, too.
TEST_P(RefusedRows, ByTheTransformThatChangesTheKey) {
  const std::string transforms = R"({ use: text, fields: [fax, id], match: '\w*', case: upper })";
  read_lines("+a1|Lee|1\n+a2|Ray|2\n", transforms);
  expect_doubt("+a1|Lee|?\n+a2|Ray|2\n", transforms);
  EXPECT_EQ(records().size(), 2);
  EXPECT_THAT(quarantined(), ElementsAre(HasSubstr("; which record it is cannot be told")));
}

// A new one may as well be one that is misread.
TEST_P(RefusedRows, OfARecordThatNobodyKnows) {
  const std::string transforms = kRefuseFax + ", " + kUpper;
  read_lines("+a1|Lee|1\n+a2|Ray|2\n", transforms);
  expect_doubt("+a3|Fox|none\n+a2|Ray|2\n", transforms);
  EXPECT_EQ(read_lines("+a3|Fox|3\n+a2|Ray|2\n", transforms), "read=2 unchanged=1 added=1 gone=1");
}

// Where no transform has a hand in the key, it is what the row says.
TEST_P(RefusedRows, OfANewRecordWithItsOwnKey) {
  read_lines("+a1|Lee|1\n+a2|Ray|2\n", kRefuseFax);
  EXPECT_EQ(read_lines("+a3|Fox|none\n+a2|Ray|2\n", kRefuseFax),
            "read=2 unchanged=1 quarantined=1 new=1 gone=1");
}

// So that it can be seen since when it waits, and the night before undone.
TEST_P(RefusedRows, AreWrittenOnce) {
  const std::string transforms = kRefuseFax + ", { use: unfold, key: id, parts: [home, work] }";
  read_lines("+a1|Lee|1\n", transforms);
  const auto entry = [&] {
    const auto row = database_.query("SELECT id, run_id, reason FROM quarantine");
    EXPECT_TRUE(row->next());
    return std::tuple(row->integer(0), row->integer(1), std::string(row->text(2)));
  };
  read_lines("+a1|Lee|none\n", transforms);
  const auto first = entry();
  read_lines("+a1|Lee|none\n", transforms);
  EXPECT_EQ(entry(), first);
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM quarantine_version"), 0);
}

}  // namespace
}  // namespace cdh
