// `cdh match` as an administrator meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHub = R"(
hub: { store: sqlite://c.db }
sources:
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      shop:
        key: No
        map: [ { into: person, fields: { given_name: First, family_name: Last, emails: [Mail] } } ]
)";

class Match : public ::testing::Test {
 protected:
  void SetUp() override {
    hub_.write("hub.yaml", kHub);
    hub_.write("shop.csv",
               "No,First,Last,Mail\n1,Alice,Example,alice@shop.example\n"
               "2,Alice,Example,alice@shop.example\n3,Robert,Sample,bob@mail.example\n");
  }
  nlohmann::json json(std::vector<std::string> words) const {
    words.insert(words.end(), {"--format", "json"});
    return nlohmann::json::parse(hub_.run(words).out);
  }

  HubFolder hub_;
};

TEST_F(Match, ShowsTheModelThatTheFirstRunLearnt) {
  hub_.run({"run"});
  EXPECT_THAT(hub_.run({"match", "model"}).out,
              AllOf(HasSubstr("match model 1, learnt at "), HasSubstr("in run 1 from 3 records"),
                    HasSubstr("namesakes"), HasSubstr("a typing error apart")));
  const auto model = json({"match", "model"});
  EXPECT_EQ(model["version"], 1);
  EXPECT_EQ(model["parties"], 3);
  const auto& person = model["kinds"]["person"];
  EXPECT_GT(person["matches"], 0);
  EXPECT_EQ(person["levels"][0]["field"], "given");
  EXPECT_EQ(person["levels"][0]["level"], "exact");
  EXPECT_GT(person["levels"][0]["among_matches"], person["levels"][0]["at_random"]);
  EXPECT_GT(person["levels"][0]["bits"], 0);
}

TEST_F(Match, ShowsTheOrderOfWholeNames) {
  std::string hub = kHub;
  const std::size_t at = hub.find("given_name: First, family_name: Last");
  ASSERT_NE(at, hub.npos);
  hub_.write("hub.yaml", hub.replace(at, 36, "native_name: Name"));
  std::string rows = "No,Name,Mail\n";
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i), mail = ",nagy" + id + "@mail.example\n";
    rows += "p" + id + ",Nagy Peter" + mail + "k" + id + ",Nagy Katalin" + mail;
  }
  hub_.write("shop.csv", rows);
  hub_.run({"run"});
  EXPECT_EQ(json({"match", "model"})["name_orders"]["shop"], "family_first");
}

TEST_F(Match, TrainingStoresOnlyWhatIsToBeActivated) {
  hub_.run({"run"});
  const Outcome tried = hub_.run({"match", "train"});
  EXPECT_EQ(tried.exit_code, 0) << tried.err;
  EXPECT_THAT(tried.out, HasSubstr("learnt from 3 records"));
  EXPECT_THAT(tried.err, HasSubstr("nothing is stored"));
  EXPECT_EQ(json({"match", "model"})["version"], 1);
  EXPECT_EQ(json({"match", "train", "--activate"})["activated_version"], 2);
  EXPECT_EQ(json({"match", "model"})["version"], 2);
  EXPECT_EQ(hub_.run({"run"}).exit_code, 0);
}

TEST_F(Match, StatusSaysThatTheRecordsHaveOutgrownTheModel) {
  hub_.run({"run"});
  EXPECT_THAT(hub_.run({"status"}).out, Not(HasSubstr("match model")));
  EXPECT_EQ(json({"status"})["match_model"]["is_outgrown"], false);
  hub_.write("shop.csv", hub_.read("shop.csv") +
                             "4,Carla,Specimen,carla@mail.example\n"
                             "5,Dmitri,Muster,dmitri@mail.example\n");
  hub_.run({"run"});
  EXPECT_THAT(hub_.run({"status"}).out,
              HasSubstr("learnt from 3 records, and there are 5 now: `cdh match train`"));
  const auto model = json({"status"})["match_model"];
  EXPECT_EQ(model["learnt_from"], 3);
  EXPECT_EQ(model["records"], 5);
  EXPECT_EQ(model["is_outgrown"], true);
}

TEST_F(Match, BeforeTheFirstRunSaysWhatToDo) {
  hub_.run({"store", "migrate"});
  for (const char* what : {"model", "train"}) {
    const Outcome refused = hub_.run({"match", what});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("`cdh run`"));
  }
}

}  // namespace
}  // namespace cdh::test
