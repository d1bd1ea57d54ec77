// A made-up town: people and companies with families, namesakes, branches and records twice, as data
// sets hold them. The same for the same seed.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "hub/match/matching.hpp"
#include "tests/match/parties.hpp"

namespace cdh {

struct TownRecord {
  std::string key;          // "a/s/17/p", of one of three sources
  std::string description;  // see record_of
  int customer = 0;         // whose it is
};

class Town {
 public:
  // So many customers, about a third of them with two records or three.
  Town(int customers, std::uint32_t seed) : random_(seed) {
    for (int customer = 0; customer < customers; ++customer) {
      const std::vector<Feature> features = pick(6) == 0 ? a_company() : a_person();
      const int copies = pick(3) != 0 ? 1 : 2 + static_cast<int>(pick(2));
      for (int copy = 0; copy < copies; ++copy) add_record(customer, features, copy > 0);
    }
  }
  const std::vector<TownRecord>& records() const { return records_; }

 private:
  struct Feature {
    std::string name, text;
  };

  std::size_t pick(std::size_t count) { return random_() % count; }
  template <std::size_t kSize>
  std::string any_of(const std::array<const char*, kSize>& texts) {
    return texts[pick(kSize)];
  }
  std::string a_word() {
    static constexpr std::array<const char*, 12> kBegins = {"ba", "ko",  "wi", "lu", "mar", "so",
                                                            "te", "gra", "pi", "ny", "ha",  "je"};
    static constexpr std::array<const char*, 10> kEnds = {"rek", "lin", "ton", "mas",  "wicz",
                                                          "ner", "ski", "dal", "bert", "go"};
    return any_of(kBegins) + any_of(kBegins) + any_of(kEnds);
  }
  std::string digits(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('0' + pick(10));
    return text;
  }
  std::string a_phone() { return "+4860" + digits(7); }
  void add_address(std::vector<Feature>& features) {
    features.push_back({"street", a_word() + " Street " + std::to_string(1 + pick(90))});
    features.push_back({"town", any_of(kTowns)});
    features.push_back(
        {"postal", std::to_string(10 + pick(30)) + "-" + std::to_string(100 + pick(9))});
  }

  std::vector<Feature> a_person() {
    std::vector<Feature> features;
    // One in four lives with the person before: the same family name, address and phone.
    const bool is_family = !household_.empty() && pick(4) == 0;
    if (!is_family) {
      given_ = pick(kGiven.size());
      household_ = {{"family", a_word()}, {"phone", a_phone()}};
      add_address(household_);
    }
    given_ = (given_ + 1 + pick(3)) % kGiven.size();  // nobody's in the family so far
    features.push_back({"given", kGiven[given_]});
    features.insert(features.end(), household_.begin(), household_.end());
    features.push_back({"born", std::to_string(1940 + pick(60)) + "-0" +
                                    std::to_string(1 + pick(9)) + "-" +
                                    std::to_string(10 + pick(19))});
    const std::string domain = pick(3) == 0 ? a_word() + ".zz" : any_of(kProviders);
    features.push_back({"email", a_word() + digits(3) + "@" + domain});
    if (pick(3) == 0) features.push_back({"id", "card:" + digits(8)});
    return features;
  }

  std::vector<Feature> a_company() {
    std::vector<Feature> features;
    if (company_.empty() || pick(3) != 0)
      company_ = a_word() + " " + any_of(kTrades);  // or a branch
    features.push_back({"org", company_});
    features.push_back({"phone", a_phone()});
    features.push_back({"email", "office" + digits(3) + "@" + a_word() + ".zz"});
    add_address(features);
    return features;
  }

  // A copy lacks some of the features, and may have a letter wrong, or its phone no country.
  void add_record(int customer, const std::vector<Feature>& features, bool is_copy) {
    std::string description;
    for (const Feature& feature : features) {
      const bool is_name =
          feature.name == "given" || feature.name == "family" || feature.name == "org";
      const bool is_word = is_name || feature.name == "street";
      if (!is_name && pick(is_copy ? 4 : 8) == 0) continue;
      std::string text = feature.text;
      if (is_copy && is_word && pick(8) == 0 && text.size() > 5) std::swap(text[3], text[4]);
      if (is_copy && feature.name == "phone" && records_.size() % 4 == 0) text.erase(0, 3);
      description += feature.name + "=" + text + "; ";
    }
    const std::string source(1, static_cast<char>('a' + pick(3)));
    const std::string key = source + "/s/" + std::to_string(records_.size()) + "/p";
    records_.push_back({key, description, customer});
  }

  static constexpr std::array<const char*, 24> kGiven = {
      "Anna",  "Jan",    "Maria", "Piotr", "Ewa",   "Adam",  "Zofia", "Marek",
      "Julia", "Tomasz", "Emma",  "John",  "Mary",  "James", "Susan", "Robert",
      "Linda", "David",  "Karen", "Peter", "Laura", "Simon", "Alice", "George"};
  static constexpr std::array<const char*, 5> kTowns = {"York", "Leeds", "Torun", "Gdansk",
                                                        "Radom"};
  static constexpr std::array<const char*, 4> kProviders = {"gmail.com", "wp.pl", "o2.pl",
                                                            "yahoo.com"};
  static constexpr std::array<const char*, 6> kTrades = {"Trading",   "Foods", "Bakery",
                                                         "Logistics", "Media", "Clinic"};

  std::mt19937 random_;
  std::vector<TownRecord> records_;
  std::vector<Feature> household_;
  std::size_t given_ = 0;  // of kGiven, the latest
  std::string company_;
};

inline Parties parties_of(std::span<const TownRecord> records) {
  Parties parties;
  for (const TownRecord& record : records) {
    parties.add(static_cast<std::int64_t>(parties.all.size() + 1), record.key, record.description);
  }
  return parties;
}

// What is learnt from a town of 900 customers.
inline const MatchModel& town_model() {
  static const MatchModel model = [] {
    const Parties parties = parties_of(Town(900, 1).records());
    return *match(parties.all, parties.words, {}, {}, nullptr).learnt;
  }();
  return model;
}

}  // namespace cdh
