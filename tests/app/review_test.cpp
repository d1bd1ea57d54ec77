// `cdh review` as a steward meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kHub = R"(
hub: { store: sqlite://c.db }
sources:
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      shop:
        key: No
        map: [ { into: person, fields: { given_name: First, family_name: Last, emails: [Mail], address_locality: Town } } ]
)";

// A. Example, of whom nothing but the family name and an initial is known: Alice, or another?
class Review : public ::testing::Test {
 protected:
  void SetUp() override {
    hub_.write("hub.yaml", kHub);
    hub_.write("shop.csv",
               "No,First,Last,Mail,Town\n"
               "1,Alice,Example,alice@shop.example,New York\n"
               "2,A.,Example,ae@mail.example,\n"
               "3,Robert,Sample,bob@mail.example,Boston\n"
               "4,Carla,Specimen,carla@mail.example,Chicago\n"
               "5,Dmitri,Muster,dmitri@mail.example,Chicago\n");
    run_ = hub_.run({"run"});
  }
  nlohmann::json waiting() const {
    return nlohmann::json::parse(hub_.run({"review", "list", "--format", "json"}).out);
  }

  HubFolder hub_;
  Outcome run_;
};

TEST_F(Review, ListsWhatARunIsNotSureOf) {
  EXPECT_THAT(run_.out, HasSubstr("1 pair waits for review; see `cdh review list`"));
  EXPECT_THAT(hub_.run({"status"}).out, HasSubstr("1 pair waits for review"));
  const auto status = nlohmann::json::parse(hub_.run({"status", "--format", "json"}).out);
  EXPECT_EQ(status["review_items"], 1);
  EXPECT_THAT(
      hub_.run({"review", "list"}).out,
      AllOf(HasSubstr("shop:1"), HasSubstr("A. Example"), HasSubstr("same family name")));
  const auto pairs = waiting();
  ASSERT_EQ(pairs.size(), 1) << pairs;
  EXPECT_EQ(pairs[0]["record"], "shop:1");
  EXPECT_EQ(pairs[0]["other_record"], "shop:2");
  EXPECT_TRUE(pairs[0]["score"].is_number());
  EXPECT_TRUE(pairs[0]["decided"].is_null());
}

TEST_F(Review, AnAcceptedPairIsOneCustomerFromTheNextRunOn) {
  const std::string id = waiting()[0]["id"].dump();
  const Outcome accepted = hub_.run({"review", "accept", id});
  EXPECT_EQ(accepted.exit_code, 0) << accepted.err;
  EXPECT_THAT(accepted.err, HasSubstr("the next `cdh run` follows"));
  EXPECT_EQ(waiting()[0]["decided"], "accepted");
  EXPECT_THAT(hub_.run({"run"}).out, HasSubstr("4 profiles"));
  EXPECT_EQ(waiting().size(), 0);
  EXPECT_THAT(hub_.run({"review", "list"}).err, HasSubstr("no pair waits for review"));
}

TEST_F(Review, ARejectedPairIsNotAskedAgain) {
  EXPECT_EQ(hub_.run({"review", "reject", waiting()[0]["id"].dump()}).exit_code, 0);
  EXPECT_THAT(hub_.run({"run"}).out, HasSubstr("5 profiles"));
  EXPECT_EQ(waiting().size(), 0);
}

TEST_F(Review, RefusesWhatDoesNotWait) {
  for (const char* verb : {"accept", "reject"}) {
    const Outcome refused = hub_.run({"review", verb, "17"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("no pair 17 waits for review; see `cdh review list`"));
  }
}

}  // namespace
}  // namespace cdh::test
