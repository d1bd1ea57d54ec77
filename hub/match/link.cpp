#include "hub/match/link.hpp"

#include <algorithm>
#include <utility>

namespace cdh {

namespace {

// The smallest key in common that is not crowded: the one block in which a pair is compared.
std::uint64_t first_shared_key(const Signature& a, const Signature& b, const KeySet& crowded) {
  auto of_a = a.evidence.begin();
  auto of_b = b.evidence.begin();
  while (of_a != a.evidence.end() && of_b != b.evidence.end()) {
    if (of_a->key == of_b->key && !crowded.contains(of_a->key)) return of_a->key;
    const std::uint64_t key_of_a = of_a->key;
    if (key_of_a <= of_b->key) ++of_a;
    if (of_b->key <= key_of_a) ++of_b;
  }
  return 0;
}

bool is_nameless(const Signature& party) { return party.given.empty() && party.family.empty(); }

bool holds_as_name(const Signature& party, std::uint64_t key) {
  return std::ranges::any_of(party.evidence, [&](const Evidence& evidence) {
    return evidence.key == key && evidence.kind == EvidenceKind::name;
  });
}

// A mailbox of several people with a party without a name among them, or a name of several
// companies: whose the party is that has nothing else, nobody knows.
bool is_contested(std::span<const Signature> signatures, std::span<const Posting> holders,
                  const KeySet& crowded) {
  const auto party_of = [&](const Posting& holder) -> const Signature& {
    return signatures[holder.member];
  };
  const bool by_name = holds_as_name(party_of(holders.front()), holders.front().key);
  const auto nameless = [&](const Posting& holder) { return is_nameless(party_of(holder)); };
  if (!by_name && std::ranges::none_of(holders, nameless)) return false;
  for (std::size_t i = 0; i < holders.size(); ++i) {
    for (std::size_t j = i + 1; j < holders.size(); ++j) {
      const Signature& a = party_of(holders[i]);
      const Signature& b = party_of(holders[j]);
      if (by_name ? are_namesakes(a, b) : contradict(a, b, crowded)) return true;
    }
  }
  return false;
}

KeySet find_contested(std::span<const Signature> signatures, std::span<const Posting> postings,
                      const KeySet& crowded) {
  KeySet contested;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    const std::uint64_t key = holders.front().key;
    if (holders.size() < 3 || crowded.contains(key)) return;
    if (is_contested(signatures, holders, crowded)) contested.insert(key);
  });
  return contested;
}

// For each party its place in the order of the key texts; only those that stand in a link have one.
std::vector<std::uint32_t> rank_by_key(std::span<const Signature> signatures,
                                       std::span<const Link> links) {
  std::vector<std::uint32_t> linked;
  linked.reserve(links.size() * 2);
  for (const Link& link : links) {
    linked.push_back(link.a);
    linked.push_back(link.b);
  }
  std::ranges::sort(linked);
  linked.erase(std::unique(linked.begin(), linked.end()), linked.end());
  std::ranges::sort(linked, {}, [&](std::uint32_t i) -> const std::string& {
    return signatures[i].identity.key;
  });
  std::vector<std::uint32_t> ranks(signatures.size());
  for (std::size_t i = 0; i < linked.size(); ++i) ranks[linked[i]] = static_cast<std::uint32_t>(i);
  return ranks;
}

}  // namespace

std::vector<Link> find_links(std::span<const Signature> signatures,
                             std::span<const Posting> postings, const KeySet& crowded) {
  const KeySet contested = find_contested(signatures, postings, crowded);
  std::vector<Link> links;
  for_each_block(postings, [&](std::span<const Posting> holders) {
    const std::uint64_t key = holders.front().key;
    if (holders.size() < 2 || crowded.contains(key)) return;
    for (std::size_t i = 0; i < holders.size(); ++i) {
      for (std::size_t j = i + 1; j < holders.size(); ++j) {
        const Signature& a = signatures[holders[i].member];
        const Signature& b = signatures[holders[j].member];
        if (first_shared_key(a, b, crowded) != key) continue;
        if (const auto reason = compare(a, b, crowded, contested)) {
          links.push_back({holders[i].member, holders[j].member, *reason});
        }
      }
    }
  });
  return links;
}

void sort_links(std::span<const Signature> signatures, std::vector<Link>& links) {
  const auto ranks = rank_by_key(signatures, links);
  for (Link& link : links) {
    if (ranks[link.b] < ranks[link.a]) std::swap(link.a, link.b);
  }
  std::ranges::sort(links, [&](const Link& x, const Link& y) {
    if (is_weaker(y.reason, x.reason)) return true;
    if (is_weaker(x.reason, y.reason)) return false;
    return std::pair(ranks[x.a], ranks[x.b]) < std::pair(ranks[y.a], ranks[y.b]);
  });
}

}  // namespace cdh
