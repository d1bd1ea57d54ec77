// A list that is made once: half the size of a vector, for the millions of short lists that
// signatures hold.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace cdh {

template <typename T>
class FrozenList {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  FrozenList() = default;
  explicit FrozenList(std::span<const T> items) : size_(static_cast<std::uint32_t>(items.size())) {
    if (size_ == 0) return;
    items_ = std::make_unique_for_overwrite<T[]>(size_);
    std::ranges::copy(items, items_.get());
  }
  explicit FrozenList(const std::vector<T>& items) : FrozenList(std::span<const T>(items)) {}
  FrozenList(const FrozenList& other) : FrozenList(std::span<const T>(other)) {}
  FrozenList& operator=(const FrozenList& other) { return *this = FrozenList(other); }
  FrozenList(FrozenList&& other) noexcept
      : items_(std::move(other.items_)), size_(std::exchange(other.size_, 0)) {}
  FrozenList& operator=(FrozenList&& other) noexcept {
    items_ = std::move(other.items_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~FrozenList() = default;

  operator std::span<const T>() const { return {items_.get(), size_}; }  // NOLINT: is one
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const T& operator[](std::size_t i) const { return items_[i]; }
  T* begin() { return items_.get(); }
  T* end() { return items_.get() + size_; }
  const T* begin() const { return items_.get(); }
  const T* end() const { return items_.get() + size_; }

 private:
  std::unique_ptr<T[]> items_;
  std::uint32_t size_ = 0;
};

}  // namespace cdh
