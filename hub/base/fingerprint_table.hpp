// A flat hash table from fingerprints to 32-bit numbers: for each of millions of records one slot
// of 20 bytes and no allocation of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hub/base/hash.hpp"

namespace cdh {

class FingerprintTable {
 public:
  void reserve(std::size_t count);

  // The number stored for the fingerprint.
  std::optional<std::uint32_t> find(const Fingerprint& fingerprint) const;

  // Stores the number unless the fingerprint has one already; returns the one that is stored.
  std::uint32_t insert(const Fingerprint& fingerprint, std::uint32_t number);

  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;
  struct Slot {
    std::uint32_t words[4] = {};  // the fingerprint, in words: no padding before `number`
    std::uint32_t number = kFree;
    bool holds(const Fingerprint& fingerprint) const;
  };
  std::size_t slot_of(const Fingerprint& fingerprint) const;
  void grow(std::size_t slots);

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace cdh
