#include "hub/ingest/losses.hpp"

namespace cdh {

bool is_too_great_a_loss(std::size_t gone, std::size_t before) {
  constexpr std::size_t kFewRecords = 100;
  return before >= kFewRecords && gone > before / 2;
}

}  // namespace cdh
