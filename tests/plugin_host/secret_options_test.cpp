#include "hub/plugin_host/secret_options.hpp"

#include <gtest/gtest.h>

namespace cdh {
namespace {

Setting source(const std::string& connector, Setting transform) {
  Setting transforms = Setting::list({});
  transforms.items.push_back(std::move(transform));
  return Setting::map(
      {{"connector", Setting::scalar(connector)},
       {"config", Setting::map({{"token", Setting::scalar("t")}, {"tone", Setting::scalar("w")}})},
       {"streams", Setting::map({{"people", Setting::map({{"transforms", transforms}})}})}});
}

const Setting& at(const Setting& document, const std::string& source, const std::string& option) {
  return *document.find("sources")->find(source)->find("config")->find(option);
}

TEST(SecretOptions, AreThoseThatPluginsDeclareAndAllOfAnUnknownPlugin) {
  const Setting shout =
      Setting::map({{"use", Setting::scalar("shout")}, {"field", Setting::scalar("f")}});
  const Setting unknown = Setting::map({{"use", Setting::scalar("absent")},
                                        {"isolate", Setting::scalar("false")},
                                        {"field", Setting::list({"f"})}});
  Setting document =
      Setting::map({{"sources", Setting::map({{"known", source("greetings", shout)},
                                              {"other", source("absent", unknown)}})}});
  PluginRegistry plugins({CDH_TEST_PLUGIN_FOLDER});
  mark_secret_options(document, plugins);

  EXPECT_TRUE(at(document, "known", "token").secret);
  EXPECT_FALSE(at(document, "known", "tone").secret);
  EXPECT_TRUE(at(document, "other", "tone").secret);
  const auto transform = [&](const char* name) {
    return document.find("sources")
        ->find(name)
        ->find("streams")
        ->find("people")
        ->find("transforms")
        ->items.front();
  };
  EXPECT_FALSE(transform("known").find("field")->secret);
  EXPECT_FALSE(transform("other").find("use")->secret);
  EXPECT_FALSE(transform("other").find("isolate")->secret);
  EXPECT_TRUE(transform("other").find("field")->items.front().secret);
}

}  // namespace
}  // namespace cdh
