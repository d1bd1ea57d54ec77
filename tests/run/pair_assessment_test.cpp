#include "hub/run/pair_assessment.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/link_path.hpp"
#include "hub/store/link_reader.hpp"
#include "hub/store/schema.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class PairAssessmentTest : public SmallHub {
 protected:
  std::string url() const { return "sqlite://" + (folder_ / "hub.db").string(); }

  // The party of a record.
  static std::int64_t party_of(Database& database, const std::string& source,
                               const std::string& key) {
    LinkReader links(database);
    while (const auto link = links.next()) {
      if (link->stream->source == source && link->source_key == key) return link->party_id;
    }
    return 0;
  }
};

TEST_F(PairAssessmentTest, TheBitsAddUpToTheScore) {
  run(config());
  Database database(url(), Database::Mode::view);
  PairAssessor assessor(database, MatchPolicy{});
  const std::int64_t ann = party_of(database, "crm", "1");
  for (const std::int64_t other :
       {party_of(database, "shop", "7"), party_of(database, "crm", "2")}) {
    const auto evidence = assessor.assess(ann, other);
    ASSERT_TRUE(evidence);
    double sum = evidence->prior + evidence->other_weight + evidence->identifier_weight;
    for (const FieldEvidence& field : evidence->fields) sum += field.weight;
    EXPECT_NEAR(sum, evidence->score, 1e-9);
    EXPECT_LE(evidence->other_weight, 0);
    EXPECT_GE(evidence->identifier_weight, 0);
  }
}

TEST_F(PairAssessmentTest, SaysWhatSpeaksForAndAgainst) {
  run(config());
  Database database(url(), Database::Mode::view);
  PairAssessor assessor(database, MatchPolicy{});
  const std::int64_t ann = party_of(database, "crm", "1");
  const auto same = assessor.assess(ann, party_of(database, "shop", "7"));
  ASSERT_TRUE(same);
  EXPECT_GT(same->score, 1);
  ASSERT_EQ(same->fields.size(), 3) << "the shop knows no birth date";
  EXPECT_EQ(same->fields[0].field, MatchField::given);
  EXPECT_EQ(same->fields[0].words, "equal");
  EXPECT_THAT(describe(*same), AllOf(HasSubstr("for: "), HasSubstr("e-mail address +"),
                                     HasSubstr("; against: "), HasSubstr("before comparing -")));
  const auto other = assessor.assess(ann, party_of(database, "crm", "2"));
  ASSERT_TRUE(other);
  EXPECT_LT(other->score, -3);
}

TEST_F(PairAssessmentTest, OfARecordThatIsNotThereNothingIsSaid) {
  run(config());
  Database database(url(), Database::Mode::view);
  PairAssessor assessor(database, MatchPolicy{});
  EXPECT_FALSE(assessor.assess(party_of(database, "crm", "1"), 1'000'000));
}

TEST_F(PairAssessmentTest, WithoutAModelSaysWhatToDo) {
  Database database(url(), Database::Mode::create);
  migrate(database);
  try {
    PairAssessor(database, MatchPolicy{});
    FAIL() << "there is no model";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_THAT(error.what(), HasSubstr("`cdh run`"));
  }
}

ViewedMember member(std::int64_t id, std::int64_t joined_to) {
  ViewedMember one;
  one.party_id = id;
  one.joined_to = joined_to;
  return one;
}

std::vector<std::int64_t> path(const std::vector<ViewedMember>& members, std::int64_t a,
                               std::int64_t b) {
  std::vector<std::int64_t> ids;
  for (const ViewedMember* one : link_path(members, a, b)) ids.push_back(one->party_id);
  return ids;
}

// 1 is the root; 2 and 3 hang from it, 4 from 2 and 5 from 4.
TEST(LinkPath, LeadsOverTheNearestCommonMember) {
  const std::vector<ViewedMember> members = {member(1, 0), member(2, 1), member(3, 1), member(4, 2),
                                             member(5, 4)};
  using Ids = std::vector<std::int64_t>;
  EXPECT_EQ(path(members, 5, 3), (Ids{5, 4, 2, 1, 3}));
  EXPECT_EQ(path(members, 3, 5), (Ids{3, 1, 2, 4, 5}));
  EXPECT_EQ(path(members, 5, 2), (Ids{5, 4, 2}));
  EXPECT_EQ(path(members, 2, 5), (Ids{2, 4, 5}));
  EXPECT_EQ(path(members, 1, 1), (Ids{1}));
}

TEST(LinkPath, IsEmptyWhereNoLinkLeads) {
  const std::vector<ViewedMember> members = {member(1, 0), member(2, 0)};
  EXPECT_TRUE(link_path(members, 1, 2).empty());
}

TEST(LinkPath, EndsWhereLinksRunInACircle) {
  const std::vector<ViewedMember> members = {member(1, 2), member(2, 1), member(3, 0)};
  EXPECT_TRUE(link_path(members, 1, 3).empty());
}

}  // namespace
}  // namespace cdh
