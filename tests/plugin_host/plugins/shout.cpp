#include <cdh/plugin.hpp>

namespace {

// Upper case; "drop" drops the record, "refuse" quarantines it.
class Shout final : public cdh::RecordTransform {
 public:
  Shout(const cdh::Settings& settings, cdh::Host&) : field_name_(settings.text("field")) {}
  void bind(std::vector<cdh::Field>& fields) override {
    field_ = require(fields, field_name_);
    length_ = require_or_add(fields, "length", CDH_INTEGER);
  }
  void edit(cdh::Record& record) override {
    if (!record.is_text(field_)) return;
    std::string text(record.text(field_));
    if (text == "drop") record.drop();
    if (text == "refuse") record.reject("it says refuse", field_name_);
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    record.set_text(field_, text);
    record.set_integer(length_, CDH_INTEGER, static_cast<std::int64_t>(text.size()));
  }

 private:
  std::string field_name_;
  int field_ = -1, length_ = -1;
};

constexpr cdh::Option kOptions[] = {
    {"field", CDH_OPTION_TEXT, "The field to shout.", "", true},
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Shout, "shout", "2.1", "Upper case.", kOptions)
