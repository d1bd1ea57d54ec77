#include "hub/normalize/gender.hpp"

#include <string>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxTextBytes = 40;

struct GenderWord {
  std::string_view word;  // folded, or Chinese
  std::string_view gender;
};

constexpr std::string_view kFemale = "female";
constexpr std::string_view kMale = "male";
constexpr std::string_view kOther = "other";

constexpr GenderWord kWords[] = {
    {"f", kFemale},        {"m", kMale},           {"k", kFemale},         {"female", kFemale},
    {"male", kMale},       {"w", kFemale},         {"kobieta", kFemale},   {"mezczyzna", kMale},
    {"woman", kFemale},    {"man", kMale},         {"girl", kFemale},      {"boy", kMale},
    {"pani", kFemale},     {"pan", kMale},         {"mrs", kFemale},       {"ms", kFemale},
    {"miss", kFemale},     {"mr", kMale},          {"frau", kFemale},      {"herr", kMale},
    {"weiblich", kFemale}, {"mannlich", kMale},    {"zenska", kFemale},    {"meska", kMale},
    {"zenski", kFemale},   {"meski", kMale},       {"femme", kFemale},     {"homme", kMale},
    {"mujer", kFemale},    {"hombre", kMale},      {"1", kMale},           {"2", kFemale},
    {"x", kOther},         {"d", kOther},          {"o", kOther},          {"other", kOther},
    {"divers", kOther},    {"diverse", kOther},    {"inna", kOther},       {"inne", kOther},
    {"nonbinary", kOther}, {"non binary", kOther}, {"niebinarna", kOther},
};
constexpr GenderWord kChineseWords[] = {{"女", kFemale},   {"男", kMale},     {"女性", kFemale},
                                        {"男性", kMale},   {"女士", kFemale}, {"先生", kMale},
                                        {"小姐", kFemale}, {"太太", kFemale}, {"其他", kOther}};

}  // namespace

std::string_view parse_gender(std::string_view text) {
  text = trim(text);
  if (text.size() > kMaxTextBytes) return {};
  for (const GenderWord& known : kChineseWords) {
    if (known.word == text) return known.gender;
  }
  const std::string folded = fold(text);
  for (const GenderWord& known : kWords) {
    if (known.word == folded) return known.gender;
  }
  return {};
}

}  // namespace cdh
