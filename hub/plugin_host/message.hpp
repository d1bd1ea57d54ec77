// Flat messages between the host and a plugin in a child process, and their safe reading. Both ends
// are the same program, so numbers and structs cross as they lie in memory.
//
//     MessageWriter out(MessageKind::start);          MessageReader in(message);
//     out.text("orders");                             in.text();    // "orders"
//     out.number(4096);                               in.number();  // 4096
//
// Every item begins at a multiple of eight bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cdh {

// More does not cross in one message; far beyond any batch of a few thousand records.
constexpr std::uint64_t kMaxMessageBytes = std::uint64_t{1} << 30;

enum class MessageKind : std::uint64_t {
  // From the host. Each call but `cancel` and `secret_kept` is answered by `done`.
  create,
  check,
  discover,
  start,
  read,
  apply,
  fingerprint,  // needs no instance
  destroy,
  cancel,
  secret_kept,  // answers keep_secret
  // From the plugin.
  described,  // the first: the library is loaded
  refused,    // instead of it: the library does not load
  done,
  log,
  keep_secret,
};

// Throws Error(plugin) when the message becomes larger than may cross.
class MessageWriter {
 public:
  explicit MessageWriter(MessageKind kind) : kind_(kind) {}

  void number(std::uint64_t number);
  void text(std::string_view text);
  template <typename T>
  void array(std::span<const T> items);
  // Room for a text of `count` bytes, or an array of `count` items, still to be filled in. Valid
  // until the next item.
  std::byte* space(std::size_t count, std::size_t item_size = 1);

  MessageKind kind() const { return kind_; }
  std::span<const std::byte> body() const { return body_; }

 private:
  std::byte* grow(std::size_t size);
  MessageKind kind_;
  std::vector<std::byte> body_;
};

// A message as it was received.
struct Message {
  MessageKind kind{};
  std::size_t size = 0;
  std::unique_ptr<std::byte[]> body;  // new[] aligns it for every item
};

// Takes the items out again, in their order. What it returns points into the message. Throws
// Error(plugin) where the message ends too early: a broken child is treated as a hostile one.
class MessageReader {
 public:
  explicit MessageReader(Message& message) : body_(message.body.get(), message.size) {}

  std::uint64_t number();
  std::string_view text();
  template <typename T>
  std::span<T> array();

 private:
  std::byte* take(std::uint64_t size);
  std::uint64_t array_count(std::size_t item_size);
  std::span<std::byte> body_;  // what is left of it
};

[[noreturn]] void fail_broken_message(std::string_view what);

template <typename T>
void MessageWriter::array(std::span<const T> items) {
  static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
  std::byte* at = space(items.size(), sizeof(T));
  if (!items.empty()) std::memcpy(at, items.data(), items.size_bytes());
}

template <typename T>
std::span<T> MessageReader::array() {
  static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
  const std::uint64_t count = array_count(sizeof(T));
  return {reinterpret_cast<T*>(take(count * sizeof(T))), count};
}

}  // namespace cdh
