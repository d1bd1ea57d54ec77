// Several short lists that are made once, in one piece of memory: for the millions of signatures, each
// of which has eight.
//
//     FrozenLists<Email, Phone> lists(emails, phones);
//     lists.get<0>();  // the e-mails
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace cdh {

// Each list has fewer than 65,536 items. The items of a list are aligned at least as those of the
// lists after it, so that nothing lies between them.
template <typename... Items>
class FrozenLists {
  static_assert((std::is_trivially_copyable_v<Items> && ...));
  static constexpr std::size_t kLists = sizeof...(Items);
  static constexpr std::array<std::size_t, kLists> kItemSizes = {sizeof(Items)...};
  static constexpr bool is_aligned() {
    constexpr std::array<std::size_t, kLists> kAlignments = {alignof(Items)...};
    for (std::size_t i = 1; i < kLists; ++i) {
      if (kAlignments[i] > kAlignments[i - 1]) return false;
    }
    return kAlignments[0] <= __STDCPP_DEFAULT_NEW_ALIGNMENT__;
  }
  static_assert(is_aligned());

 public:
  FrozenLists() = default;
  explicit FrozenLists(std::span<const Items>... items)
      : counts_{static_cast<std::uint16_t>(items.size())...} {
    allocate();
    std::byte* next = bytes_.get();
    const auto put = [&](const void* from, std::size_t size) {
      if (size > 0) std::memcpy(next, from, size);
      next += size;
    };
    (put(items.data(), items.size_bytes()), ...);
  }
  FrozenLists(const FrozenLists& other) : counts_(other.counts_) {
    allocate();
    if (bytes_) std::memcpy(bytes_.get(), other.bytes_.get(), offset(kLists));
  }
  FrozenLists& operator=(const FrozenLists& other) { return *this = FrozenLists(other); }
  FrozenLists(FrozenLists&& other) noexcept
      : bytes_(std::move(other.bytes_)), counts_(std::exchange(other.counts_, {})) {}
  FrozenLists& operator=(FrozenLists&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    counts_ = std::exchange(other.counts_, {});
    return *this;
  }
  ~FrozenLists() = default;

  template <std::size_t I>
  using Item = std::tuple_element_t<I, std::tuple<Items...>>;
  template <std::size_t I>
  std::span<const Item<I>> get() const {
    return {reinterpret_cast<const Item<I>*>(bytes_.get() + offset(I)), counts_[I]};
  }
  template <std::size_t I>
  std::span<Item<I>> get() {
    return {reinterpret_cast<Item<I>*>(bytes_.get() + offset(I)), counts_[I]};
  }
  // Where the first list begins.
  const void* data() const { return bytes_.get(); }

 private:
  std::size_t offset(std::size_t list) const {
    std::size_t offset = 0;
    for (std::size_t i = 0; i < list; ++i) offset += kItemSizes[i] * counts_[i];
    return offset;
  }
  void allocate() {
    const std::size_t size = offset(kLists);
    if (size > 0) bytes_ = std::make_unique_for_overwrite<std::byte[]>(size);
  }

  std::unique_ptr<std::byte[]> bytes_;
  std::array<std::uint16_t, kLists> counts_{};
};

}  // namespace cdh
