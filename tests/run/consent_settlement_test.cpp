#include "hub/run/consent_settlement.hpp"

#include <string>

#include <gtest/gtest.h>

#include "hub/run/consolidation.hpp"
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
)";

class ConsentSettlementTest : public testing::TestWithParam<StoreKind> {
 protected:
  // What the only customer's two records say; nothing: there is no such record.
  void deliver(const std::string& crm, const std::string& shop) const {
    const auto file = [](const std::string& status) {
      return "id,first,last,mail,news\n" +
             (status.empty() ? "" : "1,Ann,Lee,ann@example.com," + status + "\n");
    };
    hub_.write("crm.csv", file(crm));
    hub_.write("shop.csv", file(shop));
  }

  // After a run: "refused <- crm, most_restrictive", one line a row of the store.
  std::string effective(const std::string& policy = "") const {
    RunOptions options;
    options.accept_changes = true;  // also a list without a record
    const RunReport report = consolidate(hub_.config(kSources + policy), options);
    EXPECT_EQ(report.exit, RunExit::done) << report.run.message;
    Database database(hub_.store(), Database::Mode::existing);
    const auto rows = database.query(
        "SELECT e.permission, s.name, e.rule FROM effective_consent e "
        "JOIN profile p ON p.id = e.profile_id JOIN source_record r ON r.id = e.consent_id / 16 "
        "JOIN stream m ON m.id = r.stream_id JOIN source s ON s.id = m.source_id "
        "ORDER BY e.profile_id, e.purpose");
    std::string text;
    while (rows->next()) {
      text += (text.empty() ? "" : "; ") + std::string(rows->text(0)) + " <- " +
              std::string(rows->text(1)) + ", " + std::string(rows->text(2));
    }
    return text;
  }

  TestHub hub_{GetParam()};
};

TEST_P(ConsentSettlementTest, FollowsItsRecordsFromNightToNight) {
  deliver("yes", "no");
  EXPECT_EQ(effective(), "refused <- shop, most_restrictive");
  deliver("yes", "yes");
  EXPECT_EQ(effective(), "granted <- crm, agreed");
  deliver("no", "yes");
  EXPECT_EQ(effective(), "refused <- crm, most_restrictive");
  deliver("", "yes");
  EXPECT_EQ(effective(), "granted <- shop, only");
  deliver("", "");
  EXPECT_EQ(effective(), "");
}

TEST_P(ConsentSettlementTest, FollowsThePolicyWithoutAChangedRecord) {
  deliver("yes", "no");
  EXPECT_EQ(effective(), "refused <- shop, most_restrictive");
  EXPECT_EQ(effective("merge: { fields: { consent: source_priority } }"),
            "granted <- crm, source_priority");
}

INSTANTIATE_TEST_SUITE_P(On, ConsentSettlementTest, kEveryStore, store_kind_name);

}  // namespace
}  // namespace cdh
