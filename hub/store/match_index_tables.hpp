// The index of matching, as rows of bytes that hub/match makes and reads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

void clear_match_index(Database& database);

// What recent nights wrote stands before the base.
enum class IndexLevel : std::uint8_t { base = 0, recent = 1 };

// Pages of blocks: each has the level's blocks from its first key up to the next page's.
std::vector<std::int64_t> block_pages(Database& database,
                                      IndexLevel level);  // ascending first keys
// Calls visit for each of these pages, ascending.
void read_block_pages(Database& database, IndexLevel level,
                      const std::vector<std::int64_t>& first_keys,
                      const std::function<void(std::int64_t, std::string_view)>& visit);
void remove_block_pages(Database& database, IndexLevel level,
                        const std::vector<std::int64_t>& first_keys);

struct MatchPartyRow {
  std::int64_t id = 0;
  std::string_view signature, edges;
};
// Calls visit for each of these that is there, ascending by id. The views last for the call.
void read_match_parties(Database& database, const std::vector<std::int64_t>& ids,
                        const std::function<void(const MatchPartyRow&)>& visit);
// From this level only: what the base has of a party comes back when the recent row goes.
void remove_match_parties(Database& database, IndexLevel level,
                          const std::vector<std::int64_t>& ids);
std::int64_t count_recent_match_parties(Database& database);
void move_recent_match_parties_into_base(Database& database);

// Adds rows; all are there after flush().
class MatchIndexInsert {
 public:
  explicit MatchIndexInsert(Database& database);
  void add_page(IndexLevel level, std::int64_t first_key, std::string_view content);
  void add(IndexLevel level, const MatchPartyRow& party);
  void flush();

 private:
  std::unique_ptr<BulkInsert> pages_, parties_, recent_parties_;
};

}  // namespace cdh
