#include "hub/run/stewardship.hpp"

#include <optional>
#include <thread>

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/store/profile_view.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    trust: 80
    streams:
      crm: { key: id, map: [ { into: person, fields: &fields { given_name: first, family_name: last, emails: [mail] } } ] }
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      shop: { key: id, map: [ { into: person, fields: *fields } ] }
)";
constexpr const char* kHeader = "id,first,last,mail\n";

class StewardshipTest : public testing::TestWithParam<StoreKind> {
 protected:
  StewardshipTest() : hub_(GetParam()), config_(hub_.config(kYaml)) {
    hub_.write("crm.csv", kHeader + std::string("1,Ann,Lee,ann@example.com\n"
                                                "2,Ann,Leigh,leigh@example.com\n"
                                                "3,Anna,Lee,ann@example.com\n"
                                                "4,Zoe,Brown,zoe@example.com\n"));
    hub_.write("shop.csv", kHeader + std::string("7,Ann,Lee,ann@example.com\n"
                                                 "8,Zoe,Brown,zoe@example.com\n"));
    run();
  }

  RunReport run(bool full = false) {
    RunOptions options;
    options.full = full;
    return consolidate(config_, options);
  }

  std::string profile_of(const std::string& source, const std::string& key) {
    Database database(hub_.store(), Database::Mode::existing);
    const auto row = database.query_text(
        "SELECT p.uuid FROM source s JOIN stream m ON m.source_id = s.id "
        "JOIN source_record r ON r.stream_id = m.id JOIN link l ON l.party_id >> 4 = r.id "
        "JOIN profile p ON p.id = l.profile_id WHERE s.name = ? AND r.source_key = ?",
        {source, key});
    return row->next() ? std::string(row->text(0)) : "";
  }

  std::string value(const std::string& uuid, const std::string& field) {
    Database database(hub_.store(), Database::Mode::existing);
    const auto view = view_profile(database, uuid, 0);
    if (!view) return "no such profile";
    for (const auto& [name, text] : view->values) {
      if (name == field) return text;
    }
    return "";
  }

  StewardshipResult merge(const std::string& a, const std::string& b) {
    Database database(hub_.store(), Database::Mode::existing);
    return merge_profiles(database, config_, a, b, "ada");
  }
  StewardshipResult split(const std::string& id, const std::vector<std::string>& records) {
    Database database(hub_.store(), Database::Mode::existing);
    return split_profile(database, config_, id, records, "ada");
  }
  StewardshipResult pin(const std::string& id, const std::string& field, const std::string& text) {
    Database database(hub_.store(), Database::Mode::existing);
    return pin_value(database, config_, id, field, text, "ada");
  }

  template <typename Act>
  static std::string failure(Act&& act) {
    try {
      act();
      return "";
    } catch (const Error& error) {
      return std::string(name_of(error.kind())) + ": " + error.what();
    }
  }

  // Later runs must not change what `holds` says: one without changes, one that derives everything.
  template <typename Condition>
  void expect_for_ever(Condition&& holds) {
    EXPECT_TRUE(holds()) << "at once";
    run();
    EXPECT_TRUE(holds()) << "after a run";
    run(true);
    EXPECT_TRUE(holds()) << "after a full run";
  }

  TestHub hub_;
  HubConfig config_;
};

INSTANTIATE_TEST_SUITE_P(On, StewardshipTest, kEveryStore, store_kind_name);

TEST_P(StewardshipTest, AMergeStays) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  ASSERT_NE(ann, leigh);
  const StewardshipResult result = merge(leigh, ann);
  EXPECT_TRUE(result.published);
  EXPECT_EQ(result.profiles, std::vector<std::string>{std::min(ann, leigh)});
  expect_for_ever([&] { return profile_of("crm", "1") == profile_of("crm", "2"); });
}

// Kept, the decision would never take effect.
TEST_P(StewardshipTest, AMergeBeyondTheLimitOfAProfileIsRefused) {
  config_ = hub_.config(R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm: { key: id, map: [ { into: person, fields: { given_name: first, family_name: last, emails: [mail, mail2] } } ] }
)");
  std::string rows = "id,first,last,mail,mail2\n2,Ann,Leigh,leigh@example.com,\n";
  for (int i = 1000; i < 3000; ++i) {  // each shares a mailbox with the one before
    const auto mailbox = [](int number) { return std::to_string(number * 7919) + "x@example.com"; };
    rows +=
        std::to_string(i) + ",Bartholomew,Quackenbush," + mailbox(i) + "," + mailbox(i + 1) + "\n";
  }
  hub_.write("crm.csv", rows);
  RunOptions options;
  options.accept_changes = true;
  consolidate(config_, options);
  const std::string large = profile_of("crm", "1000"), leigh = profile_of("crm", "2");
  EXPECT_THAT(failure([&] { merge(leigh, large); }),
              testing::HasSubstr(
                  "configuration: together they would have 2001 records, and no profile has more "
                  "than 2000"));
  Database database(hub_.store(), Database::Mode::existing);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM decision"), 0);
}

TEST_P(StewardshipTest, ASplitStaysAndTheRestIsAsItWas) {
  const std::string ann = profile_of("crm", "1");
  ASSERT_EQ(profile_of("crm", "3"), ann);
  ASSERT_EQ(profile_of("shop", "7"), ann);
  const StewardshipResult result = split(ann, {"crm:3"});
  EXPECT_EQ(result.profiles.size(), 2);
  expect_for_ever([&] {
    return profile_of("crm", "3") != ann && !profile_of("crm", "3").empty() &&
           profile_of("crm", "1") == ann && profile_of("shop", "7") == ann;
  });
}

TEST_P(StewardshipTest, AMergeUndoneGivesTheGoldenValuesOfBefore) {
  const std::string leigh = profile_of("crm", "2"), ann = profile_of("crm", "1");
  merge(ann, leigh);
  const std::string both = profile_of("crm", "2");
  split(both, {"crm:2"});
  EXPECT_EQ(value(profile_of("crm", "2"), "family_name"), "Leigh");
  EXPECT_EQ(value(profile_of("crm", "1"), "family_name"), "Lee");
}

TEST_P(StewardshipTest, OfTwoEqualPartsTheOneThatWasNotNamedKeepsTheId) {
  const std::string zoe = profile_of("crm", "4");
  ASSERT_EQ(profile_of("shop", "8"), zoe);
  EXPECT_EQ(split(zoe, {"crm:4"}).profiles.front(), zoe);
  expect_for_ever([&] { return profile_of("shop", "8") == zoe && profile_of("crm", "4") != zoe; });
}

TEST_P(StewardshipTest, AnUndoneMergeGivesBothTheirIdsBack) {
  const std::string zoe = profile_of("crm", "4"), leigh = profile_of("crm", "2");
  const std::string ann = profile_of("crm", "1");
  const auto resolved = [&](const std::string& id) {
    Database database(hub_.store(), Database::Mode::existing);
    return resolve_profile(database, id);
  };
  const auto as_before = [&] {
    return profile_of("crm", "2") == leigh && resolved(leigh) == leigh &&
           profile_of("crm", "4") == zoe && profile_of("shop", "8") == zoe &&
           resolved(zoe) == zoe && profile_of("crm", "1") == ann && resolved(ann) == ann;
  };
  // Whichever side is named, and through two merges.
  merge(zoe, leigh);
  split(zoe, {"crm:4", "shop:8"});
  expect_for_ever(as_before);
  merge(leigh, zoe);
  merge(leigh, ann);
  EXPECT_EQ(profile_of("crm", "4"), ann);
  EXPECT_EQ(resolved(zoe), ann);
  EXPECT_EQ(resolved(leigh), ann);
  split(ann, {"crm:2", "crm:4", "shop:8"});
  EXPECT_EQ(profile_of("crm", "1"), ann);
  const std::string both = std::min(zoe, leigh);
  EXPECT_EQ(profile_of("crm", "2"), both);
  EXPECT_EQ(profile_of("crm", "4"), both);
  EXPECT_EQ(resolved(zoe), both);
  EXPECT_EQ(resolved(leigh), both);
  split(both, {"crm:2"});
  expect_for_ever(as_before);
}

TEST_P(StewardshipTest, ASetValueStaysWithTheIdThroughSplitAndMerge) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  pin(ann, "family_name", "Lee-Jones");
  split(ann, {"crm:3"});
  expect_for_ever([&] {
    return value(ann, "family_name") == "Lee-Jones" &&
           value(profile_of("crm", "3"), "family_name") == "Lee";
  });
  pin(leigh, "family_name", "Leigh-Hunt");
  merge(ann, leigh);
  expect_for_ever([&] { return value(ann, "family_name") == "Leigh-Hunt"; });
  split(ann, {"crm:2"});
  expect_for_ever([&] {
    return value(ann, "family_name") == "Lee-Jones" && value(leigh, "family_name") == "Leigh-Hunt";
  });
}

TEST_P(StewardshipTest, AMergeAfterASplitTakesItBack) {
  const std::string ann = profile_of("crm", "1");
  split(ann, {"crm:3", "shop:7"});
  ASSERT_NE(profile_of("crm", "1"), profile_of("shop", "7"));
  const StewardshipResult result = merge(profile_of("crm", "1"), profile_of("shop", "7"));
  EXPECT_EQ(result.profiles.size(), 1);
  expect_for_ever([&] {
    const std::string uuid = profile_of("crm", "1");
    return profile_of("crm", "3") == uuid && profile_of("shop", "7") == uuid;
  });
}

TEST_P(StewardshipTest, ASetValueStaysUntilTakenAway) {
  const std::string ann = profile_of("crm", "1");
  pin(ann, "family_name", "Lee-Jones");
  expect_for_ever([&] { return value(ann, "family_name") == "Lee-Jones"; });
  pin(ann, "family_name", "");
  expect_for_ever([&] { return value(ann, "family_name") == "Lee"; });
}

// The word was given on the profile of one record; by now another record stands first.
TEST_P(StewardshipTest, ASetValueOfAMergedProfileIsReplacedAndTakenAway) {
  const std::string zoe = profile_of("shop", "8"), leigh = profile_of("crm", "2");
  pin(zoe, "family_name", "Black");
  pin(leigh, "family_name", "White");
  merge(zoe, leigh);
  EXPECT_EQ(value(profile_of("crm", "2"), "family_name"), "White") << "the later word counts";
  pin(zoe, "family_name", "Green");
  EXPECT_EQ(value(profile_of("crm", "2"), "family_name"), "Green");
  pin(zoe, "family_name", "");
  const std::string own = value(profile_of("crm", "2"), "family_name");
  EXPECT_TRUE(own == "Brown" || own == "Leigh") << own;
}

TEST_P(StewardshipTest, ADecisionDuringARunIsKeptAndTakesEffectWithIt) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  {
    Database running(hub_.store(), Database::Mode::existing);
    ASSERT_TRUE(running.try_lock_for_run());
    EXPECT_FALSE(merge(ann, leigh).published);
    EXPECT_EQ(profile_of("crm", "2"), leigh);
  }
  expect_for_ever([&] {
    if (profile_of("crm", "2") == leigh) run();
    return profile_of("crm", "1") == profile_of("crm", "2");
  });
}

TEST_P(StewardshipTest, ADecisionWhileARunReadsCountsWhenItPublishes) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  RunOptions options;
  options.phase = [&](const std::string& phase) {
    if (phase == "reading") {
      EXPECT_FALSE(merge(ann, leigh).published);
    }
  };
  consolidate(config_, options);
  EXPECT_EQ(profile_of("crm", "1"), profile_of("crm", "2"));
}

TEST_P(StewardshipTest, ADecisionDuringADryRunWaitsForARunThatPublishes) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  RunOptions options;
  options.dry_run = true;
  {
    Database running(hub_.store(), Database::Mode::existing);
    ASSERT_TRUE(running.try_lock_for_run());
    merge(ann, leigh);
  }
  consolidate(config_, options);
  EXPECT_EQ(profile_of("crm", "1"), ann);
  EXPECT_EQ(profile_of("crm", "2"), leigh);
  run();
  EXPECT_EQ(profile_of("crm", "1"), profile_of("crm", "2"));
}

TEST_P(StewardshipTest, ADecisionWhileARunPublishesTakesEffectToo) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  std::optional<std::thread> steward;
  RunOptions options;
  options.full = true;
  options.phase = [&](const std::string& phase) {
    if (phase != "merging") return;  // the decisions were read
    if (GetParam() != StoreKind::sqlite) {
      EXPECT_FALSE(merge(ann, leigh).published);
    } else {
      steward.emplace([&] { merge(ann, leigh); });  // waits until the run has published
    }
  };
  consolidate(config_, options);
  if (steward) steward->join();
  EXPECT_EQ(profile_of("crm", "1"), profile_of("crm", "2"));
}

TEST_P(StewardshipTest, WhatSeveralDecideAtOnceAllTakesEffect) {
  const std::string ann = profile_of("crm", "1");
  const std::vector<std::string> fields = {"occupation",  "honorific_prefix", "given_name",
                                           "family_name", "home_ownership",   "income_band"};
  std::vector<std::string> failures(fields.size());
  {
    std::vector<std::jthread> stewards;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      stewards.emplace_back([&, i] { failures[i] = failure([&] { pin(ann, fields[i], "es"); }); });
    }
  }
  EXPECT_THAT(failures, testing::Each(""));
  for (const std::string& field : fields) EXPECT_EQ(value(ann, field), "es") << field;
}

TEST_P(StewardshipTest, AnActThatFailsClosesItsRunAndKeepsTheDecision) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  const auto rename = [&](const std::string& from, const std::string& to) {
    Database(hub_.store(), Database::Mode::existing)
        .execute("ALTER TABLE " + from + " RENAME TO " + to);
  };
  rename("former_party", "kept");
  EXPECT_THAT(failure([&] { merge(ann, leigh); }),
              testing::AllOf(testing::HasSubstr("former_party"),
                             testing::HasSubstr("the decision is kept")));
  Database database(hub_.store(), Database::Mode::existing);
  const RunEntry last = list_runs(database, 1).front();
  EXPECT_EQ(last.status, "failed");
  EXPECT_NE(last.finished_at, "");
  EXPECT_THAT(last.message, testing::StartsWith("merge: "));
  rename("kept", "former_party");
  run();
  EXPECT_EQ(profile_of("crm", "1"), profile_of("crm", "2"));
}

TEST_P(StewardshipTest, ASetValueMustBeOneOfItsKind) {
  const std::string ann = profile_of("crm", "1");
  struct Case {
    const char* field;
    const char* value;
    const char* problem;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"email", "rubbish", "\"rubbish\" is not an e-mail address; write it as"},
           {"email", "ann@", "is not an e-mail address"},
           {"phone", "rubbish", "\"rubbish\" is not a phone number that exists; write it with its"},
           {"phone", "+1 212 555", "is not a phone number that exists"},
           {"birth_date", "31.31.1999", "is not a date; write it as YYYY-MM-DD"},
           {"gender", "blue", "is not a gender; write female, male or other"},
           {"children_count", "two", "is not a whole number"},
           {"given_name", "A\xff", "not UTF-8"},
           {"birth_date", "2999-01-01", "\"2999-01-01\" is yet to come"},
           {"birth_date", "0024-02-29", "\"0024-02-29\" is too long ago"},
           {"children_count", "-5", "-5 is less than nothing"},
           {"family_name", "n/a", "\"n/a\" stands where nothing is known"},
       }) {
    EXPECT_THAT(failure([&] { pin(ann, c.field, c.value); }),
                testing::AllOf(testing::StartsWith(std::string("configuration: ") + c.field + ": "),
                               testing::HasSubstr(c.problem)))
        << c.value;
  }
  Database database(hub_.store(), Database::Mode::existing);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM decision"), 0);
}

TEST_P(StewardshipTest, ASetContactIsKeptCanonicalAndIsTheOneThatIsThere) {
  const std::string ann = profile_of("crm", "1");
  const auto contacts = [&](const std::string& kind) {
    Database database(hub_.store(), Database::Mode::existing);
    std::string out;
    const ProfileView view = view_profile(database, ann, 0).value();
    for (const ViewedContact& contact : view.contacts) {
      if (contact.entity != kind) continue;
      for (const auto& [field, text] : contact.values) out += field + "=" + text + " ";
    }
    return out;
  };
  pin(ann, "email", " Ann@Example.COM");
  EXPECT_EQ(contacts("email"), "value=ann@example.com canonical=ann@example.com ");
  pin(ann, "email", "Ann Lee <lee@büro.example>");
  EXPECT_EQ(contacts("email"),
            "value=lee@xn--bro-hoa.example canonical=lee@xn--bro-hoa.example "
            "value=ann@example.com canonical=ann@example.com ");
  pin(ann, "phone", "(212) 456-0142");
  EXPECT_EQ(contacts("phone"), "value=+12124560142 e164=+12124560142 ");
  pin(ann, "phone", "212 456 0142 ext. 7");
  EXPECT_EQ(contacts("phone"), "value=212 456 0142 ext. 7 ");
}

TEST_P(StewardshipTest, WhatDoesNotExistIsNamed) {
  const std::string ann = profile_of("crm", "1"), leigh = profile_of("crm", "2");
  EXPECT_THAT(failure([&] { merge(ann, "0192f3a1-0000"); }),
              testing::StartsWith("configuration: there is no profile \"0192f3a1-0000\""));
  EXPECT_THAT(failure([&] { merge(ann, ann); }), testing::HasSubstr("are one profile already"));
  EXPECT_THAT(failure([&] { split(ann, {"crm:99"}); }),
              testing::HasSubstr("has no record \"crm:99\""));
  EXPECT_THAT(failure([&] { split(leigh, {"crm:2"}); }),
              testing::HasSubstr("a profile cannot lose all its records"));
  EXPECT_THAT(failure([&] { pin(ann, "birth_date", "31.31.1999"); }),
              testing::StartsWith("configuration: birth_date: "));
  EXPECT_THAT(
      failure([&] { pin(ann, "famly_name", "Lee"); }),
      testing::HasSubstr("a person has no field \"famly_name\"; did you mean \"family_name\""));
  Database(hub_.store(), Database::Mode::existing)
      .execute("UPDATE profile SET party_type = 'organization'");
  EXPECT_THAT(failure([&] { pin(ann, "family_name", "Lee"); }),
              testing::HasSubstr("an organization has no field \"family_name\""));
}

}  // namespace
}  // namespace cdh
