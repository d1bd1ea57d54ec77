#include <limits>
#include <stdexcept>

#include <cdh/plugin.hpp>

namespace {

// Misbehaves in the way its option asks for.
class Broken final : public cdh::Connector {
 public:
  Broken(const cdh::Settings& settings, cdh::Host&) : how_(settings.text("how")) {
    if (how_ == "throw-in-constructor") throw std::runtime_error("boom");
  }
  std::vector<cdh::Stream> discover() override {
    if (how_ == "throw-int") throw 42;
    if (how_ == "transient") cdh::fail_transient("the server is busy", 2000);
    return {};
  }
  void start(const cdh::ReadRequest&) override {}
  bool read(cdh::BatchBuilder& out) override {
    if (how_ == "long-message") cdh::fail_data(std::string(5000, 'x'));
    if (how_ == "latin-1-message") cdh::fail_data("caf\xE9");
    out.set_schema(cdh::Schema({"a"}));
    out.add_row(1).text(0, "x");
    if (how_ == "latin-1") {
      out.set_origin("caf\xE9.csv", "z\xE9ro");
      out.add_row(2).reject("caf\xE9", "pr\xE9nom");
    }
    if (how_ == "no-number") {
      out.values()[0].type = CDH_DOUBLE;
      out.values()[0].as.real = std::numeric_limits<double>::quiet_NaN();
      out.add_row(2).real(0, -std::numeric_limits<double>::infinity());
      out.add_row(3).real(0, std::numeric_limits<double>::max());
      cdh::RowBuilder deletion = out.add_row(4);
      deletion.real(0, std::numeric_limits<double>::infinity());
      deletion.set_delete();
    }
    if (how_ == "unknown-type") out.values()[0].type = 99;
    if (how_ == "text-without-bytes") out.values()[0].as.text = nullptr;
    return true;
  }

 private:
  std::string how_;
};

constexpr cdh::Option kOptions[] = {{"how", CDH_OPTION_TEXT, "How to fail.", "", true}};

}  // namespace

CDH_PLUGIN_CONNECTOR(Broken, "broken", "1.0", "Fails on purpose.", kOptions)
