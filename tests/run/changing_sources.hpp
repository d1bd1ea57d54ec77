// Four made-up sources that change from night to night: people and companies of a CRM, a web shop
// and a newsletter, who share e-mail addresses, phones, homes, tax numbers and family names, who work
// for each other or have parent companies, and orders that refer to the CRM's customers. The same seed
// gives the same nights on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/services/test_hub.hpp"

namespace cdh {

class ChangingSources {
 public:
  // The first night. With 100 customers about 400 records.
  ChangingSources(std::uint64_t seed, std::size_t customers);

  // Edits, deletes, adds and brings back about 4 % of the records, and lets `team_mailbox_holders`
  // records of the shop have one e-mail address.
  void next_night(std::size_t team_mailbox_holders);

  // Writes crm.csv, shop.csv, newsletter.csv and orders.csv.
  void write(const TestHub& hub) const { write_part(hub, 1, 1); }
  // So many of so many parts of the records, in no order that has to do with their keys.
  void write_part(const TestHub& hub, std::size_t parts, std::size_t of) const;

  // The sources and a match.max_holders of 4, for TestHub::config.
  static const char* yaml();
  static constexpr std::array<const char*, 4> kSources = {"crm", "shop", "newsletter", "orders"};

 private:
  using Row = std::vector<std::string>;
  struct Source {
    std::string header;
    std::map<std::string, Row> rows;     // by key, which is the first column
    std::map<std::string, Row> deleted;  // may come back
  };
  std::size_t below(std::size_t limit);
  bool chance(std::size_t percent) { return below(100) < percent; }
  Row person_columns(std::size_t customer);
  Row crm_row(std::size_t customer);
  void add_row(std::size_t source, std::size_t customer);
  void change_row(Source& source, Row& row);
  std::string changed_at() const;

  std::uint64_t random_;
  std::size_t customers_;
  std::size_t next_key_ = 100;
  int night_ = 1;
  std::array<Source, 4> sources_;  // as kSources
};

}  // namespace cdh
