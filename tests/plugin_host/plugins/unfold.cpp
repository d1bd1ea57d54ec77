#include <algorithm>

#include <cdh/plugin.hpp>

namespace {

// One record of each row for each part: the key 7 becomes 7-home and 7-work.
class Unfold final : public cdh::Transform {
 public:
  Unfold(const cdh::Settings& settings, cdh::Host&)
      : key_(settings.text("key")), parts_(settings.list("parts")) {}

  void apply(const cdh_batch& in, cdh::BatchBuilder& out) override {
    std::vector<cdh::Field> fields;
    std::size_t key = 0;
    for (std::size_t i = 0; i < in.schema->field_count; ++i) {
      const cdh_field& field = in.schema->fields[i];
      fields.push_back({std::string(cdh::view(field.name)), static_cast<cdh_type>(field.type)});
      if (fields.back().name == key_) key = i;
    }
    const std::size_t width = fields.size();
    fields.push_back({"part", CDH_TEXT});
    out.set_schema(cdh::Schema(std::move(fields)));
    for (std::size_t row = 0; row < in.row_count; ++row) {
      const cdh_value* values = in.values + row * width;
      const std::string old_key(values[key].as.text, values[key].length);
      for (const std::string& part : parts_) {
        cdh::RowBuilder target = out.add_row();
        out.rows().back().source_row = static_cast<std::uint32_t>(row);
        std::copy(values, values + width,
                  out.values().end() - static_cast<std::ptrdiff_t>(width + 1));
        target.text(key, old_key + "-" + part);
        target.text(width, part);
      }
    }
  }

 private:
  std::string key_;
  std::vector<std::string> parts_;
};

constexpr cdh::Option kOptions[] = {
    {"key", CDH_OPTION_TEXT, "The field to tell the records apart by.", "", true},
    {"parts", CDH_OPTION_TEXT_LIST, "What records to make of each.", "", true},
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Unfold, "unfold", "1.0", "Makes several records of one.", kOptions)
