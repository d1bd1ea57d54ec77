#include "hub/store/publication.hpp"

#include "hub/store/profile_view.hpp"
#include "hub/store/published_contacts.hpp"
#include "hub/store/record_reader.hpp"
#include "tests/store/store_test.hpp"
#include "tests/store/structure.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PublicationTest : public StoreTest {
 protected:
  static constexpr const char* kFirst = "01900000-0000-7000-8000-000000000001";
  static constexpr const char* kSecond = "01900000-0000-7000-8000-000000000002";
  static constexpr const char* kThird = "01900000-0000-7000-8000-000000000003";

  static PublishedProfile profile(std::int64_t id, const std::string& uuid) {
    const EntityId person = known_entities().person, email = known_entities().email;
    PublishedProfile out;
    out.id = id;
    out.uuid = uuid;
    out.party = person;
    out.display_name = "Łucja O'Neill";
    out.record_count = 1;
    out.created_run = 1;
    out.changed_run = 2;
    out.fingerprint = INT64_MIN + 1;
    out.fields = {{find_field(person, "given_name"), "Łucja"},
                  {find_field(person, "children_count"), "2"}};
    out.contacts = {{email, {{find_field(email, "value"), "a@example.com"}}, 16},
                    {email, {{find_field(email, "value"), "b@example.com"}}, 16}};
    out.lineage = R"({"*":[16,"only"]})";
    return out;
  }

  template <typename Act>
  void publish(Act&& act) {
    Transaction transaction(database_);
    Publication publication(database_, 1);
    act(publication);
    publication.flush();
    transaction.commit();
  }

  std::int64_t count(const std::string& table) {
    return database_.number("SELECT COUNT(*) FROM " + table);
  }
};
INSTANTIATE_TEST_SUITE_P(On, PublicationTest, kEveryStore, store_kind_name);

TEST_P(PublicationTest, AProfileIsReadAsItWasWritten) {
  publish([&](Publication& publication) {
    publication.add(profile(1, kFirst));
    publication.add(PublishedLink{16, 1, "contact", "person", 0, ""});
    publication.add(PublishedLink{32, 1, "buyer", "person", 16, "same phone (score 9.0)"});
  });
  const auto view = view_profile(database_, kFirst, 0);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->display_name, "Łucja O'Neill");
  EXPECT_THAT(view->values,
              ElementsAre(std::pair<std::string, std::string>("given_name", "Łucja"),
                          std::pair<std::string, std::string>("children_count", "2")));
  ASSERT_EQ(view->contacts.size(), 2);
  EXPECT_EQ(view->contacts[1].values[0].second, "b@example.com");
  const auto rows = all_profiles(database_);
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].fingerprint, INT64_MIN + 1);
  EXPECT_EQ(std::pair(rows[0].created_run, rows[0].changed_run), std::pair(1L, 2L));
  const auto memberships = all_memberships(database_);
  ASSERT_EQ(memberships.size(), 2);
  EXPECT_EQ(memberships[0].name, "contact");
  EXPECT_EQ(memberships[0].joined_to, 0);
  EXPECT_EQ(memberships[0].reason, "");
  EXPECT_EQ(memberships[1].name, "buyer");
  EXPECT_EQ(memberships[1].joined_to, 16);
  EXPECT_EQ(memberships[1].reason, "same phone (score 9.0)");
}

TEST_P(PublicationTest, ARemovedProfileLeavesNothingBehind) {
  publish([&](Publication& publication) {
    publication.add(profile(1, kFirst));
    publication.add(profile(2, kSecond));
    publication.add(PublishedLink{16, 1, "contact", "person", 0, ""});
    publication.add(PublishedLink{32, 2, "contact", "person", 0, ""});
  });
  publish([&](Publication& publication) {
    publication.remove_profiles({1});
    publication.remove_links({16});
    publication.remove_profiles({});
  });
  EXPECT_EQ(text("SELECT uuid FROM profile"), kSecond);
  EXPECT_EQ(count("email"), 2);
  EXPECT_EQ(text("SELECT party_id FROM link"), "32");
}

// What a night does with the changed profiles: each as written anew, and what is as it was left alone.
TEST_P(PublicationTest, AProfileIsReplacedButForContactsThatStay) {
  const EntityId person = known_entities().person, email = known_entities().email;
  publish([&](Publication& publication) {
    publication.add(profile(1, kFirst));
    publication.add(profile(2, kSecond));
    publication.add(profile(3, kThird));
  });
  const PublishedContacts former(database_, {1, 2, 4});
  PublishedProfile renamed = profile(1, kFirst), shorter = profile(2, kSecond);
  renamed.fields = {{find_field(person, "given_name"), "Lucyna"}};
  renamed.fingerprint = 7;
  renamed.contacts.push_back({known_entities().phone, {}, 16});
  shorter.contacts.pop_back();
  EXPECT_TRUE(former.are(email, renamed));
  EXPECT_FALSE(former.are(known_entities().phone, renamed));
  EXPECT_FALSE(former.are(email, shorter));
  EXPECT_FALSE(former.are(email, profile(3, kThird))) << "it was not asked for";
  PublishedProfile of_another = profile(1, kFirst);
  of_another.contacts[1].party_id = 32;
  EXPECT_FALSE(former.are(email, of_another));

  database_.execute("UPDATE email SET type = 'touched'");
  publish([&](Publication& publication) { publication.replace({{&renamed, &shorter}}, former); });
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM email WHERE profile_id = 1 AND type = 'touched'"),
            2);
  EXPECT_EQ(text("SELECT value FROM email WHERE profile_id = 2 AND type IS NULL"), "a@example.com");
  EXPECT_EQ(count("email"), 5);
  EXPECT_EQ(count("phone"), 1);
  EXPECT_EQ(text("SELECT given_name FROM profile WHERE uuid = '" + std::string(kFirst) + "'"),
            "Lucyna");
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM profile WHERE children_count IS NULL"), 1);
  EXPECT_EQ(database_.number("SELECT fingerprint FROM profile WHERE id = 1"), 7);
}

// The schema says what the indexes are; a bulk takes them away and makes them again.
TEST_P(PublicationTest, ABulkLeavesTheIndexesAsTheSchemaMadeThem) {
  const std::vector<std::string> before = structure(database_);
  publish([&](Publication& publication) {
    const bool is_bulk = publication.begin_bulk();
    EXPECT_EQ(is_bulk, database_.has_transactional_ddl());
    if (is_bulk) {
      EXPECT_NE(structure(database_), before);
    }
    publication.add(profile(1, kFirst));
    if (is_bulk) publication.end_bulk();
  });
  EXPECT_EQ(structure(database_), before);
}

TEST_P(PublicationTest, AnIndexThatIsAnotherStaysAsItIs) {
  if (!database_.has_transactional_ddl()) return;  // has no bulk
  database_.execute("DROP INDEX phone_e164");
  const std::vector<std::string> before = structure(database_);
  publish([&](Publication& publication) {
    EXPECT_FALSE(publication.begin_bulk());
    publication.add(profile(1, kFirst));
  });
  EXPECT_EQ(structure(database_), before);
  EXPECT_EQ(count("profile"), 1);
}

TEST_P(PublicationTest, AliasesLeadToTheLastSurvivor) {
  publish([&](Publication& publication) {
    publication.add(profile(1, kFirst));
    publication.add_alias(kThird, kSecond);
    publication.add_alias(kSecond, kFirst);
  });
  EXPECT_EQ(resolve_profile(database_, kThird), kFirst);
  EXPECT_EQ(resolve_profile(database_, kSecond), kFirst);
  EXPECT_EQ(resolve_profile(database_, kFirst), kFirst);
  EXPECT_EQ(resolve_profile(database_, "01900000-0000-7000-8000-00000000000"), kFirst);
  EXPECT_EQ(resolve_profile(database_, "0190000"), std::nullopt) << "too short";
  EXPECT_EQ(resolve_profile(database_, "01900001"), std::nullopt);
  publish([&](Publication& publication) { publication.add_alias(kThird, kFirst); });
  EXPECT_EQ(count("profile_alias"), 2);
}

TEST_P(PublicationTest, ABeginningThatFitsTwoProfilesIsNoName) {
  publish([&](Publication& publication) {
    publication.add(profile(1, kFirst));
    publication.add(profile(2, kSecond));
  });
  EXPECT_EQ(resolve_profile(database_, "01900000-0000"), std::nullopt);
}

TEST_P(PublicationTest, EventsOfARecordGoTogether) {
  const EntityId order = find_entity("sales_order");
  MappedEntity mapped;
  mapped.entity = order;
  mapped.fields = {{find_field(order, "number"), "A1"}, {find_field(order, "total"), "12.5"}};
  mapped.ext = {{"shelf", "\"7\""}};
  publish([&](Publication& publication) {
    publication.add(PublishedEvent{31, &mapped, {0}, std::nullopt});
    publication.add(PublishedEvent{32, &mapped, {16}, 9007199254740993});
    publication.add(PublishedEvent{47, &mapped, {17}, std::nullopt});
    publication.add(PublishedEvent{48, &mapped, {32}, std::nullopt});
    publication.add(UnresolvedRef{33, "customer", "sales_order", 1, "9", ""});
    publication.add(UnresolvedRef{49, "customer", "sales_order", 1, "9", ""});
  });
  EXPECT_EQ(text("SELECT ext FROM sales_order WHERE id = 32"), R"({"shelf":"\"7\""})");
  EXPECT_EQ(text("SELECT customer_id FROM sales_order WHERE id = 31"), "null");
  publish([&](Publication& publication) {
    std::vector<std::int64_t> ids;
    for (const EventRefs& event : publication.events_that_refer_to({1})) {
      ids.push_back(event.event_id);
    }
    EXPECT_THAT(ids, testing::UnorderedElementsAre(32, 47));
    publication.remove_events_of_records({2});
  });
  EXPECT_EQ(count("sales_order"), 2);
  ASSERT_EQ(unresolved_refs(database_).size(), 1);
  EXPECT_EQ(unresolved_refs(database_)[0].event_id, 49);
}

TEST_P(PublicationTest, ARefThatWaitedIsResolved) {
  const EntityId order = find_entity("sales_order");
  MappedEntity mapped;
  mapped.entity = order;
  const UnresolvedRef waiting{32, "customer", "sales_order", 1, "it's 9", "contact"};
  publish([&](Publication& publication) {
    publication.add(PublishedEvent{32, &mapped, {0}, std::nullopt});
    publication.add(waiting);
  });
  const auto refs = unresolved_refs(database_);
  ASSERT_EQ(refs.size(), 1);
  EXPECT_EQ(refs[0].source_key, "it's 9");
  EXPECT_EQ(refs[0].name, "contact");
  publish([&](Publication& publication) { publication.resolve(waiting, 144); });
  EXPECT_EQ(text("SELECT customer_id FROM sales_order"), "144");
  EXPECT_THAT(unresolved_refs(database_), IsEmpty());
}

TEST_P(PublicationTest, FormerPartiesAreRememberedUntilTheirProfileIsBack) {
  publish([&](Publication& publication) {
    publication.add(FormerParty{"crm/people/it's 1/contact", kFirst});
    publication.add(FormerParty{"crm/people/2/contact", kFirst});
    publication.add(FormerParty{"crm/people/3/contact", kSecond});
  });
  const auto known =
      former_parties(database_, {"crm/people/it's 1/contact", "crm/people/9/contact"});
  ASSERT_EQ(known.size(), 1);
  EXPECT_EQ(known[0].profile_uuid, kFirst);
  publish([&](Publication& publication) { publication.remove_former_parties(kFirst); });
  EXPECT_THAT(former_parties(database_, {"crm/people/2/contact"}), IsEmpty());
  EXPECT_EQ(former_parties(database_, {"crm/people/3/contact"}).size(), 1);
}

TEST_P(PublicationTest, WhatIsNotCommittedWasNeverThere) {
  {
    const Transaction transaction(database_);
    Publication publication(database_, 1);
    publication.add(profile(1, kFirst));
    publication.add_alias(kSecond, kFirst);
    publication.flush();
  }
  EXPECT_EQ(count("profile"), 0);
  EXPECT_EQ(count("email"), 0);
  EXPECT_EQ(count("profile_alias"), 0);
}

TEST_P(PublicationTest, DecisionsKeepTheirOrderAndWords) {
  for (const std::string kind : {"apart", "together"}) {
    StoredDecision decision;
    decision.kind = kind;
    decision.left = "crm/people/1/contact";
    decision.right = "shop/people/it's 7/contact";
    decision.made_by = "ada";
    decision.made_at = "2026-11-22T00:00:00Z";
    decision.run_id = 3;
    add_decisions(database_, {decision});
  }
  const auto stored = decisions(database_);
  ASSERT_EQ(stored.size(), 2);
  EXPECT_EQ(stored[0].kind, "apart");
  EXPECT_EQ(stored[1].kind, "together");
  EXPECT_LT(stored[0].id, stored[1].id);
  EXPECT_EQ(stored[1].right, "shop/people/it's 7/contact");
  EXPECT_EQ(stored[1].run_id, 3);
}

}  // namespace
}  // namespace cdh
