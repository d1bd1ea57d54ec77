// The keys of `hub` that say what a run tells of itself, and their typed form.
#pragma once

#include <filesystem>
#include <vector>

#include "hub/config/reporting.hpp"
#include "hub/config/shape.hpp"

namespace cdh {

std::vector<ShapeKey> reporting_keys();

// Of `hub` in its long form. Relative paths belong to `folder`. What cannot be used together is a
// fault.
ReportingConfig bind_reporting(const Setting& hub, const std::filesystem::path& folder,
                               ConfigFaults& faults);

}  // namespace cdh
