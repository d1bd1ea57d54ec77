// A transform as a partner writes it: puts one field into capitals.
#include <cctype>
#include <string>

#include <cdh/plugin.hpp>

namespace {

class AcmeShout final : public cdh::RecordTransform {
 public:
  AcmeShout(const cdh::Settings& settings, cdh::Host&) : field_(settings.text("field")) {}

  void bind(std::vector<cdh::Field>& fields) override { column_ = require(fields, field_); }

  void edit(cdh::Record& record) override {
    if (!record.is_text(column_)) return;
    std::string text(record.text(column_));
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    record.set_text(column_, text);
  }

 private:
  std::string field_;
  int column_ = 0;
};

constexpr cdh::Option kOptions[] = {{"field", CDH_OPTION_TEXT, "The field to change.", "", true}};

}  // namespace

CDH_PLUGIN_TRANSFORM(AcmeShout, "acme_shout", "1.0", "Puts a field into capitals.", kOptions)
