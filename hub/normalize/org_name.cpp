#include "hub/normalize/org_name.hpp"

#include <algorithm>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/org_word.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

// Folded, runs of single letters joined. A longer form stands before the shorter one it ends with.
constexpr std::string_view kFormsAtEnd[] = {
    // Poland
    "spolka z ograniczona odpowiedzialnoscia", "spolka z oo", "spolka zoo", "sp z oo", "sp zoo",
    "spzoo", "spolka komandytowo akcyjna", "spolka akcyjna", "spolka jawna", "spolka komandytowa",
    "spolka partnerska", "spolka cywilna", "spolka", "sp j", "sp k", "sp p", "spj", "spk", "ska",
    "s ka", "sc", "prosta spolka akcyjna", "psa",
    // Germany, Austria, Switzerland
    "gesellschaft mit beschrankter haftung", "gmbh and co kgaa", "gmbh and co kg", "gmbh co kg",
    "ag and co kg", "and co kg", "and co", "gmbh", "mbh", "ug haftungsbeschrankt", "ug",
    "aktiengesellschaft", "ag", "kgaa", "kg", "ohg", "gbr", "ev", "eg", "ek",
    // Britain, Ireland, the Commonwealth
    "public limited company", "private limited", "pvt ltd", "pte ltd", "pty ltd", "pty limited",
    "co ltd", "co limited", "limited", "ltd", "plc", "llp", "lp", "cic", "dac", "pty", "pte", "pvt",
    // United States, Canada
    "limited liability company", "incorporated", "corporation", "company inc", "co inc", "inc",
    "corp", "llc", "pllc", "company", "co", "ltee",
    // France, Belgium, Netherlands, Luxembourg
    "societe anonyme", "sarl", "sasu", "sas", "sa", "sca", "snc", "eurl", "bvba", "bv", "nv", "vof",
    "cv", "sprl", "srl",
    // Italy, Spain, Portugal, Latin America
    "societa per azioni", "spa", "sapa", "sociedad limitada", "sociedad anonima", "slu", "sl",
    "sau", "sa de cv", "lda", "ltda", "eireli",
    // The North and the Baltic
    "oyj", "oy", "ab publ", "ab", "asa", "as", "aps", "is", "hf", "ehf", "ou", "uab", "sia", "hb",
    // Central and South-East Europe
    "spol sro", "spol s ro", "sro", "kft", "zrt", "nyrt", "bt", "doo", "dd", "eood", "ood", "ead",
    "ad", "tov",
    // Elsewhere
    "sdn bhd", "bhd", "kk", "gk", "tbk", "jsc", "ojsc", "pjsc", "ooo", "oao", "zao", "pao", "ao",
    "fze", "fzco", "fzc", "wll", "as ve tic", "anonim sirketi", "limited sirketi", "ltd sti",
    // The European forms
    "se", "sce", "eeig"};

constexpr std::string_view kFormsAtFront[] = {"pphu", "ppuh", "phu", "pph", "fhu",   "fuh",
                                              "zphu", "zpuh", "uab", "sia", "ooo",   "oao",
                                              "zao",  "pao",  "tov", "pt",  "firma", "the"};

// Can be nothing else, so a branch or a town may follow: "Żuk Sp. z o.o. Oddział w Łodzi".
constexpr std::string_view kFormsInside[] = {"spolka z ograniczona odpowiedzialnoscia", "sp z oo",
                                             "sp zoo", "gmbh"};

// Stripped before the characters become syllables.
constexpr std::string_view kForeignForms[] = {
    "有限责任公司", "有限責任公司", "股份有限公司", "集团有限公司", "控股有限公司",
    "有限公司",     "公司",         "株式会社",     "有限会社",     "合同会社",
    "(株)",         "주식회사",     "유한회사",     "(주)"};

// What Chinese companies do, as their English names say it; a longer word stands before its parts.
// The rest of such a name is sounds in both.
struct TradeWord {
  std::string_view chinese;
  std::string_view english;
};
constexpr TradeWord kTradeWords[] = {
    {"进出口", "import and export"},
    {"進出口", "import and export"},
    {"房地产", "real estate"},
    {"互联网", "internet"},
    {"供应链", "supply chain"},
    {"国际", "international"},
    {"國際", "international"},
    {"集团", "group"},
    {"集團", "group"},
    {"控股", "holdings"},
    {"实业", "industrial"},
    {"工业", "industry"},
    {"商贸", "trading"},
    {"贸易", "trading"},
    {"貿易", "trading"},
    {"科技", "technology"},
    {"技术", "technology"},
    {"电子", "electronics"},
    {"電子", "electronics"},
    {"电器", "electric"},
    {"电气", "electric"},
    {"食品", "food"},
    {"餐饮", "catering"},
    {"酒店", "hotel"},
    {"旅游", "travel"},
    {"物流", "logistics"},
    {"运输", "transport"},
    {"机械", "machinery"},
    {"设备", "equipment"},
    {"仪器", "instruments"},
    {"汽车", "auto"},
    {"化工", "chemical"},
    {"塑料", "plastics"},
    {"材料", "materials"},
    {"建材", "building materials"},
    {"建筑", "construction"},
    {"工程", "engineering"},
    {"纺织", "textile"},
    {"服装", "garment"},
    {"家具", "furniture"},
    {"包装", "packaging"},
    {"印刷", "printing"},
    {"制造", "manufacturing"},
    {"医药", "pharmaceutical"},
    {"医疗", "medical"},
    {"生物", "biological"},
    {"农业", "agriculture"},
    {"能源", "energy"},
    {"环保", "environmental protection"},
    {"软件", "software"},
    {"信息", "information"},
    {"网络", "network"},
    {"咨询", "consulting"},
    {"广告", "advertising"},
    {"传媒", "media"},
    {"文化", "culture"},
    {"教育", "education"},
    {"投资", "investment"},
    {"保险", "insurance"},
    {"银行", "bank"},
};

constexpr std::string_view kAndWords[] = {"and", "i", "und", "et", "y", "og", "och", "en", "oraz"};

// "三江食品" -> "三江 food ", as the company's English name has it.
std::string translate_trade(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const auto word = std::ranges::find_if(
        kTradeWords, [&](const TradeWord& trade) { return name.starts_with(trade.chinese); });
    if (word == std::end(kTradeWords)) {
      out += name.front();
      name.remove_prefix(1);
    } else {
      (((out += ' ') += word->english) += ' ');
      name.remove_prefix(word->chinese.size());
    }
  }
  return out;
}

// "a & b" -> "a and b" before punctuation goes; foreign legal forms go while they can be told.
std::string prepare(std::string_view text) {
  std::string name;
  name.reserve(text.size() + 8);
  for (const char c : text) {
    if (c == '&' || c == '+') {
      name += " and ";
    } else {
      name += c;
    }
  }
  if (is_ascii(text)) return name;
  name = plain_width(name);
  for (const std::string_view form : kForeignForms) {
    std::string_view rest = trim(name);
    if (rest.size() <= form.size()) continue;
    if (rest.ends_with(form)) {
      rest.remove_suffix(form.size());
      name = std::string(rest);
    } else if (rest.starts_with(form)) {
      rest.remove_prefix(form.size());
      name = std::string(rest);
    }
  }
  return has_han(name) ? translate_trade(name) : name;
}

bool is_and_word(std::string_view word) {
  for (const std::string_view candidate : kAndWords) {
    if (word == candidate) return true;
  }
  return false;
}

// "j p zuk i syn" -> "jp zuk and syn", "zuk intl" -> "zuk international". A one-letter "and" counts
// only after a longer word, so that initials stay initials.
std::string unify_words(std::string_view folded) {
  std::string out;
  out.reserve(folded.size() + 8);
  bool was_single = false;
  while (!folded.empty()) {
    const std::size_t size = std::min(folded.find(' '), folded.size());
    std::string_view word = folded.substr(0, size);
    folded.remove_prefix(std::min(size + 1, folded.size()));
    const bool is_inside = !out.empty() && !folded.empty();
    if (is_inside && is_and_word(word) && (word.size() > 1 || !was_single)) word = "and";
    const bool is_single = word.size() == 1;
    word = full_org_word(word);
    if (!out.empty() && !(is_single && was_single)) out += ' ';
    out += word;
    was_single = is_single;
  }
  return out;
}

bool drop_at_end(std::string_view& name, std::string_view form) {
  if (name.size() <= form.size() + 1 || name.back() != form.back()) return false;
  if (!name.ends_with(form)) return false;
  if (name[name.size() - form.size() - 1] != ' ') return false;
  name.remove_suffix(form.size() + 1);
  return true;
}

bool drop_at_front(std::string_view& name, std::string_view form) {
  if (name.size() <= form.size() + 1 || name.front() != form.front()) return false;
  if (!name.starts_with(form)) return false;
  if (name[form.size()] != ' ') return false;
  name.remove_prefix(form.size() + 1);
  return true;
}

// Again and again: "sp z oo sp k" is two forms.
void drop_forms(std::string_view& name) {
  for (bool is_dropping = true; is_dropping;) {
    is_dropping = false;
    for (const std::string_view form : kFormsAtEnd) is_dropping |= drop_at_end(name, form);
    for (const std::string_view form : kFormsAtFront) is_dropping |= drop_at_front(name, form);
  }
}

std::string drop_inside(std::string name) {
  for (const std::string_view form : kFormsInside) {
    const std::string framed = " " + std::string(form) + " ";
    if (const std::size_t at = name.find(framed); at != std::string::npos) {
      name.erase(at, framed.size() - 1);
    }
  }
  return name;
}

}  // namespace

std::string fold_org_name(std::string_view text) {
  const std::string unified = unify_words(fold(prepare(text)));
  std::string_view name = unified;
  drop_forms(name);
  drop_at_end(name, "and");
  return drop_inside(std::string(name));
}

}  // namespace cdh
