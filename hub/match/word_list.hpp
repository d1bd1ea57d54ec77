// Texts, each once, numbered in the order in which they come.
//
//     WordList words;
//     const WordId anna = words.intern("anna");
//     words[anna];  // "anna"
//
// One thread writes; any number may read while none does.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

namespace cdh {

using WordId = std::uint32_t;
inline constexpr WordId kNoWord = 0;  // the blank word, in every list

class WordList {
 public:
  WordList();

  WordId intern(std::string_view text);
  // Lives as long as the list.
  std::string_view operator[](WordId id) const { return texts_[id]; }
  std::size_t size() const { return texts_.size(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    WordId id = kNoWord;  // the blank word has no slot
  };
  Slot& find(std::string_view text, std::uint32_t hash);
  void grow();
  std::string_view keep(std::string_view text);

  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;  // a power of two of them, half of them free; looked through in a row
  std::deque<std::unique_ptr<char[]>> blocks_;  // the texts, one after the other
  std::size_t room_ = 0;                        // left in the last block
  char* free_ = nullptr;
};

}  // namespace cdh
