#include "hub/app/evidence_printer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>
#include <vector>

#include "hub/app/table.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

struct Step {
  std::string words;
  double bits = 0;
};

constexpr double kShown = 0.05;  // bits; less is 0.0

double rounded(double bits) { return std::round(bits * 1000) / 1000; }

std::vector<Step> steps_of(const PairEvidence& evidence) {
  std::vector<Step> steps = {{"before comparing", evidence.prior}};
  for (const FieldEvidence& field : evidence.fields) {
    steps.push_back(
        {std::string(words_of(field.field)) + ": " + std::string(field.words), field.weight});
  }
  if (evidence.other_weight <= -kShown) {
    steps.push_back({std::string(words_of(evidence.kind, evidence.other)), evidence.other_weight});
  }
  if (evidence.identifier_weight > 0) {
    steps.push_back({"a trusted identifier in common", evidence.identifier_weight});
  }
  if (evidence.doubt_weight <= -kShown) {
    steps.push_back({"left to a steward: " + std::string(evidence.doubt), evidence.doubt_weight});
  }
  return steps;
}

// "30 to 1 that they are one customer"
std::string odds(double score) {
  const double times = std::exp2(std::min(std::abs(score), 20.0));
  std::array<char, 32> number{};
  std::snprintf(number.data(), number.size(), times < 10 ? "%.1f" : "%.0f", times);
  return std::string(std::abs(score) > 20 ? "more than " : "") + number.data() +
         " to 1 that they are " + (score < 0 ? "not " : "") + "one customer";
}

void print_waterfall(std::ostream& out, const std::vector<Step>& steps, double score) {
  constexpr double kColumns = 40;
  double total = 0, least = 0, most = 0;
  std::size_t widest = 0;
  for (const Step& step : steps) {
    total += step.bits;
    least = std::min(least, total);
    most = std::max(most, total);
    widest = std::max(widest, step.words.size());
  }
  const double bits_per_column = std::max(1.0, most - least) / kColumns;
  const auto column = [&](double at) {
    return static_cast<std::size_t>(std::lround((at - least) / bits_per_column));
  };
  std::array<char, 32> number{};
  total = 0;
  for (const Step& step : steps) {
    const double next = total + step.bits;
    const std::size_t begin = column(std::min(total, next)), end = column(std::max(total, next));
    std::snprintf(number.data(), number.size(), "%+8.1f", step.bits);
    out << "  " << step.words << std::string(widest - step.words.size(), ' ') << number.data()
        << "  " << std::string(begin, ' ') << std::string(end - begin, step.bits < 0 ? '-' : '#')
        << '\n';
    total = next;
  }
  std::snprintf(number.data(), number.size(), "%+8.1f", score);
  out << "  score" << std::string(widest - std::min<std::size_t>(widest, 5), ' ') << number.data()
      << "  bits: " << odds(score) << '\n';
}

}  // namespace

void print_evidence(std::ostream& out, const PairEvidence& evidence, Format format) {
  const std::vector<Step> steps = steps_of(evidence);
  if (format == Format::table) return print_waterfall(out, steps, evidence.score);
  Table table({"what", "bits"});
  for (const Step& step : steps) table.add({step.words, rounded(step.bits)});
  table.add({"score", rounded(evidence.score)});
  table.print(out, format);
}

Json evidence_json(const PairEvidence& evidence) {
  Json json = {{"score", rounded(evidence.score)},
               {"prior", rounded(evidence.prior)},
               {"fields", Json::array()},
               {"other",
                {{"what", words_of(evidence.kind, evidence.other)},
                 {"bits", rounded(evidence.other_weight)}}},
               {"trusted_identifier", rounded(evidence.identifier_weight)}};
  for (const FieldEvidence& field : evidence.fields) {
    json["fields"].push_back(
        {{"field", name_of(field.field)},
         {"level", level_names(field.field)[static_cast<std::size_t>(field.level)]},
         {"words", field.words},
         {"bits", rounded(field.weight)}});
  }
  return json;
}

}  // namespace cdh
