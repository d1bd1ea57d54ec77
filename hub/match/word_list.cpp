#include "hub/match/word_list.hpp"

#include <algorithm>
#include <cstring>

#include "hub/base/hash.hpp"

namespace cdh {

namespace {

constexpr std::size_t kBlockSize = 1 << 17;
constexpr std::size_t kFirstSlots = 1 << 10;

}  // namespace

WordList::WordList() : texts_(1), slots_(kFirstSlots) {}

WordId WordList::intern(std::string_view text) {
  if (text.empty()) return kNoWord;
  const auto hash = static_cast<std::uint32_t>(hash64(text));
  Slot& slot = find(text, hash);
  if (slot.id != kNoWord) return slot.id;
  const auto id = static_cast<WordId>(texts_.size());
  slot = {hash, id};
  texts_.push_back(keep(text));
  if (texts_.size() * 2 > slots_.size()) grow();
  return id;
}

// The text's slot, or the free one where it belongs.
WordList::Slot& WordList::find(std::string_view text, std::uint32_t hash) {
  for (std::size_t at = hash;; ++at) {
    Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.id == kNoWord || (slot.hash == hash && texts_[slot.id] == text)) return slot;
  }
}

void WordList::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.id != kNoWord) find(texts_[slot.id], slot.hash) = slot;
  }
}

std::string_view WordList::keep(std::string_view text) {
  if (text.size() > room_) {
    room_ = std::max(kBlockSize, text.size());
    blocks_.push_back(std::make_unique<char[]>(room_));
    free_ = blocks_.back().get();
  }
  std::memcpy(free_, text.data(), text.size());
  const std::string_view kept(free_, text.size());
  free_ += text.size();
  room_ -= text.size();
  return kept;
}

}  // namespace cdh
