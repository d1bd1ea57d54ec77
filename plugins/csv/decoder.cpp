#include "decoder.hpp"

#include <algorithm>
#include <utility>

#include <cdh/plugin.hpp>

#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

namespace cdh::csv {
namespace {

constexpr std::size_t kStepUnits = 8 * 1024;
constexpr std::size_t kReadSize = 64 * 1024;
constexpr std::size_t kUtf8PerUnit = 3;  // a pair of surrogates takes four
constexpr char16_t kInvalid = 0xDC00;    // a low surrogate alone: no converter gives one
constexpr char kInvalidByte = '\xFF';

extern "C" void mark_invalid(const void*, UConverterToUnicodeArgs* arguments, const char*,
                             std::int32_t, UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(arguments, &kInvalid, 1, 0, status);
}

void append(char32_t c, char*& to) {
  const auto put = [&to](char32_t byte) { *to++ = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

}  // namespace

std::unique_ptr<UConverter, decltype(&ucnv_close)> open_converter(const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding.c_str(), &status),
                                                               &ucnv_close);
  if (U_FAILURE(status) || encoding.empty()) {
    fail_config(
        "unknown encoding \"" + encoding +
            "\"; try auto, utf-8, windows-1250, windows-1252, iso-8859-2, gb18030 or utf-16",
        "encoding");
  }
  return converter;
}

Decoder::Decoder(const std::string& encoding, ByteStream& bytes, std::string first)
    : bytes_(bytes),
      converter_(open_converter(encoding)),
      raw_(std::move(first)),
      units_(kStepUnits),
      offsets_(kStepUnits),
      marks_{{0, 0}} {
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter_.get(), &mark_invalid, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) fail_system(std::string("ICU: ") + u_errorName(status));
}

std::size_t Decoder::read(char* to, std::size_t size) {
  char* const begin = to;
  char* const end = to + size;
  // Four bytes are kept for a surrogate pair that a step completes.
  while (static_cast<std::size_t>(end - to) >= kUtf8PerUnit + 4) {
    const std::size_t room = (static_cast<std::size_t>(end - to) - 4) / kUtf8PerUnit;
    const std::size_t count = convert(std::min(room, kStepUnits));
    if (count == 0) break;
    append_utf8(count, to);
  }
  return static_cast<std::size_t>(to - begin);
}

std::size_t Decoder::convert(std::size_t room) {
  while (true) {
    if (converted_ == raw_.size() && !at_end_) {
      raw_.resize(converted_ + kReadSize);
      raw_.resize(converted_ + read_fully(bytes_, raw_.data() + converted_, kReadSize));
      at_end_ = raw_.size() == converted_;
    }
    step_begin_ = converted_;
    const char* source = raw_.data() + converted_;
    UChar* target = units_.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(converter_.get(), &target, target + room, &source, raw_.data() + raw_.size(),
                   offsets_.data(), at_end_, &status);
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) {
      fail_data(std::string("cannot decode: ") + u_errorName(status));
    }
    converted_ = static_cast<std::size_t>(source - raw_.data());
    const auto count = static_cast<std::size_t>(target - units_.data());
    if (count > 0 || (at_end_ && converted_ == raw_.size())) return count;
  }
}

void Decoder::append_utf8(std::size_t count, char*& to) {
  char* const begin = to;
  const std::uint64_t step_raw = raw_begin_ + step_begin_;
  UErrorCode status = U_ZERO_ERROR;
  const auto pending =
      static_cast<std::uint64_t>(std::max(0, ucnv_toUCountPending(converter_.get(), &status)));
  const std::uint64_t step_end = std::max(step_raw, raw_begin_ + converted_ - pending);
  const auto mark = [&](std::size_t unit) {
    const std::uint64_t raw =
        unit == count ? step_end
                      : step_raw + static_cast<std::uint64_t>(std::max(0, offsets_[unit]));
    marks_.push_back(
        {text_ + static_cast<std::uint64_t>(to - begin), std::max(raw, marks_.back().raw)});
  };
  for (std::size_t i = 0; i < count; ++i) {
    const char16_t unit = units_[i];
    if (unit == u'\n' || unit == u'\r') {
      mark(i);
      *to++ = static_cast<char>(unit);
      mark(i + 1);
    } else if (U16_IS_LEAD(unit)) {
      high_surrogate_ = unit;
    } else if (unit == kInvalid && high_surrogate_ == 0) {
      *to++ = kInvalidByte;
    } else if (U16_IS_TRAIL(unit)) {
      append(static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high_surrogate_, unit)), to);
      high_surrogate_ = 0;
    } else {
      append(unit, to);
    }
  }
  mark(count);
  text_ += static_cast<std::uint64_t>(to - begin);
}

std::uint64_t Decoder::raw_offset(std::uint64_t text) const {
  // Of marks at the same text, the last: bytes without text (shift sequences) go before it.
  const auto after =
      std::upper_bound(marks_.begin(), marks_.end(), text,
                       [](std::uint64_t offset, const Mark& mark) { return offset < mark.text; });
  return after == marks_.begin() ? marks_.front().raw : std::prev(after)->raw;
}

std::string_view Decoder::raw(std::uint64_t begin, std::uint64_t end) const {
  const std::uint64_t from = raw_offset(begin);
  return std::string_view(raw_).substr(static_cast<std::size_t>(from - raw_begin_),
                                       static_cast<std::size_t>(raw_offset(end) - from));
}

void Decoder::forget(std::uint64_t offset) {
  const std::uint64_t keep = raw_offset(offset);
  auto first =
      std::upper_bound(marks_.begin(), marks_.end(), offset,
                       [](std::uint64_t text, const Mark& mark) { return text < mark.text; });
  if (first != marks_.begin()) --first;
  marks_.erase(marks_.begin(), first);
  const auto gone = static_cast<std::size_t>(keep - raw_begin_);
  raw_.erase(0, gone);
  converted_ -= gone;
  raw_begin_ = keep;
}

}  // namespace cdh::csv
