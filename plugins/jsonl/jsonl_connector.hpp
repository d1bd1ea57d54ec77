// The connector for JSON files: JSON Lines, arrays of records, arrays inside documents; plain, gzip
// or zstd. Each read is a full one. A record that is broken becomes a rejected row with its bytes,
// and the rest goes on; a file that is damaged as a whole (compression) fails after what came
// before it.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <cdh/plugin.hpp>

#include "input_buffer.hpp"
#include "record_parser.hpp"
#include "record_shape.hpp"
#include "record_splitter.hpp"

namespace jsonl {

class JsonlConnector final : public cdh::Connector {
 public:
  JsonlConnector(const cdh::Settings& settings, cdh::Host& host);

  std::vector<cdh::Stream> discover() override;
  void start(const cdh::ReadRequest& request) override;
  bool read(cdh::BatchBuilder& out) override;
  void cancel() noexcept override { cancelled_ = true; }

 private:
  // One file being read.
  struct OpenFile {
    OpenFile(JsonlConnector& connector, std::string name);
    std::string path;
    InputBuffer buffer;
    std::unique_ptr<RecordSplitter> splitter;
    RecordText record;
    bool record_is_waiting = false;  // it brought new columns: it begins the next batch
    bool warned = false;             // of a repeated member
  };

  // Learns the columns from the first records, once.
  void sample();
  void check_key();
  // Fills `out` from the open file; false when the file is at its end.
  bool fill(cdh::BatchBuilder& out);
  // False: the record has new columns and must wait for the next batch.
  bool add(const RecordText& record, cdh::BatchBuilder& out);

  cdh::Host& host_;
  std::string path_;
  std::string stream_;
  std::vector<std::string> key_;
  std::vector<std::string> records_;  // names on the way to the array
  std::size_t max_size_;
  RecordShape shape_;
  RecordParser parser_;
  bool sampled_ = false;
  std::size_t sampled_records_ = 0;

  std::vector<std::string> files_;
  std::size_t next_file_ = 0;
  std::size_t expected_rows_ = 0;  // of a batch
  std::unique_ptr<OpenFile> file_;
  std::exception_ptr failure_;  // came when rows were there to deliver first
  std::atomic<bool> cancelled_{false};
};

}  // namespace jsonl
