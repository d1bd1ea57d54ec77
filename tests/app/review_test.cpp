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
  EXPECT_THAT(hub_.run({"review", "list"}).out,
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

TEST_F(Review, ShowsWhatSpeaksForAndAgainst) {
  const std::string id = waiting()[0]["id"].dump();
  EXPECT_THAT(hub_.run({"review", "show", id}).out,
              AllOf(HasSubstr("shop:1  Alice Example"), HasSubstr("shop:2  A. Example"),
                    HasSubstr("alice@shop.example  ae@mail.example"),
                    HasSubstr("before comparing "), HasSubstr("family name: equal "),
                    HasSubstr("#"), HasSubstr("---"), HasSubstr("to 1 that they are")));
  const auto shown =
      nlohmann::json::parse(hub_.run({"review", "show", id, "--format", "json"}).out);
  const auto& evidence = shown["evidence"];
  double sum = evidence["prior"].get<double>() + evidence["other"]["bits"].get<double>();
  for (const auto& field : evidence["fields"]) sum += field["bits"].get<double>();
  EXPECT_NEAR(sum, evidence["score"].get<double>(), 0.01) << shown;
  EXPECT_NEAR(waiting()[0]["score"].get<double>(), evidence["score"].get<double>(), 0.01);
  EXPECT_EQ(shown["records"][1]["name"], "A. Example");
  EXPECT_EQ(hub_.run({"review", "show", "17"}).exit_code, 2);
}

TEST_F(Review, ExplainsTwoRecordsOfAProfile) {
  hub_.run({"review", "accept", waiting()[0]["id"].dump()});
  hub_.run({"run"});
  const auto found =
      nlohmann::json::parse(hub_.run({"profile", "find", "shop:1", "--format", "json"}).out);
  const std::string id = found[0]["profile"];
  EXPECT_THAT(hub_.run({"profile", "explain", id, "shop:1", "shop:2"}).out,
              AllOf(HasSubstr("family name: equal "), HasSubstr("\njoined by:\n"),
                    HasSubstr("shop:1 and shop:2: a steward's decision")));
  const auto pair = nlohmann::json::parse(
      hub_.run({"profile", "explain", id, "shop:1", "shop:2", "--format", "json"}).out);
  EXPECT_TRUE(pair["evidence"]["score"].is_number());
  EXPECT_EQ(pair["path"].size(), 2);
  const Outcome unknown = hub_.run({"profile", "explain", id, "shop:1", "shop:9"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("has no record \"shop:9\""));
  EXPECT_EQ(hub_.run({"profile", "explain", id, "shop:1"}).exit_code, 2) << "one is no pair";
}

TEST_F(Review, ExplainsWhyTwoRecordsAreApart) {
  const auto id_of = [&](const std::string& record) -> std::string {
    return nlohmann::json::parse(
        hub_.run({"profile", "find", record, "--format", "json"}).out)[0]["profile"];
  };
  const std::string alice = id_of("shop:1"), carla = id_of("shop:4");
  EXPECT_THAT(hub_.run({"profile", "explain", alice, "shop:4", "shop:1"}).out,
              AllOf(HasSubstr("family name: different "),
                    HasSubstr("\nnot joined, two customers:\n  shop:4 is of profile " + carla +
                              "\n  shop:1 is of profile " + alice + "\n")));
  const auto pair = nlohmann::json::parse(
      hub_.run({"profile", "explain", alice, "shop:1", "shop:4", "--format", "json"}).out);
  EXPECT_LT(pair["evidence"]["score"].get<double>(), 0);
  EXPECT_EQ(pair["path"].size(), 0);
  EXPECT_EQ(pair["profiles"], nlohmann::json({alice, carla}));
  const Outcome neither = hub_.run({"profile", "explain", alice, "shop:3", "shop:4"});
  EXPECT_EQ(neither.exit_code, 2);
  EXPECT_THAT(neither.err, HasSubstr("profile " + alice + " has no record \"shop:3\""));
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
