#include "tests/generator/bulk_people.hpp"

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "tests/generator/bulk_record.hpp"
#include "tests/generator/handwriting.hpp"
#include "tests/generator/population.hpp"

namespace cdh::generator {

namespace {

// Different streams of numbers for different purposes.
enum Salt : std::uint64_t { kOrder = 0x0D, kOwner = 0x0E, kBlur = 0x0F, kNight = 0x10 };

// A one-to-one mapping of 0..count-1 onto itself that looks random: a Feistel network of four
// rounds over the next even number of bits, walked until the result is in range.
class Shuffle {
 public:
  Shuffle(std::uint64_t count, std::uint64_t seed) : count_(count), seed_(seed) {
    while ((std::uint64_t{1} << (2 * half_bits_)) < count) ++half_bits_;
  }

  std::uint64_t operator()(std::uint64_t value) const {
    do {
      value = permute(value);
    } while (value >= count_);
    return value;
  }

 private:
  std::uint64_t permute(std::uint64_t value) const {
    const std::uint64_t mask = (std::uint64_t{1} << half_bits_) - 1;
    std::uint64_t left = value >> half_bits_;
    std::uint64_t right = value & mask;
    for (std::uint64_t round = 0; round < 4; ++round) {
      const std::uint64_t mixed = mix(seed_ + round, right) & mask;
      const std::uint64_t next = left ^ mixed;
      left = right;
      right = next;
    }
    return left << half_bits_ | right;
  }

  std::uint64_t count_;
  std::uint64_t seed_;
  unsigned half_bits_ = 1;
};

// A file written through one large buffer.
class BulkFile {
 public:
  explicit BulkFile(const std::filesystem::path& path)
      : path_(path), file_(std::fopen(path.c_str(), "wb"), &std::fclose) {
    if (!file_) fail();
    buffer_.reserve(kBufferBytes + 4096);
  }

  std::string& buffer() { return buffer_; }

  void end_line() {
    buffer_ += '\n';
    if (buffer_.size() >= kBufferBytes) flush();
  }

  void close() {
    flush();
    if (std::fclose(file_.release()) != 0) fail();
  }

 private:
  static constexpr std::size_t kBufferBytes = 1 << 20;

  void flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) fail();
    buffer_.clear();
  }
  [[noreturn]] void fail() const {
    throw Error(ErrorKind::source, "cannot write " + path_.string() + ": " + std::strerror(errno));
  }

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string buffer_;
};

class BulkSet {
 public:
  explicit BulkSet(const BulkOptions& options)
      : options_(options),
        people_(std::max<std::uint64_t>(
            1, options.count - static_cast<std::uint64_t>(std::llround(
                                   static_cast<double>(options.count) * options.duplicates)))),
        shuffle_(options.count, mix(options.seed, kOrder)) {}

  std::uint64_t people() const { return people_; }

  struct Row {
    BulkRecord record;
    std::uint64_t person = 0;
    bool changed_tonight = false;
  };

  Row row(std::uint64_t index) const {
    Row row;
    const std::uint64_t place = shuffle_(index);
    const bool original = place < people_;
    row.person = original ? place : mix(mix(options_.seed, kOwner), place) % people_;
    row.record = make_bulk_record(options_.seed, row.person);
    if (!original) {
      Random random(mix(mix(options_.seed, kBlur), place));
      blur(row.record, random);
    }
    for (int night = 2; night <= options_.night; ++night) {
      Random random(mix(mix(options_.seed, kNight + static_cast<std::uint64_t>(night)), index));
      if (!random.percent(options_.changed * 100)) continue;
      change(row.record, random);
      row.record.updated_at =
          (kLastDay + night) * 86'400 + static_cast<std::int64_t>(random.below(86'400));
      row.changed_tonight = night == options_.night;
    }
    return row;
  }

 private:
  BulkOptions options_;
  std::uint64_t people_;
  Shuffle shuffle_;
};

void append_instant(std::string& line, std::int64_t seconds) {
  line += format_instant(seconds * 1'000'000);
}

void append_record(std::string& line, const std::string& id, const BulkRecord& record) {
  line += id;
  for (const std::string* cell : {&record.given_name, &record.family_name, &record.birth_date,
                                  &record.email, &record.phone}) {
    line += ',';
    line += *cell;
  }
  line += ',';
  line += csv_cell(record.street, ',');  // the only field that holds commas
  for (const std::string* cell : {&record.postal_code, &record.city}) {
    line += ',';
    line += *cell;
  }
  line += ',';
  line += code_of(record.country);
  line += ',';
  line += record.national_id;
  line += ',';
  append_instant(line, record.updated_at);
}

void check(const BulkOptions& options) {
  const auto require = [](bool holds, const char* message) {
    if (!holds) throw Error(ErrorKind::config, message);
  };
  require(options.count >= 1 && options.count <= 1'000'000'000,
          "--count must be from 1 to 1000000000");
  require(options.duplicates >= 0 && options.duplicates <= 0.9,
          "--duplicates must be from 0 to 0.9");
  require(options.changed >= 0 && options.changed <= 1, "--changed must be from 0 to 1");
  require(options.night >= 1 && options.night <= 1000, "--night must be from 1 to 1000");
}

}  // namespace

BulkCounts write_bulk_people(const BulkOptions& options) {
  check(options);
  const BulkSet set(options);
  BulkFile file(options.file);
  BulkFile truth(options.truth);
  file.buffer() +=
      "id,given_name,family_name,birth_date,email,phone,street,postal_code,city,country,national_"
      "id,"
      "updated_at";
  file.end_line();
  truth.buffer() += "record_id,cluster_id";
  truth.end_line();
  BulkCounts counts;
  counts.people = set.people();
  for (std::uint64_t i = 0; i < options.count; ++i) {
    const BulkSet::Row row = set.row(i);
    counts.changed_tonight += row.changed_tonight ? 1 : 0;
    const std::string id = "r" + std::to_string(i + 1);
    append_record(file.buffer(), id, row.record);
    file.end_line();
    truth.buffer() += id;
    truth.buffer() += ",p";
    truth.buffer() += std::to_string(row.person + 1);
    truth.end_line();
  }
  file.close();
  truth.close();
  return counts;
}

}  // namespace cdh::generator
