#include "hub/merge/lineage.hpp"

#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "tests/merge/customer_records.hpp"

namespace cdh {
namespace {

TEST(Lineage, IsShortForOneRecord) {
  CustomerRecords records;
  records.add("a/s/1/p", 50, {}, "person", {{"given_name", "Ann"}, {"family_name", "Lee"}})
      .with("email", {{"value", "a@x.example"}});
  EXPECT_EQ(lineage_json(survive(records.members(), {})), R"({"*":[1,"only"]})");
}

TEST(Lineage, NamesWhatDiffersAndComesBack) {
  CustomerRecords records;
  records.add("a/s/1/p", 50, {}, "person", {{"given_name", "Ann"}, {"family_name", "Lee"}})
      .with("email", {{"value", "a@x.example"}})
      .with_extension("size \"x\"", "1")
      .add("b/s/1/p", 40, {}, "person", {{"given_name", "A"}, {"occupation", "cook"}})
      .with("email", {{"value", "b@x.example"}});
  const GoldenProfile profile =
      survive(records.members(), {}, std::vector<Pin>{{"gender", "female"}});
  const std::string json = lineage_json(profile);
  EXPECT_EQ(
      json,
      R"({"*":[1,"source_priority"],"gender":[0,"pinned"],"occupation":[2,"only"],)"
      R"("ext.size \"x\"":[1,"only"],"email":[[1,"source_priority"],[2,"source_priority"]]})");

  const Lineage lineage = Lineage::parse(json);
  EXPECT_EQ(lineage.origin_of("given_name"), (Origin{1, ChosenBy::source_priority}));
  EXPECT_EQ(lineage.origin_of("gender"), (Origin{kNoParty, ChosenBy::pinned}));
  EXPECT_EQ(lineage.origin_of("ext.size \"x\""), (Origin{1, ChosenBy::only}));
  EXPECT_EQ(lineage.origin_of("email", 1), (Origin{2, ChosenBy::source_priority}));
}

TEST(Lineage, RefusesWhatItDidNotWrite) {
  for (const char* json : {"", "[]", "{", R"({"*":[]})", R"({"*":[1,"luck"]})", R"({"*":7})"}) {
    EXPECT_THROW(Lineage::parse(json), Error) << json;
  }
}

}  // namespace
}  // namespace cdh
