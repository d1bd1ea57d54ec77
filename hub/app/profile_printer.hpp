// Profiles as people read them, and as JSON for programs.
#pragma once

#include <iosfwd>
#include <vector>

#include "hub/app/command.hpp"
#include "hub/store/profile_view.hpp"

namespace cdh {

void print_summaries(std::ostream& out, const std::vector<ProfileSummary>& found, Format format);

// The 360° view: values, contacts, records, events. Moments as a wall clock in `time_zone` shows
// them, in JSON with its offset.
void print_profile(std::ostream& out, ProfileView view, Format format,
                   const std::string& time_zone);

// Why these records are one customer, and where each value comes from.
void print_explanation(std::ostream& out, ProfileView view, Format format,
                       const std::string& time_zone);

}  // namespace cdh
