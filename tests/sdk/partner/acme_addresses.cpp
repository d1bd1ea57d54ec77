// A connector as a partner writes it: lines of "id;city" from a text file.
#include <fstream>
#include <string>

#include <cdh/plugin.hpp>

namespace {

class AcmeAddresses final : public cdh::Connector {
 public:
  AcmeAddresses(const cdh::Settings& settings, cdh::Host&) : path_(settings.text("path")) {}

  std::vector<cdh::Stream> discover() override {
    open();
    return {{"addresses", "One address a line", schema_, {"id"}}};
  }
  void start(const cdh::ReadRequest&) override { open(); }

  bool read(cdh::BatchBuilder& out) override {
    out.set_schema(schema_);
    out.set_origin(path_, "line");
    for (std::string line; !out.full() && std::getline(file_, line);) {
      cdh::RowBuilder row = out.add_row(++line_);
      const std::size_t cut = line.find(';');
      if (cut == std::string::npos) {
        row.raw(line);
        row.reject("a line must be \"id;city\"");
        continue;
      }
      row.text(0, std::string_view(line).substr(0, cut));
      row.text(1, std::string_view(line).substr(cut + 1));
    }
    return out.size() > 0;
  }

 private:
  void open() {
    file_ = std::ifstream(path_);
    if (!file_) cdh::fail_system("cannot open " + path_);
    line_ = 0;
  }

  std::string path_;
  std::ifstream file_;
  std::uint64_t line_ = 0;
  cdh::Schema schema_ = cdh::Schema({"id", "city"});
};

constexpr cdh::Option kOptions[] = {{"path", CDH_OPTION_PATH, "The file to read.", "", true}};

}  // namespace

CDH_PLUGIN_CONNECTOR(AcmeAddresses, "acme_addresses", "1.0", "Addresses from ACME.", kOptions)
