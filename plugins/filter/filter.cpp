// Decides which records go on.
//
//     transforms:
//       - { use: filter, drop_if: { STATUS: deleted|archived } }
//       - { use: filter, keep_if: { TYPE: "P|O", COUNTRY: PL } }
//       - { use: filter, not_empty: [EMAIL], reason: no e-mail address }
//       - { use: filter, quarantine_if: { EMAIL: "*@test.example" }, reason: test account }
//
// A condition is a map of fields to patterns and holds when every one of its fields matches:
// several values with |, any run of characters with *, nothing ("") for a blank field. The options
// are judged in the order drop_if, keep_if, quarantine_if, empty, not_empty; the first that decides
// does. A value that is not text is compared as it would be written; a blank one is like the empty
// text. Reasons of quarantine name the field and the rule, never the value: that is kept with the
// record.
#include <algorithm>
#include <optional>

#include <cdh/plugin.hpp>
#include <cdh/value_text.hpp>

#include "wildcard.hpp"

namespace cdh::filter {
namespace {

constexpr Option kOptions[] = {
    {"drop_if", CDH_OPTION_TEXT_MAP, "Leaves out the records that meet this condition."},
    {"keep_if", CDH_OPTION_TEXT_MAP, "Leaves out the records that do not meet this condition."},
    {"quarantine_if", CDH_OPTION_TEXT_MAP, "Quarantines the records that meet this condition."},
    {"empty", CDH_OPTION_TEXT_LIST,
     "Fields that must be blank, such as a form's trap for robots; else the record is "
     "quarantined."},
    {"not_empty", CDH_OPTION_TEXT_LIST,
     "Fields that must not be blank; else the record is quarantined."},
    {"reason", CDH_OPTION_TEXT, "The reason given for quarantine, in place of the rule."},
};

struct Test {
  std::string field;
  Wildcard wanted;
  int column = -1;
};
using Condition = std::vector<Test>;  // all must hold; without tests it never holds

Condition condition_of(const Settings& settings, const char* option) {
  Condition condition;
  for (const auto& [field, pattern] : settings.map(option)) {
    condition.push_back({field, Wildcard(pattern)});
  }
  if (settings.has(option) && condition.empty()) fail_config("name at least one field", option);
  return condition;
}

// A field that must be blank, or must not be.
struct Requirement {
  std::string field;
  bool blank;
  int column = -1;
};

class Filter final : public RecordTransform {
 public:
  Filter(const Settings& settings, Host&)
      : drop_if_(condition_of(settings, "drop_if")),
        keep_if_(condition_of(settings, "keep_if")),
        quarantine_if_(condition_of(settings, "quarantine_if")),
        reason_(settings.text("reason")) {
    for (const std::string& field : settings.list("empty")) requirements_.push_back({field, true});
    for (const std::string& field : settings.list("not_empty"))
      requirements_.push_back({field, false});
    const bool quarantines = !quarantine_if_.empty() || !requirements_.empty();
    if (!quarantines && drop_if_.empty() && keep_if_.empty()) {
      fail_config("give at least one of drop_if, keep_if, quarantine_if, empty and not_empty");
    }
    if (!quarantines && settings.has("reason")) {
      fail_config("it is for quarantine_if, empty and not_empty; what is dropped needs no reason",
                  "reason");
    }
  }

  void bind(std::vector<Field>& fields) override {
    for (Condition* condition : {&drop_if_, &keep_if_, &quarantine_if_}) {
      for (Test& test : *condition) test.column = require(fields, test.field);
    }
    for (Requirement& each : requirements_) each.column = require(fields, each.field);
  }

  void edit(Record& record) override {
    if (holds(drop_if_, record) || (!keep_if_.empty() && !holds(keep_if_, record))) {
      record.drop();
      return;
    }
    if (holds(quarantine_if_, record)) {
      const std::string& field = quarantine_if_.front().field;
      return reject(record, field, "has a value that the filter refuses");
    }
    for (const Requirement& each : requirements_) {
      if (is_blank(record[each.column]) == each.blank) continue;
      return reject(record, each.field, each.blank ? "must be empty" : "must not be empty");
    }
  }

 private:
  bool holds(const Condition& condition, const Record& record) {
    return !condition.empty() &&
           std::all_of(condition.begin(), condition.end(), [&](const Test& test) {
             const cdh_value& value = record[test.column];
             return test.wanted.matches(is_blank(value) ? "" : written(value, buffer_));
           });
  }

  void reject(Record& record, const std::string& field, const char* rule) const {
    record.reject(reason_.empty() ? "\"" + field + "\" " + rule : reason_, field);
  }

  Condition drop_if_, keep_if_, quarantine_if_;
  std::vector<Requirement> requirements_;
  std::string reason_;
  std::string buffer_;
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Filter, "filter", "1.0", "Decides which records go on, by their values.",
                     kOptions)

}  // namespace cdh::filter
