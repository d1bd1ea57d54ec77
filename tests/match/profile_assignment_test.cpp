#include "hub/match/profile_assignment.hpp"

#include <gtest/gtest.h>

#include "hub/base/text.hpp"

namespace cdh {
namespace {

// Parties "k0", "k1" ... in clusters such as "0,1|2", with former profiles "P1,P1,-".
// The answer for each cluster: "P1 unchanged", "P1 merged<P2,P3".
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
    prior.push_back({profiles[i] == "-" ? std::string_view() : profiles[i], keys[i]});
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

TEST(ProfileAssignment, HandlesASplitAndAMergeAtOnce) {
  EXPECT_EQ(assign("0,1,3|2", "P1,P1,P1,P2"), "P1 merged<P2 | split_off");
  EXPECT_EQ(assign("0,2,3|1", "P2,P2,P1,P1"), "P1 merged<P2 | split_off");
  EXPECT_EQ(assign("0,3|1,2", "P1,P1,P1,P2"), "P2 merged | P1 reduced");
}

}  // namespace
}  // namespace cdh
