#include "hub/match/profile_assignment.hpp"

#include <gtest/gtest.h>

#include "hub/base/text.hpp"

namespace cdh {
namespace {

// Parties "k0", "k1" ... in clusters such as "0,1|2". What each was before: "P1", "P1!" a steward
// told it to leave, "P1<P2" it had come there from P2, "-" nothing. The answer for each cluster:
// "P1 unchanged", "P1 merged<P2,P3".
std::string assign(std::string_view clusters, std::string_view former) {
  Clustering clustering;
  for (const std::string_view cluster : split(clusters, '|')) {
    clustering.starts.push_back(static_cast<std::uint32_t>(clustering.members.size()));
    for (const std::string_view member : split(cluster, ',')) {
      clustering.members.push_back(static_cast<std::uint32_t>(std::stoi(std::string(member))));
    }
  }
  clustering.starts.push_back(static_cast<std::uint32_t>(clustering.members.size()));
  std::vector<std::string> keys;
  const auto profiles = split(former, ',');
  for (std::size_t i = 0; i < profiles.size(); ++i) keys.push_back("k" + std::to_string(i));
  std::vector<PriorMembership> prior;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    PriorMembership& was = prior.emplace_back();
    was.key = keys[i];
    std::string_view text = profiles[i];
    was.leaves = text.ends_with('!');
    if (was.leaves) text.remove_suffix(1);
    const std::size_t came = text.find('<');
    if (came != std::string_view::npos) was.former_id = text.substr(came + 1);
    if (text != "-") was.profile_id = text.substr(0, came);
  }

  std::string text;
  for (const ProfileAssignment& assignment : assign_profiles(clustering, prior)) {
    if (!text.empty()) text += " | ";
    if (!assignment.profile_id.empty()) text += std::string(assignment.profile_id) + " ";
    text += name_of(assignment.change);
    for (const std::string_view alias : assignment.became_alias) {
      text += "<" + std::string(alias);
    }
  }
  return text;
}

TEST(ProfileAssignment, KeepsIdsForEver) {
  EXPECT_EQ(assign("0|1,2", "-,-,-"), "created | created");
  EXPECT_EQ(assign("0|1,2", "P1,P2,P2"), "P1 unchanged | P2 unchanged");
  EXPECT_EQ(assign("0,1|2", "P1,-,P2"), "P1 joined | P2 unchanged");
}

TEST(ProfileAssignment, LetsTheOldestSurviveAMerge) {
  EXPECT_EQ(assign("0,1,2,3", "P3,P1,P2,-"), "P1 merged<P2<P3");
  EXPECT_EQ(assign("3,2,1,0", "P3,P3,P3,P1"), "P1 merged<P3");
}

TEST(ProfileAssignment, LeavesTheIdWithTheLargerPartOfASplit) {
  EXPECT_EQ(assign("0|1,2", "P1,P1,P1"), "split_off | P1 reduced");
  EXPECT_EQ(assign("0,1|2", "P1,P1,P1"), "P1 reduced | split_off");
  EXPECT_EQ(assign("1|0", "P1,P1"), "split_off | P1 reduced") << "the smaller key text";
  EXPECT_EQ(assign("0,3,4|1,2", "P1,P1,P1,-,-"), "split_off | P1 reduced")
      << "newcomers do not count";
}

TEST(ProfileAssignment, LeavesTheIdOfEqualPartsWithTheOneThatWasNotNamed) {
  EXPECT_EQ(assign("0|1", "P1!,P1"), "split_off | P1 reduced");
  EXPECT_EQ(assign("0|1", "P1,P1!"), "P1 reduced | split_off");
  EXPECT_EQ(assign("0,1|2,3", "P1!,P1!,P1,P1"), "split_off | P1 reduced");
  EXPECT_EQ(assign("0,1|2", "P1!,P1!,P1"), "P1 reduced | split_off") << "the larger part";
}

TEST(ProfileAssignment, GivesBothSidesOfAnUndoneMergeTheirIdsBack) {
  EXPECT_EQ(assign("0|1", "P1,P1<P2!"), "P1 reduced | P2 split_off");
  EXPECT_EQ(assign("0|1", "P1!,P1<P2"), "P1 reduced | P2 split_off") << "either may be named";
  EXPECT_EQ(assign("0|1,2", "P1,P1<P2,P1<P2"), "P1 reduced | P2 split_off") << "or be larger";
  EXPECT_EQ(assign("0|1|2", "P1,P1<P2,P1<P3"), "P1 reduced | P2 split_off | P3 split_off");
  EXPECT_EQ(assign("0|1,2", "P1,P1<P2,P1<P3"), "P1 reduced | P2 split_off<P3") << "the oldest";
}

TEST(ProfileAssignment, LeavesAFormerIdWithMostOfThoseThatHadIt) {
  EXPECT_EQ(assign("0,1,2", "P1,P1<P2,P1<P2"), "P1 unchanged");
  EXPECT_EQ(assign("0,1,2|3", "P1,P1<P2,P1<P2,P1<P2"), "P1 reduced<P2 | split_off");
  EXPECT_EQ(assign("0,1|2,3", "P1,P1<P2,P1<P2,P1<P2"), "P1 reduced | P2 split_off");
  EXPECT_EQ(assign("0,1|2", "P1,P1<P2,P1<P2!"), "P1 reduced<P2 | split_off");
}

TEST(ProfileAssignment, LetsFormerIdsGoAlongWithAMerge) {
  EXPECT_EQ(assign("0,1,2", "P1,P2,P2<P3"), "P1 merged<P2<P3");
  EXPECT_EQ(assign("0|1,2", "P1,P1<P2,P4"), "P1 reduced | P4 merged<P2") << "P4 is there, P2 not";
  EXPECT_EQ(assign("0|1", "P1,P1<P2"), "P1 reduced | P2 split_off");
}

TEST(ProfileAssignment, KeepsTheIdOfWhatIsNotSplit) {
  EXPECT_EQ(assign("0,1", "P1<P2,P1<P3"), "P1 unchanged") << "its own parties are gone";
  EXPECT_EQ(assign("0|1", "P1<P2,P1<P3"), "P1 reduced | P3 split_off");
  EXPECT_EQ(assign("0|1", "P2,P1<P2"), "P2 unchanged | P1 unchanged") << "P2 is there again";
}

TEST(ProfileAssignment, HandlesASplitAndAMergeAtOnce) {
  EXPECT_EQ(assign("0,1,3|2", "P1,P1,P1,P2"), "P1 merged<P2 | split_off");
  EXPECT_EQ(assign("0,2,3|1", "P2,P2,P1,P1"), "P1 merged<P2 | split_off");
  EXPECT_EQ(assign("0,3|1,2", "P1,P1,P1,P2"), "P2 merged | P1 reduced");
}

}  // namespace
}  // namespace cdh
