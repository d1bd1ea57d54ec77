#include "hub/plugin_host/message.hpp"

#include <string>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

constexpr std::uint64_t padded(std::uint64_t size) { return (size + 7) / 8 * 8; }

}  // namespace

void MessageWriter::number(std::uint64_t number) {
  std::memcpy(grow(sizeof number), &number, sizeof number);
}

void MessageWriter::text(std::string_view text) {
  std::byte* at = space(text.size());
  if (!text.empty()) std::memcpy(at, text.data(), text.size());
}

std::byte* MessageWriter::space(std::size_t count, std::size_t item_size) {
  number(count);
  return grow(padded(count * item_size));
}

std::byte* MessageWriter::grow(std::size_t size) {
  const std::size_t begin = body_.size();
  if (size > kMaxMessageBytes - begin) {
    throw Error(ErrorKind::plugin,
                "more than " + std::to_string(kMaxMessageBytes) +
                    " bytes at once cannot leave its process: read fewer records at a time");
  }
  body_.resize(begin + size);
  return body_.data() + begin;
}

std::uint64_t MessageReader::number() {
  std::uint64_t number = 0;
  std::memcpy(&number, take(sizeof number), sizeof number);
  return number;
}

std::string_view MessageReader::text() {
  const std::uint64_t size = array_count(1);
  return {reinterpret_cast<const char*>(take(size)), size};
}

std::uint64_t MessageReader::array_count(std::size_t item_size) {
  const std::uint64_t count = number();
  if (count > body_.size() / item_size) fail_broken_message("an item longer than the message");
  return count;
}

std::byte* MessageReader::take(std::uint64_t size) {
  if (padded(size) > body_.size()) fail_broken_message("it ends too early");
  std::byte* at = body_.data();
  body_ = body_.subspan(padded(size));
  return at;
}

void fail_broken_message(std::string_view what) {
  throw Error(ErrorKind::plugin, "sent a broken message (" + std::string(what) + ")");
}

}  // namespace cdh
