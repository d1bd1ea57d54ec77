// plugin.hpp alone is a whole translation unit, and its macros need no `using`.
#include <cdh/plugin.hpp>

namespace {

class Empty final : public cdh::Connector {
 public:
  Empty(const cdh::Settings&, cdh::Host&) {}
  std::vector<cdh::Stream> discover() override { return {}; }
  void start(const cdh::ReadRequest&) override {}
  bool read(cdh::BatchBuilder&) override { return false; }
};

constexpr cdh::Option kOptions[] = {{"option", CDH_OPTION_TEXT, "Some option."}};

}  // namespace

CDH_PLUGIN_CONNECTOR(Empty, "empty", "1.0", "Has no records.", kOptions)
