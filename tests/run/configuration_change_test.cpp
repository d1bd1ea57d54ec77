// What the audit trail says of a changed hub.yaml.
#include "hub/run/configuration_change.hpp"

#include <cstdlib>

#include <gmock/gmock.h>

#include "hub/store/audit.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;

class ConfigurationChange : public SmallHub {
 protected:
  enum class How { as_usual, dry, accepting };
  void run_with(const HubConfig& config, How how = How::as_usual) const {
    RunOptions options;
    options.who = "ada";
    options.dry_run = how == How::dry;
    options.accept_changes = how == How::accepting;
    consolidate(config, options);
  }
  HubConfig with(const std::string& hub_keys, const std::string& crm = kCrm) const {
    return parse_hub_config("hub:\n  store: sqlite://hub.db\n" + hub_keys +
                                std::string(kHead).substr(std::string(kHead).find("sources:")) +
                                crm,
                            folder_ / "hub.yaml");
  }
  std::vector<std::string> events(const HubConfig& config) const {
    Database database(config.store, Database::Mode::view);
    std::vector<std::string> lines;
    for (const AuditEntry& entry : list_audit_events(database, 10)) {
      lines.push_back(entry.event.who + " " + entry.event.action + " " + entry.event.subject);
    }
    return lines;
  }
};

TEST_F(ConfigurationChange, TheFirstRunAndOneLikeItSayNothing) {
  run_with(config());
  run_with(config());
  EXPECT_THAT(events(config()), IsEmpty());
}

TEST_F(ConfigurationChange, AChangedSettingIsNamedOnce) {
  run_with(with("  undo_runs: 7\n"));
  run_with(with("  undo_runs: 3\n"));
  run_with(with("  undo_runs: 3\n"));
  EXPECT_THAT(events(config()),
              ElementsAre(MatchesRegex("ada configuration [0-9a-f]{16}: hub.undo_runs")));
}

TEST_F(ConfigurationChange, NewAndRemovedOnesAreTold) {
  run_with(config());
  run_with(with("  country: US\n  metrics: cdh.prom\n"));
  ASSERT_THAT(events(config()), testing::SizeIs(1));
  EXPECT_THAT(events(config())[0], HasSubstr(": +hub.metrics, -sources.shop."));
  EXPECT_THAT(events(config())[0], Not(HasSubstr("cdh.prom"))) << "never a value";
}

TEST_F(ConfigurationChange, AMappingIsOneSetting) {
  run_with(with(""));
  std::string crm = kCrm;
  crm.replace(crm.find("birth_date: born"), 16, "occupation: born");
  run_with(with("", crm));
  EXPECT_THAT(events(config()), ElementsAre(EndsWith(": sources.crm.streams.crm.map")));
}

TEST_F(ConfigurationChange, ANewPasswordIsNone) {
  for (const char* password : {"first-password", "second-password"}) {
    ::setenv("CDH_TEST_PASSWORD", password, 1);
    run_with(
        with("  notify: { events: late, mail: { server: smtps://h, from: a@b.example, to: "
             "c@d.example, user: u, password: \"${env:CDH_TEST_PASSWORD}\" } }\n"));
    run_with(
        with("  notify: { events: late, mail: { server: smtps://h, from: a@b.example, to: "
             "c@d.example, user: u, password: " +
             std::string(password) + " } }\n"));
  }
  ::unsetenv("CDH_TEST_PASSWORD");
  EXPECT_THAT(events(config()), IsEmpty());
}

TEST_F(ConfigurationChange, ADryRunNotesNothing) {
  run_with(with("  undo_runs: 7\n"));
  run_with(with("  undo_runs: 3\n"), How::dry);
  EXPECT_THAT(events(config()), IsEmpty());
}

TEST_F(ConfigurationChange, AcceptedChangesAreAnAct) {
  run_with(config());
  run_with(config(), How::accepting);
  EXPECT_THAT(events(config()), ElementsAre("ada run --accept-changes run 2"));
}

}  // namespace
}  // namespace cdh
