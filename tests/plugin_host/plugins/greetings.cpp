#include <cdh/plugin.hpp>

namespace {

class Greetings final : public cdh::Connector {
 public:
  Greetings(const cdh::Settings& settings, cdh::Host& host)
      : count_(settings.integer("count")), words_(settings.list("words")) {
    if (count_ < 0) cdh::fail_config("must not be negative", "count");
    host.debug("created");
  }
  std::vector<cdh::Stream> discover() override {
    return {{"greetings", "Friendly lines", schema_, {"id"}, true}};
  }
  void start(const cdh::ReadRequest& request) override {
    if (request.stream != "greetings") cdh::fail_config("there is no stream " + request.stream);
    next_ = request.resume_state.empty() ? 0 : std::stoll(request.resume_state);
  }
  bool read(cdh::BatchBuilder& out) override {
    if (next_ >= count_) return false;
    out.set_schema(schema_);
    out.set_origin("memory", "line");
    while (next_ < count_ && !out.full()) {
      const auto number = ++next_;
      cdh::RowBuilder row = out.add_row(static_cast<std::uint64_t>(number));
      row.integer(0, number);
      row.text(1, words_[static_cast<std::size_t>(number) % words_.size()]);
      if (number == 3) {
        row.raw("3;three");
        row.reject("three is refused", "id");
      }
    }
    out.set_resume_state(std::to_string(next_));
    return true;
  }

 private:
  cdh::Schema schema_{std::vector<cdh::Field>{{"id", CDH_INTEGER}, {"line", CDH_TEXT}}, 1};
  std::int64_t count_, next_ = 0;
  std::vector<std::string> words_;
};

constexpr cdh::Option kOptions[] = {
    {"count", CDH_OPTION_INTEGER, "How many lines.", "5"},
    {"words", CDH_OPTION_TEXT_LIST, "What they say.", "hello"},
    {"tone", CDH_OPTION_TEXT, "How they say it.", "warm", false, false, "warm|cool"},
    {"token", CDH_OPTION_TEXT, "A secret that must be given.", "", true, true},
};

}  // namespace

CDH_PLUGIN_CONNECTOR(Greetings, "greetings", "1.0", "Says hello.", kOptions)
