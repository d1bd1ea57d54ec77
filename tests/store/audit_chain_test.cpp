// The audit trail shows what was tampered with.
#include "hub/store/audit.hpp"
#include "hub/store/run_log.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class AuditChainTest : public StoreTest {
 protected:
  void act(const std::string& subject) {
    Transaction transaction(database_);
    add_audit_event(database_, {"ada", "set", subject});
    transaction.commit();
  }
  void act_five_times() {
    for (const char* subject : {"a", "b", "c", "d", "e"}) act(subject);
  }
  void finish_a_run() {
    RunEntry run;
    run.id = begin_run(database_);
    run.status = "done";
    finish_run(database_, run);
  }
};
INSTANTIATE_TEST_SUITE_P(On, AuditChainTest, kEveryStore, store_kind_name);

TEST_P(AuditChainTest, EachHashCoversTheOneBefore) {
  database_.execute(
      "INSERT INTO audit_event (id, at, who, action, subject) VALUES (1, 'then', 'a', 'b', 'c')");
  act("x");
  EXPECT_THAT(audit_faults(database_), IsEmpty());
  const auto entries = list_audit_events(database_, 10);
  ASSERT_THAT(entries, SizeIs(2));
  EXPECT_EQ(entries[0].event.subject, "x");
  EXPECT_EQ(entries[0].head.hash.size(), 64U);
  EXPECT_EQ(entries[1].head.hash, "") << "of an older version";
  database_.execute("UPDATE audit_event SET who = 'eve' WHERE id = 1");
  EXPECT_THAT(audit_faults(database_), ElementsAre(HasSubstr("event 2: it, or what stood before")))
      << "the first with a hash covers those without";
}

TEST_P(AuditChainTest, AWholeTrailHasNoFault) {
  EXPECT_THAT(audit_faults(database_), IsEmpty());
  EXPECT_EQ(audit_head(database_), AuditHead{});
  act_five_times();
  finish_a_run();
  EXPECT_THAT(audit_faults(database_, {audit_head(database_)}), IsEmpty());
}

TEST_P(AuditChainTest, AChangedEventIsFound) {
  for (const char* change : {"who = 'eve'", "action = 'unset'", "subject = 'f'", "at = 'then'",
                             "hash = NULL", "hash = 'abc'"}) {
    const TestHub hub(GetParam());
    Database database(hub.store(), Database::Mode::create);
    migrate(database);
    for (const char* subject : {"a", "b", "c"}) {
      Transaction transaction(database);
      add_audit_event(database, {"ada", "set", subject});
      transaction.commit();
    }
    database.execute(std::string("UPDATE audit_event SET ") + change + " WHERE id = 2");
    const auto faults = audit_faults(database);
    EXPECT_FALSE(faults.empty()) << change;
    if (!faults.empty()) {
      EXPECT_THAT(faults[0], HasSubstr("audit trail: event 2: ")) << change;
    }
  }
}

TEST_P(AuditChainTest, ARemovedEventIsFound) {
  act_five_times();
  database_.execute("DELETE FROM audit_event WHERE id IN (2, 3)");
  EXPECT_THAT(audit_faults(database_),
              ElementsAre("audit trail: event 4: 2 before it are missing",
                          HasSubstr("event 4: it, or what stood before it, is not what was")));
}

TEST_P(AuditChainTest, AnEventPutInIsFound) {
  act_five_times();
  database_.execute("UPDATE audit_event SET id = 6 WHERE id = 5");
  database_.execute(
      "INSERT INTO audit_event (id, at, who, action, subject) VALUES (5, 'now', 'eve', 'b', 'c')");
  EXPECT_THAT(audit_faults(database_), ElementsAre(HasSubstr("event 5: it has no hash"),
                                                   HasSubstr("event 6: it, or what stood")));
}

TEST_P(AuditChainTest, ACutTailIsFoundByTheRunsThatSawIt) {
  act_five_times();
  finish_a_run();
  const AuditHead head = audit_head(database_);
  EXPECT_EQ(find_run(database_, 1)->audit, head);
  EXPECT_EQ(parse_audit_head(to_text(head)), head);
  database_.execute("DELETE FROM audit_event WHERE id > 3");
  EXPECT_THAT(audit_faults(database_), ElementsAre("audit trail: run 1 saw event 5, and it is not "
                                                   "there any more"));
  act("x");
  act("y");
  EXPECT_THAT(audit_faults(database_),
              ElementsAre("audit trail: event 5 is not the one that run 1 saw"));
  database_.execute("UPDATE run SET audit_event = NULL, audit_hash = NULL");
  EXPECT_THAT(audit_faults(database_), IsEmpty()) << "whoever can write all of it";
  EXPECT_THAT(audit_faults(database_, {head}), SizeIs(1)) << "but not what was kept elsewhere";
}

TEST(AuditHead, ThatIsNoneIsRefused) {
  for (const char* text : {"", "17", "17:", ":abc", "x:abc", "17:abc"}) {
    EXPECT_THROW(parse_audit_head(text), Error) << text;
  }
}

}  // namespace
}  // namespace cdh
