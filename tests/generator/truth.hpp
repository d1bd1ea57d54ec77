// What a consolidation should find out, written beside the data.
//
// truth.csv has a line for each party of each record:
//     record_id,cluster_id,source,stream,source_key,as
//     erp:100017,P00012,erp,customers,100017,contact
//     sales:V0003#company,C00004,sales,cards,V0003,company
// Lines with the same cluster_id are the same customer; people and companies never share one.
// source, stream, source_key and as are those of `cdh export links`; record_id says the same in one
// column: SOURCE:KEY, and #AS behind it where one row holds several parties.
//
// broken.csv lists the rows that cannot land, and therefore are in no line of truth.csv:
//     source,stream,row,defect
// `row` counts lines of a file or rows of a sheet from 1.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace cdh::generator {

class Truth {
 public:
  Truth();

  // The only party of a row.
  void add(std::string_view source, std::string_view stream, std::string_view key,
           std::string_view as, std::string_view cluster);
  // One of several parties of a row.
  void add_beside(std::string_view source, std::string_view stream, std::string_view key,
                  std::string_view as, std::string_view cluster);
  void add_broken(std::string_view source, std::string_view stream, std::size_t row,
                  std::string_view defect);

  std::size_t parties() const { return parties_; }
  std::size_t broken() const { return broken_; }

  // truth.csv and broken.csv. Throws Error(source) when a file cannot be written.
  void write(const std::filesystem::path& folder) const;

 private:
  std::string truth_csv_, broken_csv_;
  std::size_t parties_ = 0, broken_ = 0;
};

// Throws Error(source) naming the file and the system's reason.
void write_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace cdh::generator
