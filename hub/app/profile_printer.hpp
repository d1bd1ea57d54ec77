// Profiles as people read them, and as JSON for programs.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "hub/app/command.hpp"
#include "hub/match/pair_evidence.hpp"
#include "hub/store/profile_finding.hpp"
#include "hub/store/profile_view.hpp"

namespace cdh {

void print_summaries(std::ostream& out, const std::vector<ProfileSummary>& found, Format format);

// The 360° view: values, contacts, records, consents, relations, events. Moments as a wall clock in
// `time_zone` shows them, in JSON with its offset.
void print_profile(std::ostream& out, ProfileView view, Format format,
                   const std::string& time_zone);

// Why these records are one customer, and where each value comes from.
void print_explanation(std::ostream& out, ProfileView view, Format format,
                       const std::string& time_zone);

// What two profiles hold, a line a field, under a name of each.
void print_side_by_side(std::ostream& out, const ProfileView& a, const std::string& name_a,
                        const ProfileView& b, const std::string& name_b);

// Why two records have their score, and the links that lead from one to the other (link_path.hpp).
void print_pair(std::ostream& out, const std::vector<const ViewedMember*>& path,
                const PairEvidence& evidence, Format format);

// Likewise of two records of two profiles, whose ids `uuids` are.
void print_pair_apart(std::ostream& out, const ViewedMember& a, const ViewedMember& b,
                      const std::pair<std::string, std::string>& uuids,
                      const PairEvidence& evidence, Format format);

}  // namespace cdh
