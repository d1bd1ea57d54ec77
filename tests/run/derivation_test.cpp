// Records are read, matched, merged and written in blocks, some of it on a second thread: nothing
// of that may show in the store.
#include "hub/run/derivation.hpp"

#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "tests/run/made_up_name.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kPeople = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - into: person
            fields: { family_name: id, emails: [mail] }
)";

class DerivationTest : public testing::Test {
 protected:
  void write_people(int count) const {
    std::string rows = "id,mail\n";
    for (int i = 1; i <= count; ++i) {
      const std::string name = made_up_name(i);
      rows += name + "," + name + "@example.com\n";
    }
    hub_.write("crm.csv", rows);
  }

  RunReport run(bool full = false) const {
    RunOptions options;
    options.full = full;
    return consolidate(hub_.config(kPeople), options);
  }

  TestHub hub_;
};

// More than two blocks of everything.
TEST_F(DerivationTest, BlocksKeepTheOrderOfTheRecords) {
  constexpr int kCount = 21'000;
  write_people(kCount);
  EXPECT_EQ(run().run.profiles.created, kCount);
  Database database(hub_.store(), Database::Mode::existing);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM source_record r "
                            "JOIN link l ON l.party_id = r.id * 16 "
                            "JOIN profile p ON p.id = l.profile_id "
                            "JOIN email e ON e.profile_id = p.id "
                            "WHERE p.id = r.id AND p.family_name = r.source_key "
                            "AND e.value = r.source_key || '@example.com'"),
            kCount);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM profile a JOIN profile b ON b.id = a.id + 1 "
                            "WHERE a.uuid < b.uuid"),
            kCount - 1);
  // Nothing differs, so nothing is written again.
  const ProfileCounts again = run(true).run.profiles;
  EXPECT_EQ(again.created + again.changed + again.removed, 0);
}

// A contact that is filled in takes the first place of its record and is merged in an early block,
// its company, which stood there before, in a later one.
TEST_F(DerivationTest, APlaceThatChangesHandsBetweenBlocksKeepsItsNewLink) {
  constexpr int kCount = 21'000;
  const std::string yaml =
      std::string(kPeople) +
      "  cards:\n    connector: csv\n    config: { path: cards.csv }\n    streams:\n      cards:\n"
      "        key: id\n        map:\n"
      "          - { into: person, fields: { family_name: last, emails: [mail] } }\n"
      "          - { into: organization, fields: { name: company } }\n";
  const auto write_cards = [&](bool with_contacts) {
    std::string rows = "id,last,mail,company\n";
    for (int i = 1; i <= 20; ++i) {
      const std::string person = made_up_name(i * 10);
      rows += std::to_string(i) + ",";
      rows += with_contacts ? person + "," + person + "@example.com," : ",,";
      rows += "Company " + made_up_name(kCount + i) + "\n";
    }
    hub_.write("cards.csv", rows);
  };
  write_people(kCount);
  run();
  write_cards(false);
  const auto consolidate_all = [&] {
    RunOptions options;
    options.full = true;
    consolidate(hub_.config(yaml), options);
  };
  consolidate_all();
  write_cards(true);
  consolidate_all();
  Database database(hub_.store(), Database::Mode::existing);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM link"), kCount + 40);
  consolidate_all();
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM link"), kCount + 40);
}

TEST_F(DerivationTest, ARecordThatIsNotReadableEndsTheRun) {
  write_people(5);
  run();
  Database database(hub_.store(), Database::Mode::existing);
  database.execute("UPDATE source_record SET mapped = '[oops' WHERE source_key = '" +
                   made_up_name(3) + "'");
  try {
    run(true);
    ADD_FAILURE() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_NE(std::string(error.what()).find("mapped is not readable"), std::string::npos)
        << error.what();
  }
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM profile"), 5);
}

}  // namespace
}  // namespace cdh
