#include "hub/config/setting.hpp"

#include "hub/base/json_text.hpp"
#include "hub/config/secret_mask.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxShownBytes = 60;

// The first bytes of the text, never half a UTF-8 character.
std::string_view cut(std::string_view text) {
  if (text.size() <= kMaxShownBytes) return text;
  std::size_t end = kMaxShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

std::string to_text(const Location& where) {
  if (where.file.empty()) return {};
  return where.line > 0 ? where.file + ":" + std::to_string(where.line) : where.file;
}

Setting::Setting() = default;

const Setting* Setting::find(std::string_view name) const {
  for (const auto& [key, member] : members) {
    if (key == name) return &member;
  }
  return nullptr;
}

Setting Setting::scalar(std::string text) {
  Setting setting;
  setting.kind = Kind::scalar;
  setting.text = std::move(text);
  return setting;
}

Setting Setting::list(std::vector<std::string> texts) {
  Setting setting;
  setting.kind = Kind::list;
  for (std::string& text : texts) setting.items.push_back(scalar(std::move(text)));
  return setting;
}

Setting Setting::map(std::vector<std::pair<std::string, Setting>> members) {
  Setting setting;
  setting.kind = Kind::map;
  setting.members = std::move(members);
  return setting;
}

std::string masked(const Setting& setting) {
  switch (setting.kind) {
    case Setting::Kind::null:
      return "nothing";
    case Setting::Kind::list:
      return "a list";
    case Setting::Kind::map:
      return "a map";
    case Setting::Kind::scalar:
      break;
  }
  if (setting.secret) return "***";
  const std::string text = masked_store_url(setting.text);
  std::string out;
  append_json_string(cut(text), out);
  if (text.size() > kMaxShownBytes) out += "...";
  return out;
}

}  // namespace cdh
