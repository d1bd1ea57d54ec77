#include <cdh/plugin.hpp>

namespace {

// Its service hands out a new token at each connection.
class Rotating final : public cdh::Connector {
 public:
  Rotating(const cdh::Settings& settings, cdh::Host& host)
      : token_(settings.text("token")), host_(host) {}
  void check() override { host_.keep_secret("token", token_ + "'"); }
  std::vector<cdh::Stream> discover() override { return {}; }
  void start(const cdh::ReadRequest&) override {}
  bool read(cdh::BatchBuilder&) override { return false; }

 private:
  std::string token_;
  cdh::Host& host_;
};

constexpr cdh::Option kOptions[] = {{"token", CDH_OPTION_TEXT, "The token.", "", true, true}};

}  // namespace

CDH_PLUGIN_CONNECTOR(Rotating, "rotating", "1.0", "Is given new tokens.", kOptions)
