// Which parties are compared at all: those that have a key in common.
//
// A key is a value, or parts of two or three, that a match is likely to share although others are
// damaged. Each kind of key is a pass; the union of the passes finds the pairs. The holders of a key
// are its block, and of a block of up to MatchPolicy::block_limit all pairs are compared. A larger
// one is refined: its holders get finer keys, of that key and a second value. What those leave of it
// is compared by the other passes only. Of parties with everything equal, who share all these blocks,
// as many pairs are compared as hold them together (pairs_of_equals).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hub/match/signature.hpp"
#include "hub/match/value_counts.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// Its upper bits are the pass.
using BlockKey = std::uint64_t;
inline BlockingPass pass_of(BlockKey key) { return static_cast<BlockingPass>(key >> 58); }

// Passes that stand together.
struct PassRange {
  BlockingPass first, last;
  bool contains(BlockingPass pass) const { return first <= pass && pass <= last; }
  bool overlaps(PassRange other) const { return first <= other.last && other.first <= last; }
};
inline constexpr PassRange kAllPasses = {BlockingPass::identifier, BlockingPass::equal};

// How many times MatchPolicy::block_limit a block of the pass may have: more where its key is a value
// that a customer may have again and again, less where little is found by it alone in large data,
// because finer keys and other passes find it, too.
double limit_factor(BlockingPass pass);
// Whether the block of a key with so many holders goes beyond that.
bool is_too_large(BlockKey key, std::size_t holders, int block_limit);
// Whether the holders are compared with each other: of a pass that the policy chooses, and not too many.
bool is_compared(BlockKey key, std::size_t holders, const MatchPolicy& policy);

// Keys of single values: also those by which shared_values.hpp counts.
BlockKey identifier_key(PartyKind kind, const IdentifierFeature& identifier);
BlockKey email_key(PartyKind kind, const EmailFeature& email);
BlockKey phone_key(PartyKind kind, const PhoneFeature& phone);
BlockKey phone_ending_key(PartyKind kind, const PhoneFeature& phone);
BlockKey domain_key(WordId domain, const Vocabulary& vocabulary);
BlockKey organization_key(WordId joined_name, const Vocabulary& vocabulary);

// Makes the keys of parties of one vocabulary.
class BlockKeys {
 public:
  BlockKeys(const Vocabulary& vocabulary, const WordFrequencies& frequencies)
      : vocabulary_(vocabulary), frequencies_(frequencies) {}

  // The party's keys of these passes, ascending, each once. Valid until the next call.
  std::span<const BlockKey> of(const Signature& party, PassRange passes = kAllPasses);
  // The finer keys of a holder of a key whose block is too large, ascending, each once.
  std::span<const BlockKey> finer(const Signature& party, BlockKey key);
  // The key of the address: its first number and rarest word; 0 when it has none.
  BlockKey street_key(const Signature& party, const AddressFeature& address) const;

 private:
  // Where the pass is wanted.
  void add(BlockingPass pass, PartyKind kind, std::uint64_t a, std::uint64_t b = 0);
  void add(BlockKey key);
  void add_person(const Signature& person);
  void add_organization(const Signature& organization);
  void add_contacts(const Signature& party);
  void add_addresses(const Signature& party);
  void add_address(const Signature& party, const AddressFeature& address);
  void add_equal(const Signature& party);
  std::span<const BlockKey> finish();
  // The sounds of the words of a person's name, at most five.
  void collect_sounds(const Signature& person);
  std::vector<WordId> rarest(std::span<const WordId> words, bool of_organization,
                             std::size_t most) const;

  const Vocabulary& vocabulary_;
  const WordFrequencies& frequencies_;
  PassRange passes_ = kAllPasses;  // that are wanted
  std::vector<BlockKey> keys_;
  std::vector<std::uint64_t> sounds_;
};

}  // namespace cdh
