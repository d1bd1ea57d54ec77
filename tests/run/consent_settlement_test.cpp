#include "hub/run/consent_settlement.hpp"

#include <string>

#include <gmock/gmock.h>

#include "hub/run/consolidation.hpp"
#include "hub/store/schema.hpp"
#include "tests/run/old_store.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kSources = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    trust: 80
    streams:
      crm:
        key: id
        map:
          - into: person
            fields: { given_name: first, family_name: last, emails: [mail] }
          - into: consent
            fields: { purpose: { value: news }, status: news }
  shop:
    connector: csv
    config: { path: shop.csv }
    trust: 20
    streams:
      shop:
        key: id
        map:
          - into: person
            fields: { given_name: first, family_name: last, emails: [mail] }
          - into: consent
            fields: { purpose: { value: news }, status: news }
  calls:
    connector: csv
    config: { path: calls.csv }
    streams:
      calls:
        key: id
        map:
          - into: consent
            refs: { customer: { source: crm, stream: crm, key: customer } }
            fields: { purpose: { value: calls }, status: status }
)";

// Ann is record 1 of crm and of shop. So many others stand beside her that a change of hers is a
// small part of everything.
class ConsentSettlementTest : public testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    deliver("crm", ann("yes"));
    deliver("shop", ann("yes"));
    deliver_calls("");
  }

  static std::string ann(const std::string& news, const std::string& mail = "ann@example.com") {
    return "1,Ann,Lee," + mail + "," + news + "\n";
  }

  void deliver(const std::string& source, const std::string& rows) const {
    std::string text = "id,first,last,mail,news\n" + rows;
    for (int i = 100; i < 140; ++i) {
      const std::string id = std::to_string(i);
      text += id + ",Other," + source + "-" + id + "," + source + id + "@example.com,yes\n";
    }
    hub_.write(source + ".csv", text);
  }

  void deliver_calls(const std::string& rows) const {
    hub_.write("calls.csv", "id,customer,status\n" + rows);
  }

  // After a run, of Ann's profiles: "news refused <- shop, most_restrictive", parted by "; ".
  std::string effective(const std::string& policy = "") const {
    RunOptions options;
    options.accept_changes = true;  // also a list without a record
    const RunReport report = consolidate(hub_.config(kSources + policy), options);
    EXPECT_EQ(report.exit, RunExit::done) << report.run.message;
    Database database(hub_.store(), Database::Mode::existing);
    const auto rows = database.query(
        "SELECT e.purpose, e.permission, s.name, e.rule FROM effective_consent e "
        "JOIN profile p ON p.id = e.profile_id JOIN source_record r ON r.id = e.consent_id >> 4 "
        "JOIN stream m ON m.id = r.stream_id JOIN source s ON s.id = m.source_id "
        "WHERE p.given_name = 'Ann' ORDER BY e.purpose, s.name");
    std::string text;
    while (rows->next()) {
      text += (text.empty() ? "" : "; ") + std::string(rows->text(0)) + " " +
              std::string(rows->text(1)) + " <- " + std::string(rows->text(2)) + ", " +
              std::string(rows->text(3));
    }
    return text;
  }

  TestHub hub_{GetParam()};
};

TEST_P(ConsentSettlementTest, FollowsItsRecordsFromNightToNight) {
  EXPECT_EQ(effective(), "news granted <- crm, agreed");
  deliver("shop", ann("no"));
  EXPECT_EQ(effective(), "news refused <- shop, most_restrictive");
  deliver("crm", "");
  EXPECT_EQ(effective(), "news refused <- shop, only");
  deliver("shop", "");
  EXPECT_EQ(effective(), "");
}

TEST_P(ConsentSettlementTest, PartsWithTheCustomers) {
  deliver("shop", ann("no"));
  EXPECT_EQ(effective(), "news refused <- shop, most_restrictive");
  deliver("shop", ann("no", "another.ann@example.com"));
  EXPECT_EQ(effective(), "news granted <- crm, only; news refused <- shop, only");
  deliver("shop", ann("no"));
  EXPECT_EQ(effective(), "news refused <- shop, most_restrictive");
}

// The text of the law where its short name should be: it would not fit a key, of no database.
TEST_P(ConsentSettlementTest, APurposeThatIsTooLongIsQuarantinedAndTheLongestIsNot) {
  std::string sources = kSources;
  const std::string_view calls = "purpose: { value: calls }";
  sources.replace(sources.find(calls), calls.size(), "purpose: about, channel: by");
  const std::string longest(1000, 'l'), another(1000, 'b');
  hub_.write("calls.csv", "id,customer,status,about,by\n7,1,no," + longest + "," + another +
                              "\n8,1,no," + longest + "x,mail\n9,1,no,short," + another + "x\n");
  const RunReport report = consolidate(hub_.config(sources), {});
  EXPECT_EQ(report.exit, RunExit::newly_quarantined) << report.run.message;
  Database database(hub_.store(), Database::Mode::existing);
  const auto kept =
      database.query_text("SELECT COUNT(*) FROM effective_consent WHERE purpose = ?", {longest});
  ASSERT_TRUE(kept->next());
  EXPECT_EQ(kept->integer(0), 1);
  const auto refused = database.query("SELECT field, reason FROM quarantine ORDER BY source_key");
  for (const std::string field : {"about", "by"}) {
    ASSERT_TRUE(refused->next());
    EXPECT_EQ(refused->text(0), field);
    EXPECT_THAT(std::string(refused->text(1)),
                testing::HasSubstr("has 1001 bytes; at most 1000 are taken"));
  }
}

TEST_P(ConsentSettlementTest, WaitsForItsCustomerAndMovesToAnother) {
  deliver("crm", "");
  deliver_calls("7,1,no\n");
  EXPECT_EQ(effective(), "news granted <- shop, only");
  deliver("crm", ann("yes"));
  EXPECT_EQ(effective(), "calls refused <- calls, only; news granted <- crm, agreed");
  deliver_calls("7,100,no\n");
  EXPECT_EQ(effective(), "news granted <- crm, agreed");
  deliver_calls("7,1,yes\n");
  EXPECT_EQ(effective(), "calls granted <- calls, only; news granted <- crm, agreed");
}

TEST_P(ConsentSettlementTest, FollowsThePolicyWithoutAChangedRecord) {
  deliver("shop", ann("no"));
  EXPECT_EQ(effective(), "news refused <- shop, most_restrictive");
  EXPECT_EQ(effective("merge: { fields: { consent: source_priority } }"),
            "news granted <- crm, source_priority");
}

TEST_P(ConsentSettlementTest, IsThereAfterAMigrationWithoutAChangedRecord) {
  deliver("shop", ann("no"));
  EXPECT_EQ(effective(), "news refused <- shop, most_restrictive");
  {
    Database database(hub_.store(), Database::Mode::existing);
    take_back_to_version_2(database);
    EXPECT_EQ(migrate(database), 2);
  }
  EXPECT_EQ(effective(), "news refused <- shop, most_restrictive");
}

INSTANTIATE_TEST_SUITE_P(On, ConsentSettlementTest, kEveryStore, store_kind_name);

}  // namespace
}  // namespace cdh
