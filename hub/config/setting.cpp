#include "hub/config/setting.hpp"

namespace cdh {

std::string to_text(const Location& where) {
  if (where.file.empty()) return {};
  return where.line > 0 ? where.file + ":" + std::to_string(where.line) : where.file;
}

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

}  // namespace cdh
