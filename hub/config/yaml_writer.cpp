#include "hub/config/yaml_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "hub/base/json_text.hpp"
#include "hub/config/secret_mask.hpp"

namespace cdh {

namespace {

bool is_plain_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '/' || c == '-' || c == ' ' || c == '+' || byte >= 0x80;
}

// Control characters and blanks beyond ASCII, which a plain scalar must not hold or may lose.
bool has_odd_blank(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kStarts = {"\xC2", "\xE2\x80", "\xEF\xBB\xBF"};
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [&](std::string_view start) { return text.find(start) != text.npos; });
}

// A colon inside a word, as in a URL, is none of YAML's.
bool has_only_plain_chars(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool inner_colon = text[i] == ':' && i > 0 && i + 1 < text.size() && text[i + 1] == '/';
    if (!inner_colon && !is_plain_char(text[i])) return false;
  }
  return true;
}

// "-3.5"
bool is_negative(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

// Narrower than YAML's own rule: what is left out is quoted, which is never wrong.
bool is_plain(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kSpecial = {"", ".", "null", "Null", "NULL"};
  return std::find(kSpecial.begin(), kSpecial.end(), text) == kSpecial.end() &&
         text.front() != ' ' && text.back() != ' ' && (text.front() != '-' || is_negative(text)) &&
         !text.starts_with("...") && !has_odd_blank(text) && has_only_plain_chars(text);
}

class Writer {
 public:
  void members(const Setting& map, int level) {
    for (const auto& [key, member] : map.members) {
      out_.append(static_cast<std::size_t>(level) * 2, ' ');
      first_member(key, member, level);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  // Without the indentation, which stands there already or is a list's "- ".
  void first_member(const std::string& key, const Setting& member, int level) {
    out_ += yaml_scalar(key) + ":";
    if (is_named_secret(key) && member.kind == Setting::Kind::scalar) {
      out_ += " \"***\"\n";
    } else {
      value(member, level + 1);
    }
  }

  // After "key:" or "-": the rest of the line, and the lines below.
  void value(const Setting& setting, int level) {
    switch (setting.kind) {
      case Setting::Kind::null:
        return end_line(" null", setting);
      case Setting::Kind::scalar:
        return end_line(" " + (setting.secret ? "\"***\"" : yaml_scalar(setting.text)), setting);
      case Setting::Kind::map:
        if (setting.members.empty()) return end_line(" {}", setting);
        end_line("", setting);
        return members(setting, level);
      case Setting::Kind::list:
        break;
    }
    if (setting.items.empty()) return end_line(" []", setting);
    end_line("", setting);
    for (const Setting& item : setting.items) list_item(item, level);
  }

  void list_item(const Setting& item, int level) {
    out_.append(static_cast<std::size_t>(level) * 2, ' ');
    out_ += "-";
    if (item.kind != Setting::Kind::map || item.members.empty()) return value(item, level + 1);
    for (std::size_t i = 0; i < item.members.size(); ++i) {  // the first beside the dash
      if (i > 0) out_.append(static_cast<std::size_t>(level) * 2 + 1, ' ');
      out_ += ' ';
      first_member(item.members[i].first, item.members[i].second, level + 1);
    }
  }

  void end_line(const std::string& text, const Setting& setting) {
    out_ += text;
    const bool says_it = setting.kind == Setting::Kind::scalar || setting.items.empty();
    if (setting.where.line == 0 && says_it && setting.members.empty()) out_ += "  # default";
    out_ += '\n';
  }

  std::string out_;
};

}  // namespace

std::string yaml_scalar(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("${")) escaped += '$';
    escaped += text[i];
  }
  std::string out;
  append_json_string(escaped, out);
  return out;
}

std::string to_yaml(const Setting& map) {
  Writer writer;
  writer.members(map, 0);
  return writer.take();
}

}  // namespace cdh
