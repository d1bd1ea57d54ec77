// Rows of a list that are refused before their key is made: their records stay, night after night.
#include <algorithm>

#include <gmock/gmock.h>

#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/store/database.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kInDoubt = "1 row could not be read";

class RefusedRow : public testing::TestWithParam<StoreKind> {
 protected:
  RefusedRow() : hub_(GetParam()) {}

  // `key`, then the transforms; of a list of id, fax, last.
  void set_up(const std::string& key, const std::string& transforms) {
    config_ = hub_.config(
        "sources:\n  crm:\n    connector: csv\n    config: { path: crm.csv }\n    streams:\n"
        "      crm:\n        key: " +
        key + "\n        transforms: [ " + transforms +
        " ]\n        map: [ { into: person, fields: { family_name: last, birth_date: born } } ]\n");
    config_.plugins = {CDH_TEST_PLUGIN_FOLDER};
  }
  // The same of a list of id, fax, last, of which the connector refuses the rows with "!".
  void set_up_unread(const std::string& key, const std::string& transforms) {
    config_ = hub_.config(
        "sources:\n  crm:\n    connector: feed\n    config: { path: " +
        (hub_.folder() / "crm.csv").string() +
        ", rows: 10, fields: [id, fax, last] }\n    streams:\n      feed:\n        mode: full\n"
        "        key: " +
        key + "\n        transforms: [ " + transforms +
        " ]\n        map: [ { into: person, fields: { family_name: last } } ]\n");
    config_.plugins = {CDH_TEST_PLUGIN_FOLDER};
  }
  RunSource run_unread(const std::string& lines) {
    hub_.write("crm.csv", lines);
    return consolidate(config_, {}).run.sources.front();
  }
  RunSource run(const std::string& lines) {
    hub_.write("crm.csv", "id,branch,fax,last,born\n" + lines);
    return consolidate(config_, {}).run.sources.front();
  }
  std::vector<std::string> texts(const std::string& query) {
    Database database(hub_.store(), Database::Mode::existing);
    std::vector<std::string> lines;
    const auto rows = database.query(query);
    while (rows->next()) lines.emplace_back(rows->text(0));
    std::ranges::sort(lines);
    return lines;
  }
  std::vector<std::string> customers() { return texts("SELECT display_name FROM profile"); }
  std::vector<std::string> refused() { return texts("SELECT source_key FROM quarantine"); }

  // Ann's row is refused for several nights, of which on the second Bob's is there no more: he is
  // gone, and she stays.
  void expect_to_know_ann(const std::string& key, const std::string& transforms,
                          const std::string& known_as) {
    set_up(key, transforms);
    EXPECT_EQ(run(kAnn + kBob + kCy).counts.added, 3);
    for (const std::int64_t gone : {0, 1, 0}) {
      const RunSource source = run(kBadAnn + kCy + (bob_is_there_ ? kBob : ""));
      EXPECT_EQ(source.counts.quarantined, 1);
      EXPECT_EQ(source.counts.gone, gone);
      EXPECT_THAT(source.message, Not(HasSubstr("could not be read")));
      EXPECT_THAT(refused(), ElementsAre(known_as));
      if (gone == 0 && bob_is_there_) {
        EXPECT_THAT(customers(), ElementsAre("Fox", "Lee", "Ray"));
      } else {
        EXPECT_THAT(customers(), ElementsAre("Fox", "Lee"));
      }
      bob_is_there_ = false;
    }
    EXPECT_EQ(run(kCy).counts.gone, 1) << "now she is";
    EXPECT_THAT(customers(), ElementsAre("Fox"));
    EXPECT_THAT(refused(), IsEmpty());
  }
  // Nobody can tell whose row it is.
  void expect_doubt(const std::string& key, const std::string& transforms) {
    set_up(key, transforms);
    EXPECT_EQ(run(kAnn + kBob + kCy).counts.added, 3);
    for (int night = 2; night <= 4; ++night) {
      const RunSource source = run(kBadAnn + kCy);
      EXPECT_EQ(source.counts.quarantined, 1) << "night " << night;
      EXPECT_EQ(source.counts.gone, 0) << "night " << night;
      EXPECT_THAT(source.message, HasSubstr(kInDoubt)) << "night " << night;
      EXPECT_THAT(customers(), ElementsAre("Fox", "Lee", "Ray")) << "night " << night;
    }
    EXPECT_EQ(run(kAnn + kCy).counts.gone, 1) << "put right: Bob is";
    EXPECT_THAT(customers(), ElementsAre("Fox", "Lee"));
    EXPECT_THAT(refused(), IsEmpty());
  }

  const std::string kAnn = "a1,north,1,Lee,\n";
  const std::string kBadAnn = "a1,north,none,Lee,\n";
  const std::string kBob = "a2,south,2,Ray,\n";
  const std::string kCy = "a3,south,3,Fox,\n";
  const std::string kFax = R"({ use: text, fields: [fax], match: "[0-9]*" })";
  const std::string kUpper = "{ use: text, fields: [id], case: upper }";
  bool bob_is_there_ = true;
  TestHub hub_;
  HubConfig config_;
};
INSTANTIATE_TEST_SUITE_P(On, RefusedRow, kEveryStore, store_kind_name);

TEST_P(RefusedRow, IsKnownByTheKeyThatALaterTransformChanges) {
  expect_to_know_ann("id", kFax + ", " + kUpper, "A1");
}

TEST_P(RefusedRow, IsKnownByTheKeyThatALaterTransformMakes) {
  expect_to_know_ann("nr", kFax + R"(, { use: derive, into: nr, template: "{branch}-{id}" })",
                     "north-a1");
}

TEST_P(RefusedRow, IsKnownWhereALaterTransformRefusesItToo) {
  expect_to_know_ann("id", kFax + R"(, { use: filter, quarantine_if: { fax: none } }, )" + kUpper,
                     "A1");
}

TEST_P(RefusedRow, IsKnownByTheKeyThatWasMadeBeforeItsMapping) {
  set_up("id", kUpper);
  run(kAnn + kBob);
  for (const std::int64_t gone : {1, 0, 0}) {
    EXPECT_EQ(run("a1,north,1,Lee,1980-02-30\n").counts.gone, gone);
    EXPECT_THAT(customers(), ElementsAre("Lee"));
    EXPECT_THAT(refused(), ElementsAre("A1"));
  }
}

// The transform that refuses it would have made its key as well.
TEST_P(RefusedRow, IsInDoubtWhereTheTransformWouldHaveChangedTheKey) {
  expect_doubt("id", R"({ use: text, fields: [fax, id], case: upper, match: "[A-Z]?[0-9]*" })");
}

// A key comes out, but of the wrong parts.
TEST_P(RefusedRow, IsInDoubtWhereThePartsOfItsKeyWereNotMade) {
  hub_.write("fax.csv", "fax,region\n1,one\n2,two\n3,three\n");
  expect_doubt("nr",
               "{ use: lookup, file: fax.csv, on: fax, key: fax, take: { region: region }, "
               "on_missing: quarantine }, { use: derive, into: nr, join: [region, id] }");
}

TEST_P(RefusedRow, IsInDoubtWhereNoKeyComesOut) {
  expect_doubt("nr", kFax + R"(, { use: map_values, field: fax, into: nr, on_unknown: "null", )" +
                         R"(values: { "1": n1, "2": n2, "3": n3 } })");
}

TEST_P(RefusedRow, StandsForAllRecordsThatAreMadeOfIt) {
  set_up("id", kFax + ", { use: unfold, key: id, parts: [home, work] }, " + kUpper);
  EXPECT_EQ(run(kAnn + kBob).counts.added, 4);
  for (const std::int64_t gone : {2, 0, 0}) {
    const RunSource source = run(kBadAnn);
    EXPECT_EQ(source.counts.gone, gone);
    EXPECT_EQ(source.counts.quarantined, 1);
    EXPECT_THAT(texts("SELECT source_key FROM source_record WHERE gone_run IS NULL"),
                ElementsAre("A1-HOME", "A1-WORK"));
    EXPECT_THAT(refused(), ElementsAre("A1-HOME"));
  }
}

// A record that nobody knows keeps no other one from being gone where the transforms leave its key alone.
TEST_P(RefusedRow, OfANewRecordHidesNoLoss) {
  set_up("id", kFax);
  run(kAnn + kBob);
  for (const std::int64_t gone : {1, 0, 0}) {
    const RunSource source = run(kAnn + "a9,north,none,Poe,\n");
    EXPECT_EQ(source.counts.gone, gone);
    EXPECT_EQ(source.message, "");
    EXPECT_THAT(customers(), ElementsAre("Lee"));
  }
}

TEST_P(RefusedRow, OfTheConnectorIsKnownByTheKeyThatATransformChanges) {
  set_up_unread("id", kUpper);
  EXPECT_EQ(run_unread("+a1|1|Lee\n+a2|2|Ray\n+a3|3|Fox\n").counts.added, 3);
  for (const std::int64_t gone : {1, 0, 0}) {
    const RunSource source = run_unread("!a1|nan|Lee\n+a3|3|Fox\n");
    EXPECT_EQ(source.counts.quarantined, 1);
    EXPECT_EQ(source.counts.gone, gone);
    EXPECT_THAT(customers(), ElementsAre("Fox", "Lee"));
    EXPECT_THAT(refused(), ElementsAre("A1"));
  }
  EXPECT_EQ(run_unread("+a3|3|Fox\n").counts.gone, 1);
  EXPECT_THAT(refused(), IsEmpty());
}

TEST_P(RefusedRow, OfTheConnectorStandsForAllRecordsThatAreMadeOfIt) {
  set_up_unread("id", "{ use: unfold, key: id, parts: [home, work] }");
  EXPECT_EQ(run_unread("+a1|1|Lee\n+a2|2|Ray\n").counts.added, 4);
  for (const std::int64_t gone : {2, 0, 0}) {
    EXPECT_EQ(run_unread("!a1|1|Lee\n").counts.gone, gone);
    EXPECT_THAT(texts("SELECT source_key FROM source_record WHERE gone_run IS NULL"),
                ElementsAre("a1-home", "a1-work"));
  }
}

TEST_P(RefusedRow, OfTheConnectorIsInDoubtWhereAPartOfItsKeyIsMissing) {
  set_up_unread("nr", "{ use: derive, into: nr, join: [last, fax] }");
  EXPECT_EQ(run_unread("+a1|1|Lee\n+a2|2|Ray\n").counts.added, 2);
  for (int night = 2; night <= 4; ++night) {
    const RunSource source = run_unread("!a1||Lee\n");
    EXPECT_EQ(source.counts.gone, 0) << "night " << night;
    EXPECT_THAT(source.message, HasSubstr(kInDoubt)) << "night " << night;
    EXPECT_THAT(customers(), ElementsAre("Lee", "Ray")) << "night " << night;
  }
  EXPECT_EQ(run_unread("+a1|1|Lee\n").counts.gone, 1);
  EXPECT_THAT(customers(), ElementsAre("Lee"));
}

// Of two fields, without a transform.
TEST_P(RefusedRow, OfTheConnectorIsInDoubtWithoutItsWholeKey) {
  set_up_unread("[last, fax]", "");
  EXPECT_EQ(run_unread("+a1|1|Lee\n+a2|2|Ray\n").counts.added, 2);
  for (int night = 2; night <= 4; ++night) {
    const RunSource source = run_unread("!a1||Lee\n");
    EXPECT_EQ(source.counts.gone, 0) << "night " << night;
    EXPECT_THAT(source.message, HasSubstr(kInDoubt)) << "night " << night;
  }
}

TEST_P(RefusedRow, OfARemappedListStays) {
  set_up("id", kUpper);
  run(kAnn + kBob + kCy);
  set_up("id", kFax + ", " + kUpper);
  for (int night = 2; night <= 4; ++night) {
    EXPECT_EQ(run(kBadAnn + kBob + kCy).counts.gone, 0) << "night " << night;
    EXPECT_THAT(customers(), ElementsAre("Fox", "Lee", "Ray")) << "night " << night;
  }
}

}  // namespace
}  // namespace cdh
