// A connector that does nothing but hand rows over: what it costs to cross the boundary.
#include <cdh/plugin.hpp>

namespace {

constexpr std::size_t kFields = 12;

class Rows final : public cdh::Connector {
 public:
  Rows(const cdh::Settings& settings, cdh::Host&) : count_(settings.integer("count")) {
    std::vector<cdh::Field> fields;
    for (std::size_t i = 0; i < kFields; ++i) fields.push_back({"field" + std::to_string(i)});
    schema_ = cdh::Schema(std::move(fields), 1);
  }
  std::vector<cdh::Stream> discover() override { return {{"rows", "Rows", schema_, {"field0"}}}; }
  void start(const cdh::ReadRequest&) override { next_ = 0; }
  bool read(cdh::BatchBuilder& out) override {
    if (next_ >= count_) return false;
    out.set_schema(schema_);
    for (; next_ < count_ && !out.full(); ++next_) {
      cdh::RowBuilder row = out.add_row(static_cast<std::uint64_t>(next_ + 1));
      for (std::size_t i = 0; i < kFields; ++i) row.text_view(i, kText);
    }
    return true;
  }

 private:
  static constexpr std::string_view kText = "twelve bytes";
  cdh::Schema schema_;
  std::int64_t count_, next_ = 0;
};

constexpr cdh::Option kOptions[] = {{"count", CDH_OPTION_INTEGER, "How many rows.", "1000000"}};

}  // namespace

CDH_PLUGIN_CONNECTOR(Rows, "rows", "1.0", "Hands rows over.", kOptions)
