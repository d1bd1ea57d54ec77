#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"
#include "tests/app/store_dump.hpp"

namespace cdh::test {
namespace {

using ::testing::HasSubstr;

class StoreCommand : public ::testing::Test {
 protected:
  StoreCommand() { EXPECT_EQ(hub_.run({"init", "."}).exit_code, 0); }

  const HubFolder hub_;
};

TEST_F(StoreCommand, MigratesOnce) {
  const Outcome first = hub_.run({"store", "migrate"});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("schema version 0 -> "));
  EXPECT_THAT(hub_.run({"store", "migrate"}).out, HasSubstr("nothing to do"));
  EXPECT_EQ(hub_.run({"store", "check"}).exit_code, 0);
}

TEST_F(StoreCommand, CountsRecordsByStream) {
  hub_.run({"run"});
  const Outcome outcome = hub_.run({"store", "check", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["ok"], true);
  ASSERT_EQ(json["streams"].size(), 2U);
  EXPECT_EQ(json["streams"][0]["source"], "newsletter");
  EXPECT_EQ(json["streams"][0]["records"], 3);
  EXPECT_EQ(json["streams"][1]["records"], 4);
}

TEST_F(StoreCommand, ThereIsNothingToCheckBeforeTheFirstRun) {
  const Outcome outcome = hub_.run({"store", "check"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cdh run"));
}

TEST_F(StoreCommand, RefusesALaterSchema) {
  hub_.run({"run"});
  tamper(hub_.path() / "customers.db", "INSERT INTO schema_version VALUES (999, '')");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"store", "migrate"}, {"store", "check"}, {"run"}}) {
    const Outcome outcome = hub_.run(words);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("999"));
  }
  EXPECT_EQ(hub_.run({"check"}).exit_code, 2);
}

TEST_F(StoreCommand, FindsWhatIsWrong) {
  struct Damage {
    const char* statements;
    const char* finding;
  };
  for (const Damage& damage : std::initializer_list<Damage>{
           {"UPDATE source_record SET mapped = '[{' WHERE id = 1", "mapped values do not parse: 1"},
           {"UPDATE source_record SET raw = 'x' WHERE id = 1", "raw values do not parse: 1"},
           {"UPDATE source_record SET stream_id = 77 WHERE id = 1", "stream_id is not in stream"},
           {"DELETE FROM pipeline WHERE id = 1", "pipeline_id is not in pipeline"},
           {"DELETE FROM profile WHERE id = 1", "link rows whose profile_id is not in profile: 1"},
           {"DELETE FROM source_record WHERE id = 1", "link rows without a source record: 16"},
           {"DELETE FROM link WHERE profile_id = 3", "profiles without a link"},
           {"UPDATE profile SET record_count = 9 WHERE id = 1", "record_count"},
           {"UPDATE profile SET lineage = '{\"*\":[1]}' WHERE id = 1", "lineage does not parse: 1"},
           {"UPDATE source_record SET gone_run = 1 WHERE id = 1", "records that are gone"},
           {"INSERT INTO profile_alias SELECT uuid, uuid, 1 FROM profile WHERE id = 1",
            "aliases that are profiles themselves"},
           {"INSERT INTO profile_alias VALUES ('a', 'b', 1), ('b', 'c', 1)",
            "aliases that lead to another alias: a"},
           {"UPDATE email SET profile_id = 99 WHERE profile_id = 1", "email rows"},
           {"UPDATE consent SET id = id + 16000", "consent rows without a source record"},
           {"DELETE FROM consent", "effective_consent rows whose consent_id is not in consent"},
       }) {
    SCOPED_TRACE(damage.statements);
    const HubFolder hub;
    hub.run({"init", "."});
    hub.run({"run"});
    ASSERT_EQ(hub.run({"store", "check"}).exit_code, 0);
    tamper(hub.path() / "customers.db", damage.statements);
    const Outcome outcome = hub.run({"store", "check"});
    EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr(damage.finding));
  }
}

// An alias whose profile lost its last record leads nowhere, and that is no fault.
TEST_F(StoreCommand, AnAliasMayLeadNowhere) {
  hub_.run({"run"});
  tamper(hub_.path() / "customers.db", "INSERT INTO profile_alias VALUES ('a', 'b', 1)");
  EXPECT_EQ(hub_.run({"store", "check"}).exit_code, 0);
}

}  // namespace
}  // namespace cdh::test
