#include "hub/base/fingerprint_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace cdh {

namespace {
static_assert(sizeof(Fingerprint) == 16);
}

bool FingerprintTable::Slot::holds(const Fingerprint& fingerprint) const {
  return std::memcmp(words, &fingerprint, sizeof words) == 0;
}

// Linear probing; the low half of a fingerprint is well mixed already.
std::size_t FingerprintTable::slot_of(const Fingerprint& fingerprint) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = fingerprint.low & mask;
  while (slots_[at].number != kFree && !slots_[at].holds(fingerprint)) at = (at + 1) & mask;
  return at;
}

void FingerprintTable::reserve(std::size_t count) {
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(16, count + count / 2));
  if (slots > slots_.size()) grow(slots);
}

void FingerprintTable::grow(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.number == kFree) continue;
    Fingerprint fingerprint;
    std::memcpy(&fingerprint, slot.words, sizeof slot.words);
    slots_[slot_of(fingerprint)] = slot;
  }
}

std::optional<std::uint32_t> FingerprintTable::find(const Fingerprint& fingerprint) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(fingerprint)];
  return slot.number != kFree ? std::optional(slot.number) : std::nullopt;
}

std::uint32_t FingerprintTable::insert(const Fingerprint& fingerprint, std::uint32_t number) {
  if (slots_.empty() || size_ + size_ / 2 >= slots_.size()) {
    grow(std::max<std::size_t>(16, slots_.size() * 2));
  }
  Slot& slot = slots_[slot_of(fingerprint)];
  if (slot.number == kFree) {
    std::memcpy(slot.words, &fingerprint, sizeof slot.words);
    slot.number = number;
    ++size_;
  }
  return slot.number;
}

}  // namespace cdh
