#include "hub/run/model_training.hpp"

#include <array>
#include <cstdio>
#include <memory>

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/pair_assessment.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/match_model_store.hpp"
#include "hub/store/run_log.hpp"
#include "hub/store/schema.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

class ModelTrainingTest : public SmallHub {
 protected:
  // "(score 12.3)" of Ann's two records, as they were linked and as they are explained now.
  static std::string linked_with(Database& database) {
    const auto link = ann(database);
    const std::string reason(link->text(2));
    return reason.substr(reason.find("(score"));
  }
  static std::string explained(Database& database) {
    std::int64_t a = 0, b = 0;
    {
      const auto link = ann(database);
      a = link->integer(0);
      b = link->integer(1);
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "(score %.1f)",
                  PairAssessor(database, MatchPolicy{}).assess(a, b)->score);
    return text.data();
  }
  static std::unique_ptr<Cursor> ann(Database& database) {
    auto link = database.query(
        "SELECT party_id, joined_to, reason FROM link WHERE joined_to <> 0 ORDER BY party_id");
    EXPECT_TRUE(link->next());
    return link;
  }

  std::string url() const { return "sqlite://" + (folder_ / "hub.db").string(); }

  // Ann is there twice, with a birth date that no household shares.
  void write_people(const std::string& more = "") const {
    write("crm.csv",
          "id,first,last,mail,born\n"
          "1,Ann,Lee,ann@example.com,1980-01-02\n"
          "2,Bob,Ray,bob@example.com,1981-02-03\n"
          "4,Ann,Lee,,1980-01-02\n" +
              more);
    write("shop.csv", "no,name,surname,mail,total\n");
  }
  // Ten more, so that any two are less likely to be one.
  void add_people() const {
    std::string rows;
    int id = 10;
    for (const char* family : {"Abbot", "Brown", "Clark", "Dunne", "Evans", "Fisher", "Grant",
                               "Hughes", "Irving", "Jordan"}) {
      const std::string n = std::to_string(id++);
      rows += n + ",Ann," + family + ",m" + n + "@example.com,19" + n + "-03-04\n";
    }
    write_people(rows);
  }
  // Two runs; the second reads what the model has not seen.
  void outgrow_model() const {
    write_people();
    run(config());
    add_people();
    run(config());
  }
};

TEST_F(ModelTrainingTest, ShowsWhatWouldChangeAndStoresNothing) {
  outgrow_model();
  Database database(url(), Database::Mode::view);
  const Training training = train_anew(database, config(), false, "ada");
  EXPECT_EQ(training.parties, 13);
  EXPECT_EQ(training.old_version, 1);
  EXPECT_EQ(training.new_version, 0);
  const ProfileChanges& profiles = training.profiles;
  EXPECT_EQ(profiles.unchanged + profiles.changed, count_profiles(database));
  EXPECT_GT(profiles.split, 0) << "of three records it had learnt that all is one";
  EXPECT_EQ(profiles.created + profiles.merged, 0);
  ASSERT_FALSE(training.weights.empty());
  EXPECT_LE(training.weights.size(), 5);
  for (std::size_t i = 1; i < training.weights.size(); ++i) {
    const auto size = [](const WeightChange& change) {
      return std::abs(change.after - change.before);
    };
    EXPECT_GE(size(training.weights[i - 1]), size(training.weights[i]));
  }
  EXPECT_EQ(match_model_summary(database)->id, 1);
}

TEST_F(ModelTrainingTest, TheNextRunUsesWhatIsActivated) {
  outgrow_model();
  std::int64_t promised = 0;
  {
    Database database(url(), Database::Mode::existing);
    const Training training = train_anew(database, config(), true, "ada");
    EXPECT_EQ(training.new_version, 2);
    const ProfileChanges& profiles = training.profiles;
    promised = profiles.unchanged + profiles.changed + profiles.created + profiles.split;
    EXPECT_NE(promised, count_profiles(database));
    EXPECT_EQ(match_model_summary(database)->parties, 13);
    EXPECT_EQ(match_model_summary(database)->run_id, 2);
    const auto audit = database.query("SELECT who, action, subject FROM audit_event");
    ASSERT_TRUE(audit->next());
    EXPECT_EQ(audit->text(0), "ada");
    EXPECT_EQ(audit->text(1), "match train");
    EXPECT_EQ(audit->text(2), "model 2");
  }
  Database database(url(), Database::Mode::view);
  const std::string learnt_anew = explained(database);
  EXPECT_NE(linked_with(database), learnt_anew) << "the run takes it up, not the training";
  run(config());
  EXPECT_EQ(linked_with(database), learnt_anew);
  EXPECT_EQ(count_profiles(database), promised);
  EXPECT_EQ(match_model_summary(database)->id, 2);
}

// Of three records it was learnt, and there are 13: the run weighs by the model carried over.
TEST_F(ModelTrainingTest, WhatIsExplainedIsWhatTheRunLinkedWith) {
  write_people();
  run(config());
  Database database(url(), Database::Mode::view);
  const std::string first = linked_with(database);
  EXPECT_EQ(explained(database), first);
  add_people();
  run(config());
  EXPECT_NE(linked_with(database), first);
  EXPECT_EQ(explained(database), linked_with(database));
}

TEST_F(ModelTrainingTest, TheSameRecordsGiveTheSameModel) {
  run(config());
  Database database(url(), Database::Mode::view);
  EXPECT_TRUE(train_anew(database, config(), false, "ada").weights.empty());
}

TEST_F(ModelTrainingTest, MendsAModelThatCannotBeRead) {
  run(config());
  {
    Database database(url(), Database::Mode::existing);
    database.execute("UPDATE match_model SET content = 'none'");
    EXPECT_THROW(PairAssessor(database, MatchPolicy{}), Error);
    EXPECT_EQ(train_anew(database, config(), true, "ada").new_version, 2);
    PairAssessor(database, MatchPolicy{});
  }
  EXPECT_EQ(run(config()).exit, RunExit::done);
}

TEST_F(ModelTrainingTest, WhileARunIsGoingNothingIsActivated) {
  run(config());
  Database running(url(), Database::Mode::existing), database(url(), Database::Mode::existing);
  ASSERT_TRUE(running.try_lock_for_run());
  try {
    train_anew(database, config(), true, "ada");
    FAIL() << "activated";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
  }
  EXPECT_EQ(match_model_summary(database)->id, 1);
}

// A steward is told so when a run, or a training that is activated, holds the lock.
TEST_F(ModelTrainingTest, ADecisionMadeMeanwhileTakesEffectBeforeItEnds) {
  run(config());
  Database database(url(), Database::Mode::existing);
  ASSERT_EQ(count_profiles(database), 2);
  const auto profile = [&](const char* name) {
    const auto row = database.query_text("SELECT uuid FROM profile WHERE display_name = ?", {name});
    return row->next() ? std::string(row->text(0)) : "";
  };
  {
    Database running(url(), Database::Mode::existing);
    ASSERT_TRUE(running.try_lock_for_run());
    const std::string ann = profile("Ann Lee"), bob = profile("Bob Ray");
    ASSERT_FALSE(merge_profiles(database, config(), ann, bob, "ada").published);
  }
  train_anew(database, config(), true, "ada");
  EXPECT_EQ(count_profiles(database), 1);
  Database other(url(), Database::Mode::existing);
  EXPECT_TRUE(other.try_lock_for_run()) << "it is given back";
}

TEST_F(ModelTrainingTest, WithoutRecordsThereIsNothingToLearn) {
  Database database(url(), Database::Mode::create);
  migrate(database);
  EXPECT_THROW(train_anew(database, config(), false, "ada"), Error);
}

TEST_F(ModelTrainingTest, TellsThatTheRecordsHaveBecomeManyMore) {
  write_people();
  run(config());
  Database database(url(), Database::Mode::view);
  const auto before = model_drift(database);
  ASSERT_TRUE(before);
  EXPECT_EQ(before->learnt_from, 3);
  EXPECT_EQ(before->now, 3);
  EXPECT_FALSE(before->is_large());
  add_people();
  run(config());
  const auto after = model_drift(database);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->learnt_from, 3);
  EXPECT_EQ(after->now, 13);
  EXPECT_TRUE(after->is_large());
}

TEST(ModelDrift, IsLargeFromHalfMoreOrHalfFewerOn) {
  const auto is_large = [](std::int64_t learnt_from, std::int64_t now) {
    return ModelDrift{1, learnt_from, now}.is_large();
  };
  EXPECT_FALSE(is_large(100, 100));
  EXPECT_FALSE(is_large(100, 149));
  EXPECT_TRUE(is_large(100, 150));
  EXPECT_FALSE(is_large(100, 51));
  EXPECT_TRUE(is_large(100, 50));
}

TEST_F(ModelTrainingTest, WithoutAModelNothingHasDrifted) {
  Database database(url(), Database::Mode::create);
  migrate(database);
  EXPECT_FALSE(model_drift(database));
}

}  // namespace
}  // namespace cdh
