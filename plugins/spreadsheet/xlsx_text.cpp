#include "xlsx_text.hpp"

#include <cstdint>
#include <utility>

#include "binary_view.hpp"
#include "sheet.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::size_t kEscapeSize = 7;  // _xHHHH_

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// The UTF-16 unit that an escape at the front of `text` names, or -1.
int escaped_unit(std::string_view text) {
  if (text.size() < kEscapeSize || text[0] != '_' || text[1] != 'x' || text[6] != '_') return -1;
  int unit = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

// Appends the character an escape at the front of `text` means; the bytes it took, 0 for none.
std::size_t take_escape(std::string_view text, std::string& out) {
  const int unit = escaped_unit(text);
  if (unit <= 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return 0;
  if (unit < 0xD800 || unit > 0xDBFF) {
    append_utf8(out, static_cast<std::uint32_t>(unit));
    return kEscapeSize;
  }
  const int low = escaped_unit(text.substr(kEscapeSize));
  if (low < 0xDC00 || low > 0xDFFF) return 0;
  append_utf8(out, 0x10000 + (static_cast<std::uint32_t>(unit - 0xD800) << 10) +
                       static_cast<std::uint32_t>(low - 0xDC00));
  return 2 * kEscapeSize;
}

}  // namespace

void unescape(std::string& text) {
  std::size_t found = text.find("_x");
  if (found == std::string::npos) return;
  std::string out;
  std::size_t copied = 0;
  while (found != std::string::npos) {
    out.append(text, copied, found - copied);
    const std::size_t taken = take_escape(std::string_view(text).substr(found), out);
    copied = found + taken;
    found = text.find("_x", taken == 0 ? found + 2 : copied);
  }
  out.append(text, copied);
  text = std::move(out);
}

class SharedStrings::Handler final : public XmlHandler {
 public:
  Handler(SharedStrings& strings, const std::string& place) : strings_(strings), place_(place) {}

  void start(std::string_view name, const XmlAttributes&) override {
    name = local_name(name);
    if (name == "si") current_.clear();
    if (name == "rPh") phonetic_ = true;
    if (name == "t") collecting_ = !phonetic_;
  }
  void end(std::string_view name) override {
    name = local_name(name);
    if (name == "t") collecting_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "si") {
      unescape(current_);
      strings_.strings_.push_back(strings_.arena_.keep(current_));
    }
  }
  void text(std::string_view piece) override {
    if (!collecting_) return;
    if (current_.size() + piece.size() > kMaxCellText) {
      fail_data(place_ + ": string " + std::to_string(strings_.size() + 1) +
                " is longer than 1 MiB, which no spreadsheet program writes");
    }
    current_.append(piece);
  }

 private:
  SharedStrings& strings_;
  const std::string& place_;
  std::string current_;
  bool phonetic_ = false, collecting_ = false;
};

SharedStrings::SharedStrings(std::unique_ptr<ByteSource> source, const std::string& place) {
  Handler handler(*this, place);
  XmlReader(std::move(source), handler, place).read_all();
}

}  // namespace cdh::spreadsheet
