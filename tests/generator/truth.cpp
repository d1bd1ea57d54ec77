#include "tests/generator/truth.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "hub/base/error.hpp"

namespace cdh::generator {

namespace {

// Keys, names and clusters of the generator hold nothing that CSV would need to quote.
void append_line(std::string& csv, std::initializer_list<std::string_view> cells) {
  char separator = '\0';
  for (const std::string_view cell : cells) {
    if (separator != '\0') csv += separator;
    csv += cell;
    separator = ',';
  }
  csv += '\n';
}

}  // namespace

Truth::Truth()
    : truth_csv_("record_id,cluster_id,source,stream,source_key,as\n"),
      broken_csv_("source,stream,row,defect\n") {}

void Truth::add(std::string_view source, std::string_view stream, std::string_view key,
                std::string_view as, std::string_view cluster) {
  const std::string record_id = std::string(source) + ":" + std::string(key);
  append_line(truth_csv_, {record_id, cluster, source, stream, key, as});
  ++parties_;
}

void Truth::add_beside(std::string_view source, std::string_view stream, std::string_view key,
                       std::string_view as, std::string_view cluster) {
  const std::string record_id =
      std::string(source) + ":" + std::string(key) + "#" + std::string(as);
  append_line(truth_csv_, {record_id, cluster, source, stream, key, as});
  ++parties_;
}

void Truth::add_broken(std::string_view source, std::string_view stream, std::size_t row,
                       std::string_view defect) {
  append_line(broken_csv_, {source, stream, std::to_string(row), defect});
  ++broken_;
}

void Truth::write(const std::filesystem::path& folder) const {
  write_file(folder / "truth.csv", truth_csv_);
  write_file(folder / "broken.csv", broken_csv_);
}

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    throw Error(ErrorKind::source, "cannot write " + file.string() + ": " + std::strerror(errno));
  }
}

}  // namespace cdh::generator
