#include "text_reader.hpp"

#include <cstring>
#include <utility>

#include "encoding.hpp"

namespace cdh::csv {
namespace {

constexpr std::size_t kLongestCharacter = 4;

bool is_auto(const std::string& encoding) { return encoding.empty() || encoding == "auto"; }

}  // namespace

TextReader::TextReader(std::unique_ptr<ByteStream> bytes, const std::string& encoding)
    : bytes_(std::make_unique<EndingStream>(std::move(bytes))), encoding_("UTF-8") {
  if (!is_auto(encoding)) use(encoding);
}

void TextReader::use(const std::string& encoding) {
  const auto converter = open_converter(encoding);
  const UConverterType type = ucnv_getType(converter.get());
  mode_ = type == UCNV_UTF8 ? Mode::utf8 : Mode::decoded;
  encoding_ = encoding;
}

std::size_t TextReader::read(char* to, std::size_t size) {
  std::size_t count = 0;
  if (decoder_) {
    count = decoder_->read(to, size);
  } else if (!started_ || mode_ == Mode::open) {
    count = read_open(to, size);
  } else {
    count = bytes_->read(to, size);
  }
  if (count == 0) bytes_->check_end();
  text_ += count;
  return count;
}

std::size_t TextReader::read_open(char* to, std::size_t size) {
  std::size_t count = read_fully(*bytes_, to, size - kLongestCharacter);
  if (!started_) {
    started_ = true;
    const ByteOrderMark mark = find_byte_order_mark({to, count});
    if (mark.size > 0) {
      use(mark.encoding);
      count -= mark.size;
      std::memmove(to, to + mark.size, count);
    }
    if (mark.size == 0 && ucnv_compareNames(encoding_.c_str(), "UTF-16") == 0) {
      const std::string guess = guess_encoding({to, count});
      use(guess == "UTF-16BE" ? guess : "UTF-16LE");
    }
    if (mode_ == Mode::decoded) return decode_from_here(std::string(to, count), to, size);
  }
  if (mode_ == Mode::utf8) return count > 0 ? count : bytes_->read(to, size);
  if (is_plain_ascii({to, count})) return count;
  // A character cut by the end of the sample would speak for the wrong encoding.
  count += read_fully(*bytes_, to + count, kLongestCharacter);
  const std::string guess = guess_encoding({to, count});
  if (guess.empty()) return count;
  guessed_ = true;
  use(guess);
  return mode_ == Mode::utf8 ? count : decode_from_here(std::string(to, count), to, size);
}

std::size_t TextReader::decode_from_here(std::string first, char* to, std::size_t size) {
  decoded_begin_ = text_;
  decoder_.emplace(encoding_, *bytes_, std::move(first));
  return decoder_->read(to, size);
}

std::string TextReader::raw(std::string_view text, std::uint64_t begin) const {
  const std::uint64_t end = begin + text.size();
  if (!decoder_ || end <= decoded_begin_) return std::string(text);
  // What came before the decoder was plain ASCII: text and bytes are the same.
  const std::uint64_t plain = begin < decoded_begin_ ? decoded_begin_ - begin : 0;
  std::string out(text.substr(0, static_cast<std::size_t>(plain)));
  out += decoder_->raw(begin + plain - decoded_begin_, end - decoded_begin_);
  return out;
}

void TextReader::forget(std::uint64_t offset) {
  if (decoder_ && offset > decoded_begin_) decoder_->forget(offset - decoded_begin_);
}

}  // namespace cdh::csv
