#include "hub/match/clustering.hpp"

#include <deque>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "hub/match/link.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Groups = std::set<std::set<std::string>>;

// The clusters as sets of key texts.
Groups groups_of(std::span<const Signature> signatures, const Clustering& clustering) {
  Groups groups;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    std::set<std::string> group;
    for (const std::uint32_t member : clustering[i]) group.insert(signatures[member].identity.key);
    groups.insert(group);
  }
  return groups;
}

Decision always(std::int64_t a, std::int64_t b) { return {Decision::Kind::always_together, a, b}; }
Decision never(std::int64_t a, std::int64_t b) { return {Decision::Kind::never_together, a, b}; }

// The parties have ids 1, 2, 3 ... and keys "a/s/1/p", "a/s/2/p" ...; `expected` as "12 3".
struct Case {
  std::vector<std::string> parties;
  std::vector<Decision> decisions = {};
  MatchPolicy policy = {};
};

std::string clusters_of(const Case& given) {
  std::vector<Signature> signatures;
  for (std::size_t i = 0; i < given.parties.size(); ++i) {
    const auto id = static_cast<std::int64_t>(i + 1);
    signatures.push_back(party(id, "a/s/" + std::to_string(id) + "/p", given.parties[i]));
  }
  const std::vector<Posting> postings = key_postings(signatures);
  const KeySet crowded = find_crowded(postings, given.policy);
  const Clustering clustering =
      cluster(signatures, postings, given.decisions, given.policy, crowded);
  std::string text;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    if (i > 0) text += ' ';
    for (const std::uint32_t member : clustering[i]) text += std::to_string(member + 1);
  }
  return text;
}

const std::string kAnna = "given=Anna; family=Nowak; email=a@x.zz; phone=+48605118236";
const std::string kJan = "given=Jan; family=Nowak; phone=+48605118236";

TEST(Clustering, JoinsThroughThirdParties) {
  EXPECT_EQ(clusters_of({{"given=Anna; family=Nowak; email=a@x.zz",
                          "given=Anna; family=Nowak; email=a@x.zz; id=card:7",
                          "given=Anna; family=Nowak; id=card:7", "given=Anna; family=Nowak"}}),
            "123 4");
}

TEST(Clustering, OfNothingIsEmpty) { EXPECT_EQ(cluster({}, {}, {}, {}, {}).size(), 0U); }

// mautic#5504, #6947: what has no values, or default values, is nobody's duplicate.
TEST(Clustering, NeverJoinsOnBlankValues) {
  EXPECT_EQ(clusters_of({{"", "", "email=; phone=", "given=n/a; family=n/a; email=test@test.com",
                          "given=n/a; family=n/a; email=test@test.com"}}),
            "1 2 3 4 5");
}

TEST(Clustering, NeverJoinsOnCrowdedValues) {
  std::vector<std::string> parties(4, "given=Anna; family=Nowak; phone=+48605118236");
  EXPECT_EQ(clusters_of({parties, {}, {4, {}}}), "1234");
  EXPECT_EQ(clusters_of({parties, {}, {3, {}}}), "1 2 3 4");
}

// roundcubemail#8747: one record without a name must not bridge a couple.
TEST(Clustering, DoesNotGuessWhoseASharedMailboxIs) {
  EXPECT_EQ(clusters_of({{"given=Anna; family=Nowak; email=a@x.zz", "email=a@x.zz",
                          "given=Jan; family=Nowak; email=a@x.zz"}}),
            "1 2 3");
  EXPECT_EQ(clusters_of({{"given=Anna; family=Nowak; email=a@x.zz", "email=a@x.zz"}}), "12");
}

// Which of two shared mailboxes has the smaller hash decides nothing.
TEST(Clustering, LinksByTheMailboxOfTwoThatIsNotContested) {
  for (const std::string contested : {"a@x.zz", "b@x.zz"}) {
    EXPECT_EQ(clusters_of(
                  {{"given=Anna; family=Nowak; email=a@x.zz; email=b@x.zz",
                    "email=a@x.zz; email=b@x.zz", "given=Jan; family=Nowak; email=" + contested}}),
              "12 3")
        << contested;
  }
}

TEST(Clustering, PartsAnInitialBetweenTwoPeople) {
  EXPECT_EQ(clusters_of({{"given=Jane; family=Smith; email=s@x.zz",
                          "given=J; family=Smith; email=s@x.zz; id=card:1",
                          "given=John; family=Smith; id=card:1"}}),
            "12 3");
}

TEST(Clustering, LeavesOutTheWeakerLinkOfAConflict) {
  EXPECT_EQ(clusters_of({{"given=A; family=Nowak; id=card:1; born=1984-02-29",
                          "given=A; family=Nowak; id=card:1; email=a@x.zz",
                          "given=Anna; family=Nowak; email=a@x.zz; born=1950-07-07"}}),
            "1 23")
      << "e-mail and name speak louder than identifier and name";
}

TEST(Clustering, HoldsOneRecordPerSource) {
  const Case free{{kAnna, kAnna, kAnna}};
  EXPECT_EQ(clusters_of(free), "123");
  EXPECT_EQ(clusters_of({free.parties, {}, {50, {"a"}}}), "1 2 3");
  EXPECT_EQ(clusters_of({free.parties, {}, {50, {"b"}}}), "123");
}

TEST(Clustering, ObeysDecisions) {
  EXPECT_EQ(clusters_of({{kAnna, kJan}, {always(1, 2)}}), "12");
  EXPECT_EQ(clusters_of({{kAnna, kAnna}, {never(1, 2)}}), "1 2");
  EXPECT_EQ(clusters_of({{kAnna, kAnna}, {never(2, 1)}}), "1 2");
  EXPECT_EQ(clusters_of({{kAnna, kAnna}, {always(1, 2), never(1, 2)}}), "1 2");
  EXPECT_EQ(clusters_of({{kAnna, kAnna, kAnna}, {never(1, 3)}}), "12 3");
  EXPECT_EQ(clusters_of({{kAnna, kAnna}, {always(1, 2)}, {50, {"a"}}}), "12");
  EXPECT_EQ(clusters_of({{kAnna, kJan}, {always(1, 99), never(98, 99)}}), "1 2");
}

// erpnext#21159: a dismissed pair does not come back through a third record.
TEST(Clustering, KeepsADismissedPairApartThroughOthers) {
  EXPECT_EQ(clusters_of({{"given=Anna; family=Nowak; email=a@x.zz",
                          "given=Anna; family=Nowak; email=a@x.zz; id=card:7",
                          "given=Anna; family=Nowak; id=card:7"},
                         {never(1, 3)}}),
            "12 3");
}

TEST(Clustering, GivesThePathOfEachMember) {
  std::vector<Signature> signatures = {
      party(1, "c/s/1/p", "given=Anna; family=Nowak; id=card:7"),
      party(2, "b/s/1/p", "given=Anna; family=Nowak; id=card:7; email=a@x.zz"),
      party(3, "a/s/1/p", "given=Anna; family=Nowak; email=a@x.zz")};
  const Clustering clustering = cluster(signatures, key_postings(signatures), {}, {}, {});
  ASSERT_EQ(clustering.size(), 1U);
  EXPECT_THAT(clustering[0], ElementsAre(2, 1, 0)) << "by key text";
  EXPECT_EQ(clustering.joins[2].to, kNobody);
  EXPECT_EQ(clustering.joins[1].to, 2U);
  EXPECT_EQ(clustering.joins[1].reason.rule, LinkRule::email_and_name);
  EXPECT_EQ(clustering.joins[0].to, 1U);
  EXPECT_EQ(clustering.joins[0].reason.rule, LinkRule::identifier_and_name);
}

// A small town where everybody shares something with somebody.
std::vector<Signature> a_town(std::size_t count, std::mt19937& random) {
  const char* const given[] = {"Anna", "Ania", "A", "Jan", "Janek", "Ewa", "Jon", ""};
  const char* const family[] = {"Nowak", "Lis", "Nowak-Lis", "Nowka", ""};
  const auto pick = [&](std::size_t n) { return random() % n; };
  std::vector<Signature> town;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = std::string("given=") + given[pick(8)] + "; family=" + family[pick(5)];
    if (pick(2) == 0) text += "; email=m" + std::to_string(pick(count / 3)) + "@x.zz";
    if (pick(2) == 0) text += "; phone=+4860123" + std::to_string(1000 + pick(count / 4));
    if (pick(3) == 0) text += "; id=card:C" + std::to_string(pick(count / 3));
    if (pick(4) == 0) text += "; unique=member:M" + std::to_string(pick(count / 2));
    if (pick(3) == 0) text += "; born=19" + std::to_string(50 + pick(4)) + "-03-12; town=York";
    const std::string key =
        std::string(1, static_cast<char>('a' + pick(3))) + "/s/" + std::to_string(i) + "/p";
    town.push_back(party(static_cast<std::int64_t>(i), key, text));
  }
  return town;
}

std::vector<Decision> some_decisions(std::size_t count, std::mt19937& random) {
  std::vector<Decision> decisions;
  for (int i = 0; i < 6; ++i) {
    const auto a = static_cast<std::int64_t>(random() % count);
    const auto b = static_cast<std::int64_t>(random() % count);
    decisions.push_back(i < 3 ? always(a, b) : never(a, b));
  }
  return decisions;
}

// Same in, same out: not of order, not of row ids (splink#1903, zingg#132).
TEST(Clustering, DoesNotDependOnOrderOrIds) {
  std::mt19937 random(20260101);
  const MatchPolicy policy{6, {"c"}};
  for (int round = 0; round < 40; ++round) {
    std::vector<Signature> town = a_town(90, random);
    std::vector<Decision> decisions = some_decisions(town.size(), random);
    std::vector<Posting> postings = key_postings(town);
    const KeySet crowded = find_crowded(postings, policy);
    const Groups expected = groups_of(town, cluster(town, postings, decisions, policy, crowded));
    EXPECT_LT(expected.size(), town.size());
    std::ranges::shuffle(town, random);
    for (Signature& signature : town) signature.identity.id += 1000;
    for (Decision& decision : decisions) {
      decision.party_a += 1000;
      decision.party_b += 1000;
      std::swap(decision.party_a, decision.party_b);
    }
    std::ranges::shuffle(decisions, random);
    postings = key_postings(town);
    EXPECT_EQ(find_crowded(postings, policy), crowded);
    EXPECT_EQ(groups_of(town, cluster(town, postings, decisions, policy, crowded)), expected);
  }
}

// In the plainest way: a link joins two groups unless two of their members must stay apart.
Groups plainly_joined(std::span<const Signature> town, std::span<const Decision> decisions,
                      const MatchPolicy& policy, const KeySet& crowded) {
  std::set<std::pair<std::int64_t, std::int64_t>> never;
  std::vector<Link> links = find_links(town, key_postings(town), crowded);
  for (const Decision& decision : decisions) {
    const auto [a, b] = std::minmax(decision.party_a, decision.party_b);
    if (decision.kind == Decision::Kind::never_together) {
      never.emplace(a, b);
    } else if (a != b) {
      links.push_back({static_cast<std::uint32_t>(a),
                       static_cast<std::uint32_t>(b),
                       {LinkRule::decision, NameAgreement::equal}});
    }
  }
  sort_links(town, links);
  const auto source_of = [&](std::size_t i) { return town[i].identity.key.substr(0, 1); };
  const auto must_stay_apart = [&](std::size_t a, std::size_t b, bool is_decided) {
    if (never.contains(std::minmax(town[a].identity.id, town[b].identity.id))) return true;
    if (is_decided) return false;
    const bool same_source = source_of(a) == source_of(b);
    if (same_source && std::ranges::count(policy.one_per_source, source_of(a)) > 0) return true;
    return contradict(town[a], town[b], crowded);
  };
  std::vector<std::set<std::size_t>> groups;
  for (std::size_t i = 0; i < town.size(); ++i) groups.push_back({i});
  for (const Link& link : links) {
    const auto with = [&](std::uint32_t party) {
      return std::ranges::find_if(groups, [&](const auto& group) { return group.contains(party); });
    };
    const auto of_a = with(link.a), of_b = with(link.b);
    const bool apart = of_a == of_b || std::ranges::any_of(*of_a, [&](std::size_t a) {
                         return std::ranges::any_of(*of_b, [&](std::size_t b) {
                           return must_stay_apart(a, b, link.reason.rule == LinkRule::decision);
                         });
                       });
    if (apart) continue;
    of_a->merge(*of_b);
    groups.erase(of_b);
  }
  Groups named;
  for (const auto& group : groups) {
    std::set<std::string> keys;
    for (const std::size_t member : group) keys.insert(town[member].identity.key);
    named.insert(keys);
  }
  return named;
}

// All that must be looked at when parties changed: those that share keys, directly or not.
std::vector<Signature> closure_of(std::span<const Signature> all, std::deque<std::size_t> open,
                                  const KeySet& crowded) {
  std::set<std::size_t> reached(open.begin(), open.end());
  while (!open.empty()) {
    const std::size_t at = open.front();
    open.pop_front();
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<std::uint64_t> shared;
      std::ranges::set_intersection(block_keys(all[at]), block_keys(all[i]),
                                    std::back_inserter(shared));
      std::erase_if(shared, [&](std::uint64_t key) { return crowded.contains(key); });
      if (!shared.empty() && reached.insert(i).second) open.push_back(i);
    }
  }
  std::vector<Signature> closure;
  for (const std::size_t i : reached) closure.push_back(all[i]);
  return closure;
}

TEST(Clustering, RemembersWhatMustStayApartAndEndsAsThePlainWay) {
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    const MatchPolicy policy{
        1000, round % 2 == 0 ? std::vector<std::string>{"c"} : std::vector<std::string>{}};
    const std::vector<Signature> town = a_town(30 + random() % 60, random);
    const std::vector<Decision> decisions = some_decisions(town.size(), random);
    const Groups groups = groups_of(town, cluster(town, key_postings(town), decisions, policy, {}));
    ASSERT_EQ(groups, plainly_joined(town, decisions, policy, {})) << "round " << round;
  }
}

// Two people of one name with hundreds of records each, and shared phones that link them again and
// again: what was refused once is not looked at anew.
TEST(Clustering, PartsTwoLongChains) {
  std::vector<Signature> signatures;
  for (const bool is_first : {true, false}) {
    const std::string mailbox = is_first ? "a" : "b";
    for (int i = 0; i < 800; ++i) {
      const int place = i / 20;
      std::string text = "given=Jan; family=Nowak; email=" + mailbox + std::to_string(place) +
                         "@x.zz; email=" + mailbox + std::to_string(place + 1) + "@x.zz";
      text += i % 10 != 0 ? (is_first ? "; born=1950-03-04" : "; born=1990-07-21")
                          : "; phone=+486012345" + std::to_string(10 + i / 100);
      const auto id = static_cast<std::int64_t>(signatures.size());
      signatures.push_back(party(id, "a/s/" + std::to_string(id) + "/p", text));
    }
  }
  const Clustering clustering = cluster(signatures, key_postings(signatures), {}, {}, {});
  ASSERT_EQ(clustering.size(), 2U);
  EXPECT_EQ(clustering[0].size(), 800U);
  EXPECT_EQ(clustering[1].size(), 800U);
}

// Spread over runs, the clusters are those of one run over everything (splink#820, dedupe#421).
TEST(Clustering, OfALaterRunTouchesOnlyWhatChangedAndEndsTheSame) {
  std::mt19937 random(7);
  const MatchPolicy policy{1000, {"c"}};
  for (int round = 0; round < 20; ++round) {
    const std::vector<Signature> town = a_town(60, random);
    Groups groups;
    for (std::size_t known = 0; known < town.size();) {
      const std::size_t before = known;
      known = std::min(town.size(), known + 1 + random() % 25);
      std::deque<std::size_t> arrived;
      for (std::size_t i = before; i < known; ++i) arrived.push_back(i);
      const auto affected = closure_of(std::span(town).first(known), arrived, {});
      for (const Signature& signature : affected) {
        std::erase_if(groups,
                      [&](const auto& group) { return group.contains(signature.identity.key); });
      }
      groups.merge(groups_of(affected, cluster(affected, key_postings(affected), {}, policy, {})));
    }
    EXPECT_EQ(groups, groups_of(town, cluster(town, key_postings(town), {}, policy, {})));
  }
}

// A profile of more parties than the limit comes from bad data, such as one number used by all.
TEST(Clustering, LimitsTheSizeOfAProfile) {
  std::vector<Signature> signatures;
  for (int i = 0; i < 2500; ++i) {
    signatures.push_back(party(i, "a/s/" + std::to_string(i) + "/p",
                               "given=Anna; family=Nowak; id=card:X" + std::to_string(i) +
                                   "; id=card:X" + std::to_string(i + 1)));
  }
  const Clustering clustering = cluster(signatures, key_postings(signatures), {}, {}, {});
  ASSERT_EQ(clustering.size(), 2U);
  EXPECT_LE(std::max(clustering[0].size(), clustering[1].size()), kMaxProfileParties);
}

}  // namespace
}  // namespace cdh
