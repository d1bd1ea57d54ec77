#include <cstdio>

#include "hub/base/json_text.hpp"
#include "hub/base/time.hpp"
#include "tests/generator/departments.hpp"
#include "tests/generator/handwriting.hpp"

namespace cdh::generator {

namespace {

constexpr WritingHabits kHabits = {.nickname = 12,
                                   .plain = 25,
                                   .slip = 3,
                                   .swapped = 0,
                                   .capitals = 3,
                                   .small = 7,
                                   .native = 55,
                                   .family_first = 6};
constexpr WritingHabits kCompanyHabits = {
    .plain = 20, .slip = 2, .capitals = 5, .small = 5, .native = 50};

constexpr std::string_view kPolishMessages[] = {
    "Dzień dobry, kiedy dostanę zamówienie?", "Proszę o kontakt telefoniczny.",
    "Czy ten model jest dostępny w kolorze dębu?", "Chciałbym zmienić adres dostawy."};
constexpr std::string_view kEnglishMessages[] = {
    "Hello, when will my order arrive?", "Please call me back after 5 pm.",
    "Do you ship to Northern Ireland?", "I'd like to change my delivery address."};
constexpr std::string_view kChineseMessages[] = {
    "你好，请问什么时候发货？", "请发一份报价单，谢谢。", "Please send the catalogue in English."};

std::string some_message(Country country, Random& random) {
  switch (country) {
    case Country::poland:
      return std::string(random.pick(std::span(kPolishMessages)));
    case Country::britain:
      return std::string(random.pick(std::span(kEnglishMessages)));
    case Country::china:
      return std::string(random.pick(std::span(kChineseMessages)));
  }
  return {};
}

// One JSON object, member by member.
class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view text) {
    begin(name);
    append_json_string(text, json_);
    return *this;
  }
  JsonObject& add_raw(std::string_view name, std::string_view json) {
    begin(name);
    json_ += json;
    return *this;
  }
  std::string json() const { return json_ + "}"; }

 private:
  void begin(std::string_view name) {
    if (json_.size() > 1) json_ += ',';
    append_json_string(name, json_);
    json_ += ':';
  }
  std::string json_ = "{";
};

std::string some_utm(Random& random) {
  constexpr std::string_view kSources[] = {"newsletter", "search", "social", "partner"};
  constexpr std::string_view kCampaigns[] = {"spring", "summer-sale", "autumn", "black-friday"};
  JsonObject utm;
  utm.add("source", random.pick(std::span(kSources))).add("medium", "web");
  return utm.add("campaign", random.pick(std::span(kCampaigns))).json();
}

// Warsaw's time: +02:00 from April to October is near enough for a made-up shop.
std::string shop_time(std::int64_t micros) {
  const int month = civil_from_days(micros / 86'400'000'000).month;
  return format_local_time(micros) + (month >= 4 && month <= 10 ? "+02:00" : "+01:00");
}

class WebformsFile {
 public:
  WebformsFile(Random& random, Truth& truth) : random_(random), truth_(truth) {}

  void add(const Person& person, const Population& population) {
    const std::int64_t day = some_day(random_);
    const bool quote = person.company >= 0;
    constexpr std::string_view kForms[] = {"contact", "contact", "warranty", "newsletter"};
    const std::string form(quote ? "quote" : random_.pick(std::span(kForms)));
    char id[32];
    std::snprintf(id, sizeof id, "W%06zu", ++line_);

    JsonObject json;
    json.add("id", id).add("submitted_at", shop_time(moment_on(day, random_))).add("form", form);
    json.add_raw("contact", contact(person, day));
    if (quote) {
      const Company& company = population.companies[static_cast<std::size_t>(person.company)];
      json.add("company", write_company(company, kCompanyHabits, random_));
      truth_.add_beside("webforms", "webforms", id, "contact", person.cluster);
      truth_.add_beside("webforms", "webforms", id, "company", company.cluster);
    } else {
      truth_.add("webforms", "webforms", id, "contact", person.cluster);
    }
    json.add("message", form == "newsletter" ? "" : some_message(person.country, random_));
    json.add("page_url", "https://shop.example/" + form);
    if (random_.percent(45)) json.add_raw("utm", some_utm(random_));
    json.add_raw("marketing_consent", random_.percent(35) ? "true" : "false");
    lines_ += json.json() + "\n";
  }

  void add_broken() {
    lines_ += R"({"id":"W999999","submitted_at":"2025-03-01T10:00:00+01:00","form":"contact","con)"
              "\n";
    truth_.add_broken("webforms", "webforms", ++line_, "the line breaks off");
  }

  const std::string& lines() const { return lines_; }

 private:
  std::string contact(const Person& person, std::int64_t day) {
    JsonObject contact;
    contact.add("name", write_full_name(person, day, kHabits, random_));
    const std::string& email = person.company >= 0 ? person.work_email : email_on(person, day);
    const bool fake = random_.percent(1.5);
    contact.add("email", fake ? email_placeholder(random_) : write_email(email, random_));
    if (random_.percent(60)) {
      const bool abroad = person.country != Country::poland;
      contact.add("phone", write_phone(person.mobile, abroad, random_));
    } else if (random_.percent(6)) {
      contact.add("phone", phone_placeholder(random_));
    } else if (random_.percent(50)) {
      contact.add_raw("phone", "null");
    }
    return contact.json();
  }

  Random& random_;
  Truth& truth_;
  std::size_t line_ = 0;
  std::string lines_;
};

}  // namespace

void write_webforms(const Market& market, const std::filesystem::path& folder, Random& random,
                    Truth& truth) {
  WebformsFile file(random, truth);
  const std::vector<Person>& people = market.population.people;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i == people.size() / 3) file.add_broken();
    if (!market.people[i].webforms) continue;
    do {
      file.add(people[i], market.population);
    } while (random.percent(25));
  }
  write_file(folder / "webforms.jsonl", file.lines());
}

}  // namespace cdh::generator
