#include "hub/normalize/org_word.hpp"

#include <algorithm>
#include <iterator>

namespace cdh {

namespace {

struct ShortForm {
  std::string_view written;
  std::string_view meant;
};

// Ascending by what is written. British spellings stand here, too.
constexpr ShortForm kShortForms[] = {
    {"acad", "academy"},
    {"agcy", "agency"},
    {"amer", "american"},
    {"apts", "apartments"},
    {"assn", "association"},
    {"assoc", "associates"},
    {"assocs", "associates"},
    {"attys", "attorneys"},
    {"bldg", "building"},
    {"bldrs", "builders"},
    {"bros", "brothers"},
    {"centre", "center"},
    {"centres", "centers"},
    {"chem", "chemical"},
    {"chems", "chemicals"},
    {"chldrn", "children"},
    {"chldrns", "childrens"},
    {"cia", "compania"},
    {"cie", "compagnie"},
    {"clg", "college"},
    {"cncl", "council"},
    {"cntr", "center"},
    {"cntrs", "centers"},
    {"comml", "commercial"},
    {"coop", "cooperative"},
    {"ctr", "center"},
    {"ctre", "center"},
    {"ctrs", "centers"},
    {"dept", "department"},
    {"elem", "elementary"},
    {"engg", "engineering"},
    {"engr", "engineering"},
    {"engrg", "engineering"},
    {"entpr", "enterprises"},
    {"entps", "enterprises"},
    {"ets", "etablissements"},
    {"fdn", "foundation"},
    {"fed", "federal"},
    {"fndn", "foundation"},
    {"ft", "fort"},
    {"gebr", "gebruder"},
    {"ges", "gesellschaft"},
    {"govt", "government"},
    {"grp", "group"},
    {"hldg", "holdings"},
    {"hldgs", "holdings"},
    {"hnos", "hermanos"},
    {"hosp", "hospital"},
    {"indl", "industrial"},
    {"inds", "industries"},
    {"inst", "institute"},
    {"internatl", "international"},
    {"intl", "international"},
    {"intnl", "international"},
    {"invs", "investments"},
    {"invt", "investment"},
    {"lab", "laboratory"},
    {"labs", "laboratories"},
    {"meml", "memorial"},
    {"mfg", "manufacturing"},
    {"mfr", "manufacturer"},
    {"mfrs", "manufacturers"},
    {"mgmt", "management"},
    {"mgt", "management"},
    {"mkt", "market"},
    {"mktg", "marketing"},
    {"mt", "mount"},
    {"mtg", "mortgage"},
    {"natl", "national"},
    {"org", "organization"},
    {"organisation", "organization"},
    {"plg", "plumbing"},
    {"prods", "products"},
    {"props", "properties"},
    {"propts", "properties"},
    {"restr", "restaurant"},
    {"rlty", "realty"},
    {"sch", "school"},
    {"schl", "school"},
    {"schls", "schools"},
    {"schs", "schools"},
    {"sci", "science"},
    {"servs", "services"},
    {"st", "saint"},
    {"sta", "santa"},
    {"svc", "services"},
    {"svce", "services"},
    {"svcs", "services"},
    {"sys", "systems"},
    {"theatre", "theater"},
    {"trvl", "travel"},
    {"univ", "university"},
    {"whse", "warehouse"},
    {"whsle", "wholesale"},
    {"zakl", "zaklad"},
};

static_assert(std::ranges::is_sorted(kShortForms, {}, &ShortForm::written));

}  // namespace

std::string_view full_org_word(std::string_view word) {
  const auto at = std::ranges::lower_bound(kShortForms, word, {}, &ShortForm::written);
  return at != std::end(kShortForms) && at->written == word ? at->meant : word;
}

}  // namespace cdh
