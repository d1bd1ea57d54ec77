#include <csignal>
#include <cstdlib>

#include <cdh/plugin.hpp>

namespace {

[[noreturn]] void crash() {
  std::signal(SIGSEGV, SIG_DFL);  // not as a sanitizer would have it
  std::raise(SIGSEGV);
  std::abort();
}

// Leaves records as they are, but crashes at one whose field has the value `at`.
class Stumble final : public cdh::RecordTransform {
 public:
  Stumble(const cdh::Settings& settings, cdh::Host& host)
      : field_name_(settings.text("field")), at_(settings.text("at")) {
    host.warn("it may stumble");
  }
  // As of a file that is read.
  static std::uint64_t fingerprint(const cdh::Settings& settings) {
    if (settings.text("at") == "fingerprint") crash();
    return 7;
  }
  void bind(std::vector<cdh::Field>& fields) override { field_ = require(fields, field_name_); }
  void edit(cdh::Record& record) override {
    if (record.is_text(field_) && record.text(field_) == at_) crash();
  }

 private:
  std::string field_name_, at_;
  int field_ = -1;
};

constexpr cdh::Option kOptions[] = {
    {"field", CDH_OPTION_TEXT, "The field to look at.", "", true},
    {"at", CDH_OPTION_TEXT, "The value to crash at.", "", true},
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Stumble, "stumble", "1.0", "Crashes at a value.", kOptions)
