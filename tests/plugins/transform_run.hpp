// Runs a built transform plugin over records and says in one line of text what became of each.
//
//     EXPECT_EQ(transformed("text", "{fields: [A], trim: true}", {{"A", text_value(" x ")}}),
//     "A=x");
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hub/config/setting.hpp"
#include "hub/model/value.hpp"

namespace cdh {

// Field names and values, in order.
using TestRecord = std::vector<std::pair<std::string, Value>>;

// The settings as they would stand in hub.yaml. Relative paths are meant from `folder`.
Setting settings_of(const std::string& yaml, const std::string& folder = "");

// "A=x, B=null, C=2026-11-22", absent fields left out; "dropped"; or "quarantined FIELD: reason".
// Throws what loading, creating or applying throws.
std::string transformed(const std::string& plugin, const std::string& settings,
                        const TestRecord& record, const std::string& folder = "");

// The message of the Error(config) that creating the transform and giving it the record throws;
// empty when it throws none.
std::string config_error(const std::string& plugin, const std::string& settings,
                         const TestRecord& record = {}, const std::string& folder = "");

Value null_value();
Value integer_value(std::int64_t integer);
Value real_value(double real);
Value date_value(std::int64_t days);

}  // namespace cdh
