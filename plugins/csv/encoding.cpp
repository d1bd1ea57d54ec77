#include "encoding.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>

namespace cdh::csv {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

// How many bytes a well-formed UTF-8 sequence takes that begins with `lead`; 0: none does.
std::size_t utf8_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

// How many bytes well-formed UTF-8 (Unicode 15, table 3-7) takes at `i`; 0: none starts there.
std::size_t utf8_length(std::string_view text, std::size_t i) {
  const std::uint8_t lead = byte_at(text, i);
  const std::size_t length = utf8_length(lead);
  if (i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte_at(text, i + k) & 0xC0) != 0x80) return 0;
  }
  if (length < 3) return length;
  const std::uint8_t second = byte_at(text, i + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
  return overlong || outside ? 0 : length;
}

struct Utf8Evidence {
  std::size_t sequences = 0;
  std::size_t stray_bytes = 0;
};

Utf8Evidence weigh_utf8(std::string_view sample) {
  Utf8Evidence out;
  for (std::size_t i = 0; i < sample.size();) {
    const std::size_t length = utf8_length(sample, i);
    const bool cut_by_end = length == 0 && byte_at(sample, i) >= 0xC2 && sample.size() - i < 4;
    if (length > 1) ++out.sequences;
    if (length == 0 && !cut_by_end) ++out.stray_bytes;
    i += length > 0 ? length : 1;
  }
  return out;
}

// The separators, line ends, digits and Latin letters of UTF-16 text have a zero byte, always at
// the same side; even in Chinese columns they are more than a fifth. Stray zeros are fewer.
std::string guess_utf16(std::string_view sample) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 2] += sample[i] == '\0';
  const std::size_t most = zeros[0] > zeros[1] ? zeros[0] : zeros[1];
  const std::size_t least = zeros[0] + zeros[1] - most;
  if (most < 3 || most * 5 < sample.size() / 2 || least * 10 > most) return "";
  return zeros[1] > zeros[0] ? "UTF-16LE" : "UTF-16BE";
}

bool is_ascii_letter(std::string_view text, std::size_t i) {
  return i < text.size() && ((byte_at(text, i) | 0x20) >= 'a' && (byte_at(text, i) | 0x20) <= 'z');
}

// GB 18030-2005: two bytes 81-FE and 40-7E or 80-FE, or four with digits in second and last place.
// The common characters of GB 2312 are B0-F7 and A1-FE. Accented Latin letters rarely look like
// those, and when they do they stand beside ASCII letters.
bool looks_like_gb18030(std::string_view sample) {
  std::size_t common = 0, other = 0, broken = 0;
  for (std::size_t i = 0; i + 1 < sample.size();) {
    const std::uint8_t lead = byte_at(sample, i), trail = byte_at(sample, i + 1);
    const bool in_word =
        (i > 0 && is_ascii_letter(sample, i - 1)) || is_ascii_letter(sample, i + 2);
    if (lead < 0x80) {
      ++i;
    } else if (lead >= 0xB0 && lead <= 0xF7 && trail >= 0xA1 && trail <= 0xFE && !in_word) {
      ++common, i += 2;
    } else if (lead >= 0x81 && lead <= 0xFE && trail >= 0x40 && trail != 0x7F && trail <= 0xFE) {
      ++other, i += 2;
    } else if (lead >= 0x81 && lead <= 0xFE && trail >= 0x30 && trail <= 0x39) {
      ++other, i += 4;
    } else {
      ++broken, ++i;
    }
  }
  return common > 0 && common >= 2 * other && broken * 50 <= common;
}

struct SingleByteEncoding {
  const char* name;
  const char16_t* letters;  // those that names in its languages are full of
};

constexpr SingleByteEncoding kSingleByteEncodings[] = {
    {"windows-1252", u"äöüßÄÖÜéèêëàâçîôûñåæøáíóúãœÉÅØ"},
    {"windows-1250", u"ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůýžČĎŘŠŽáéíúôľőűäöüßÄÖÜăşţ"},
    {"ISO-8859-2", u"ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůýžČĎŘŠŽáéíúôľőűäöüßÄÖÜăşţ"},
};

// The characters of the bytes 80 to FF.
std::array<char16_t, 128> upper_half(const char* encoding) {
  std::array<char16_t, 128> out{};
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status),
                                                                     &ucnv_close);
  std::array<char, 128> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(0x80 + i);
  if (U_SUCCESS(status)) {
    ucnv_toUChars(converter.get(), out.data(), 128, bytes.data(), 128, &status);
  }
  return out;
}

long weigh_single_byte(const SingleByteEncoding& encoding, std::string_view sample) {
  const std::u16string_view expected = encoding.letters;
  std::array<long, 128> inside_word{}, alone{};
  const std::array<char16_t, 128> characters = upper_half(encoding.name);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char16_t c = characters[i];
    if (c < 0xA0 || c == 0xFFFD) {
      inside_word[i] = alone[i] = -4;
    } else if (u_isalpha(c)) {
      inside_word[i] = alone[i] = expected.find(c) != std::u16string_view::npos ? 1 : 0;
    } else {
      inside_word[i] = -2;
    }
  }
  long weight = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (byte_at(sample, i) < 0x80) continue;
    const std::size_t index = byte_at(sample, i) - 0x80u;
    weight += (i > 0 && is_ascii_letter(sample, i - 1)) || is_ascii_letter(sample, i + 1)
                  ? inside_word[index]
                  : alone[index];
  }
  return weight;
}

}  // namespace

ByteOrderMark find_byte_order_mark(std::string_view start) {
  using std::string_view_literals::operator""sv;
  static constexpr struct {
    std::string_view bytes;
    const char* encoding;
  } kMarks[] = {{"\xEF\xBB\xBF"sv, "UTF-8"},        {"\xFF\xFE\x00\x00"sv, "UTF-32LE"},
                {"\x00\x00\xFE\xFF"sv, "UTF-32BE"}, {"\xFF\xFE"sv, "UTF-16LE"},
                {"\xFE\xFF"sv, "UTF-16BE"},         {"\x84\x31\x95\x33"sv, "GB18030"}};
  for (const auto& mark : kMarks) {
    if (start.substr(0, mark.bytes.size()) == mark.bytes) return {mark.encoding, mark.bytes.size()};
  }
  return {};
}

bool is_plain_ascii(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t all = 0;
  std::size_t i = 0;
  for (; i + sizeof all <= bytes.size(); i += sizeof all) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + i, sizeof eight);
    all |= eight;
  }
  for (; i < bytes.size(); ++i) all |= byte_at(bytes, i);
  return (all & kHighBits) == 0 && bytes.find('\0') == std::string_view::npos;
}

std::string guess_encoding(std::string_view sample) {
  if (std::string utf16 = guess_utf16(sample); !utf16.empty()) return utf16;
  const Utf8Evidence utf8 = weigh_utf8(sample);
  if (utf8.sequences > utf8.stray_bytes) return "UTF-8";
  if (utf8.stray_bytes == 0) return "";
  if (looks_like_gb18030(sample)) return "GB18030";
  const SingleByteEncoding* best = nullptr;
  long most = 0;
  for (const SingleByteEncoding& encoding : kSingleByteEncodings) {
    const long weight = weigh_single_byte(encoding, sample);
    if (best == nullptr || weight > most) best = &encoding, most = weight;
  }
  return best->name;
}

}  // namespace cdh::csv
