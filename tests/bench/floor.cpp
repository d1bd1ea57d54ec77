// The floor under every speed figure: reads the CSV of `cdh-generate people` and writes the rows that
// the hub would write with the database's own client library, in the fastest way it has, and does
// nothing else. No plugin, no cleaning, no matching: each record becomes a profile of its own. What the
// hub takes longer than this on the same file, in the same run, on the same machine, is what its work
// costs.
//
//     cdh-floor people.csv sqlite:///tmp/floor.db    # a store that is not there yet or has no rows
//     cdh-floor people.csv postgresql://... landing  # the source records alone
//
// Transactions of 50,000 records.
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/base/hash.hpp"
#include "hub/base/time.hpp"
#include "hub/store/database.hpp"
#include "hub/store/schema.hpp"
#include "tests/bench/floor_target.hpp"

namespace cdh {
namespace {

constexpr std::size_t kFields = 12;
constexpr std::size_t kRecordsPerTransaction = 50'000;

// A party's id: record id * 16 + its place in the record (hub/store/schema.cpp).
constexpr std::int64_t kPlacesPerRecord = 16;

// A file as one view, unmapped at exit.
std::string_view map_file(const char* path) {
  const int file = open(path, O_RDONLY);
  struct stat about {};
  if (file < 0 || fstat(file, &about) != 0) {
    throw std::runtime_error(std::string("cannot open ") + path + ": " + std::strerror(errno));
  }
  const auto size = static_cast<std::size_t>(about.st_size);
  void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (bytes == MAP_FAILED) throw std::runtime_error(std::string("cannot map ") + path);
  madvise(bytes, size, MADV_SEQUENTIAL);
  return {static_cast<const char*>(bytes), size};
}

struct Record {
  std::string_view line;
  std::array<std::string_view, kFields> cells;

  std::string_view id() const { return cells[0]; }
  std::string_view given() const { return cells[1]; }
  std::string_view family() const { return cells[2]; }
  std::string_view birth_date() const { return cells[3]; }
  std::string_view email() const { return cells[4]; }
  std::string_view phone() const { return cells[5]; }
  std::string_view street() const { return cells[6]; }
  std::string_view postal_code() const { return cells[7]; }
  std::string_view city() const { return cells[8]; }
  std::string_view country() const { return cells[9]; }
  std::string_view national_id() const { return cells[10]; }
  std::string_view updated_at() const { return cells[11]; }
};

// The next line's cells as views; quotes are dropped, quotes within quotes do not occur.
bool next_record(std::string_view& rest, Record& record) {
  if (rest.empty()) return false;
  std::size_t length = rest.find('\n');
  if (length == rest.npos) length = rest.size();
  record.line = rest.substr(0, length);
  rest.remove_prefix(std::min(rest.size(), length + 1));
  std::string_view line = record.line;
  for (std::string_view& cell : record.cells) {
    const bool quoted = line.starts_with('"');
    if (quoted) line.remove_prefix(1);
    const std::size_t end = std::min(line.size(), line.find(quoted ? '"' : ','));
    cell = line.substr(0, end);
    line.remove_prefix(std::min(line.size(), end + (quoted ? 2 : 1)));
  }
  return true;
}

// Made of no more than the hub's tables.
std::unique_ptr<FloorTarget> open_floor(const std::string& url) {
  {
    Database store(url, Database::Mode::create);
    migrate(store);
  }
  constexpr std::string_view kSqlite = "sqlite://";
  if (url.starts_with(kSqlite)) return open_sqlite_floor(url.substr(kSqlite.size()));
  return url.starts_with("mariadb://") ? open_mariadb_floor(url) : open_postgresql_floor(url);
}

// Of values, which the hub makes last as well.
struct ValueIndex {
  const char* name;
  const char* on;
};
constexpr ValueIndex kValueIndexes[] = {{"email_canonical", "email (canonical)"},
                                        {"phone_e164", "phone (e164)"},
                                        {"postal_address_home", "postal_address (home)"},
                                        {"link_profile", "link (profile_id)"}};

// What the mapping makes of the record, about as long as the hub's JSON.
void write_mapped(const Record& record, std::string& out) {
  out = R"([{"e":"person","as":"person","f":{"given_name":")";
  out.append(record.given()).append(R"(","family_name":")").append(record.family());
  out.append(R"(","birth_date":")")
      .append(record.birth_date())
      .append(R"("}},{"e":"email","of":0,)");
  out.append(R"("f":{"value":")").append(record.email()).append(R"(","canonical":")");
  out.append(record.email()).append(R"("}},{"e":"phone","of":0,"f":{"value":")");
  out.append(record.phone()).append(R"(","e164":")").append(record.phone());
  out.append(R"("}},{"e":"postal_address","of":0,"f":{"street_address":")").append(record.street());
  out.append(R"(","address_locality":")").append(record.city()).append(R"(","postal_code":")");
  out.append(record.postal_code()).append(R"(","address_country":")").append(record.country());
  out.append(R"("}},{"e":"external_identifier","of":0,"f":{"id_value":")");
  out.append(record.national_id()).append(R"("}}])");
}

class Writer {
 public:
  Writer(FloorTarget& target, bool landing_alone)
      : landing_alone_(landing_alone),
        record_(target.rows("source_record",
                            "id, stream_id, source_key, fingerprint_high, fingerprint_low, "
                            "pipeline_id, source_updated_at, first_seen_run, changed_run, raw, "
                            "mapped")),
        link_(target.rows("link", "party_id, profile_id, name, entity")),
        profile_(target.rows("profile",
                             "id, uuid, party_type, display_name, record_count, created_run, "
                             "changed_run, fingerprint, given_name, family_name, birth_date, "
                             "lineage")),
        email_(target.rows("email", "profile_id, position, value, canonical, party_id")),
        phone_(target.rows("phone", "profile_id, position, value, e164, party_id")),
        address_(target.rows("postal_address",
                             "profile_id, position, street_address, address_locality, "
                             "postal_code, address_country, party_id")),
        identifier_(target.rows("external_identifier",
                                "profile_id, position, id_type, id_value, party_id")) {}

  void write(const Record& record) {
    const std::int64_t id = ++count_;
    const std::int64_t party = id * kPlacesPerRecord;
    write_mapped(record, mapped_);
    const Fingerprint raw = fingerprint(record.line);
    const auto high = static_cast<std::int64_t>(raw.high);
    const auto low = static_cast<std::int64_t>(raw.low);
    record_->add({id, 1, record.id(), high, low, 1, parse_instant(record.updated_at()).value_or(0),
                  1, 1, record.line, std::string_view(mapped_)});
    if (landing_alone_) return;
    name_.assign(record.given()).append(" ").append(record.family());
    link_->add({party, id, "person", "person"});
    char uuid[64];
    std::snprintf(uuid, sizeof uuid, "0192f3a1-0000-7000-8000-%012llx",
                  static_cast<unsigned long long>(id));
    const std::string party_text = std::to_string(party);
    lineage_ = R"({"given_name":[)" + party_text + R"(,0],"family_name":[)" + party_text +
               R"(,0],"birth_date":[)" + party_text + ",0]}";
    profile_->add({id, uuid, "person", std::string_view(name_), 1, 1, 1, high, record.given(),
                   record.family(), record.birth_date(), std::string_view(lineage_)});
    if (!record.email().empty()) email_->add({id, 0, record.email(), record.email(), party});
    if (!record.phone().empty()) phone_->add({id, 0, record.phone(), record.phone(), party});
    address_->add(
        {id, 0, record.street(), record.city(), record.postal_code(), record.country(), party});
    if (!record.national_id().empty()) {
      identifier_->add({id, 0, "national_id", record.national_id(), party});
    }
  }

  void flush() {
    for (const auto& rows :
         {&record_, &link_, &profile_, &email_, &phone_, &address_, &identifier_}) {
      (*rows)->flush();
    }
  }

  std::int64_t count() const { return count_; }

 private:
  bool landing_alone_;
  std::unique_ptr<FloorRows> record_, link_, profile_, email_, phone_, address_, identifier_;
  std::string mapped_, name_, lineage_;
  std::int64_t count_ = 0;
};

void run(const char* csv, const std::string& url, bool landing_alone) {
  const auto started = std::chrono::steady_clock::now();
  std::string_view rest = map_file(csv);
  const std::unique_ptr<FloorTarget> target = open_floor(url);
  Writer writer(*target, landing_alone);
  Record record;
  next_record(rest, record);  // the header
  target->run("BEGIN");
  const bool indexes_last = target->makes_indexes_last();
  for (const auto& [name, on] : kValueIndexes) {
    if (indexes_last) target->run(std::string("DROP INDEX ") + name);
  }
  while (next_record(rest, record)) {
    writer.write(record);
    if (static_cast<std::size_t>(writer.count()) % kRecordsPerTransaction != 0) continue;
    writer.flush();
    target->run("COMMIT");
    target->run("BEGIN");
  }
  writer.flush();
  for (const auto& [name, on] : kValueIndexes) {
    if (indexes_last) target->run(std::string("CREATE INDEX ") + name + " ON " + on);
  }
  target->run("COMMIT");
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  std::printf("%lld records in %.2f s: %.0f records/s\n", static_cast<long long>(writer.count()),
              took.count(), static_cast<double>(writer.count()) / took.count());
}

}  // namespace
}  // namespace cdh

int main(int argc, char** argv) {
  const bool landing_alone = argc == 4 && std::string_view(argv[3]) == "landing";
  if (argc != 3 && !landing_alone) {
    std::fprintf(stderr, "usage: cdh-floor PEOPLE.csv STORE [landing]\n");
    return 2;
  }
  try {
    cdh::run(argv[1], argv[2], landing_alone);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "cdh-floor: %s\n", failure.what());
    return 1;
  }
  return 0;
}
