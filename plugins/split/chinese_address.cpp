// Chinese addresses go from the large to the small, without commas: province, city, district,
// street, house, unit.
#include <array>
#include <string>
#include <string_view>

#include "address.hpp"
#include "words.hpp"

namespace cdh::split {

namespace {

// Takes the text up to and with the first of the endings, when it comes within `most` characters.
template <std::size_t N>
std::string take_until(std::string_view& text, const std::array<std::string_view, N>& endings,
                       std::size_t most) {
  constexpr std::size_t kBytesPerCharacter = 3;
  std::size_t best = std::string_view::npos;
  for (const std::string_view ending : endings) {
    const std::size_t at = text.find(ending);
    // At least one whole character stands before the ending.
    if (at == std::string_view::npos || at < kBytesPerCharacter) continue;
    if (at <= most * kBytesPerCharacter && at + ending.size() < best) best = at + ending.size();
  }
  if (best == std::string_view::npos) return {};
  std::string taken(text.substr(0, best));
  text.remove_prefix(best);
  return taken;
}

// The house ends at 号, with a following 院 (yard); what comes behind is inside it.
std::size_t house_end(std::string_view text) {
  for (const std::string_view number : {"号", "號"}) {
    const std::size_t at = text.find(number);
    if (at == std::string_view::npos) continue;
    std::size_t end = at + number.size();
    const std::string_view rest = text.substr(end);
    if (rest.substr(0, 3) == "楼" || rest.substr(0, 3) == "樓") return text.size();  // 3号楼
    if (rest.substr(0, 3) == "院") end += 3;
    return end;
  }
  return text.size();
}

std::string without_blanks_and_commas(std::string_view text) {
  std::string out;
  for (const std::string& piece : pieces(text, ",;\n\r ")) out += piece;
  for (const std::string_view mark : {"，", "、", "；", "　"}) {
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark)) {
      out.erase(at, mark.size());
    }
  }
  return out;
}

bool remove_front(std::string_view& text, std::string_view front) {
  if (text.substr(0, front.size()) != front) return false;
  text.remove_prefix(front.size());
  return true;
}

}  // namespace

// 广东省深圳市南山区科技园路1号2栋301室: region 广东省, locality 深圳市, the district stays with
// the street. In the four cities that are provinces themselves only the locality is set.
void split_chinese(std::string_view text, Address& out) {
  constexpr std::size_t kCodeSize = 6;
  std::string given(text);
  if (const std::size_t at = find_shape(given, "999999"); at != std::string::npos) {
    out.postal_code = given.substr(at, kCodeSize);
    given.erase(at, kCodeSize);
  }
  const std::string compact = without_blanks_and_commas(given);
  std::string_view rest = compact;
  if (remove_front(rest, "中华人民共和国") || remove_front(rest, "中国") ||
      remove_front(rest, "中國")) {
    out.address_country = "CN";
  }
  out.address_region =
      take_until(rest, std::array<std::string_view, 3>{"省", "自治区", "特别行政区"}, 8);
  out.address_locality =
      take_until(rest, std::array<std::string_view, 4>{"市", "自治州", "地区", "盟"}, 8);
  const std::size_t end = house_end(rest);
  out.street_address = rest.substr(0, end);
  out.address_line2 = rest.substr(end);
}

}  // namespace cdh::split
