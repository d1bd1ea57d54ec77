#include <cdh/plugin.hpp>

namespace {

// Says its secrets wherever a plugin can say anything.
class Telltale final : public cdh::Connector {
 public:
  Telltale(const cdh::Settings& settings, cdh::Host& host)
      : words_(settings.text("token") + " and " + settings.text("pin")),
        fails_(settings.boolean("fails")),
        host_(host) {
    tell();
  }
  void check() override {
    tell();
    if (fails_) cdh::fail_config("not with " + words_, "token");
  }
  std::vector<cdh::Stream> discover() override {
    return {{"people", "read with " + words_, schema_, {"No"}}};
  }
  void start(const cdh::ReadRequest&) override { tell(); }
  bool read(cdh::BatchBuilder& out) override {
    tell();
    if (done_) {
      if (fails_) cdh::fail_system("the service refuses " + words_);
      return false;
    }
    done_ = true;
    out.set_schema(schema_);
    out.set_origin("https://service.example/" + words_, "row");
    cdh::RowBuilder good = out.add_row(1);
    good.text(0, "1");
    good.text(1, "Example");
    cdh::RowBuilder bad = out.add_row(2);
    bad.text(0, "2");
    bad.raw("2;Refused");
    bad.reject("refused because of " + words_, words_);
    return true;
  }

 private:
  void tell() const {
    host_.debug("debug " + words_);
    host_.info("info " + words_);
    host_.warn("warning " + words_);
  }

  cdh::Schema schema_{std::vector<cdh::Field>{{"No"}, {"Name"}}, 1};
  std::string words_;
  bool fails_, done_ = false;
  cdh::Host& host_;
};

constexpr cdh::Option kOptions[] = {
    {"token", CDH_OPTION_TEXT, "A secret.", "", true, true},
    {"pin", CDH_OPTION_TEXT, "Another one.", "", true, true},
    {"fails", CDH_OPTION_BOOLEAN, "Whether it fails after its rows.", "false"},
};

}  // namespace

CDH_PLUGIN_CONNECTOR(Telltale, "telltale", "1.0", "Keeps no secret.", kOptions)
