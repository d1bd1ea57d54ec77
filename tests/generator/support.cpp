#include <algorithm>

#include "tests/generator/departments.hpp"
#include "tests/generator/handwriting.hpp"
#include "tests/generator/letters.hpp"

namespace cdh::generator {

namespace {

constexpr WritingHabits kHabits = {.nickname = 6,
                                   .plain = 4,
                                   .slip = 5,
                                   .swapped = 0,
                                   .capitals = 2,
                                   .small = 2,
                                   .native = 0,
                                   .family_first = 35};

constexpr std::string_view kCategories[] = {"reklamacja", "zapytanie", "usterka", "sugestia",
                                            "zwrot"};
constexpr std::string_view kSubjects[] = {"Uszkodzona przesyłka", "Brak części w paczce",
                                          "Pytanie o gwarancję",  "Prośba o zwrot pieniędzy",
                                          "Błędna faktura",       "Opóźniona dostawa; już druga"};
constexpr std::string_view kComments[] = {"Szybko i sprawnie.", "Za długo czekałem na odpowiedź.",
                                          "Bardzo miła obsługa", ""};

void append_row(std::string& csv, std::initializer_list<std::string> cells) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) csv += ';';
    csv += csv_cell(cell, ';');
    first = false;
  }
  csv += "\r\n";
}

class SupportFiles {
 public:
  SupportFiles(Random& random, Truth& truth) : random_(random), truth_(truth) {}

  void add_ticket(const Person& person) {
    const std::int64_t day = some_day(random_);
    const std::string number = next_number();
    const bool closed = day < kLastDay - 20 || random_.percent(50);
    const std::int64_t closed_on = std::min(kLastDay, day + random_.between(0, 20));
    std::string email;
    if (random_.percent(70)) {
      email = write_email(person.company >= 0 ? person.work_email : email_on(person, day), random_);
    } else if (random_.percent(5)) {
      email = email_placeholder(random_);
    }
    std::string phone;
    if (random_.percent(65)) {
      const bool at_home = !person.landline.empty() && random_.percent(25);
      const bool abroad = person.country != Country::poland;
      phone = write_phone(at_home ? person.landline : person.mobile, abroad, random_);
    } else if (random_.percent(6)) {
      phone = phone_placeholder(random_);
    }
    append_row(tickets_, {number, dotted_moment(moment_on(day, random_)),
                          write_full_name(person, day, kHabits, random_), email, phone,
                          std::string(random_.pick(std::span(kCategories))),
                          random_.percent(15) ? "wysoki" : "normalny",
                          std::string(random_.pick(std::span(kSubjects))),
                          closed ? "zamknięte" : "otwarte", closed ? dotted_date(closed_on) : ""});
    truth_.add("support", "support", number, "customer", person.cluster);
    if (closed && random_.percent(35)) add_score(number, closed_on);
  }

  void add_broken() {
    append_row(tickets_, {next_number(), "31.02.2025 10:15", "Zofia Lutowa", "", "601 000 111",
                          "usterka", "normalny", "Data nie istnieje", "otwarte", ""});
    truth_.add_broken("support", "support", line_, "31 February");
    append_row(tickets_, {next_number(), "11.03.2025 12:40", "Adam Krótki", "zwrot"});
    truth_.add_broken("support", "support", line_, "4 cells of 10");
  }

  const std::string& tickets() const { return tickets_; }
  const std::string& scores() const { return scores_; }

 private:
  std::string next_number() {
    ++line_;
    return "Z/" + std::to_string(20'000 + line_);
  }

  void add_score(const std::string& ticket, std::int64_t closed_on) {
    // Most are content, some are angry, few are in between.
    const int score = random_.percent(70) ? random_.between(8, 10) : random_.between(0, 7);
    append_row(scores_, {"A" + std::to_string(++score_count_), ticket,
                         dotted_date(std::min(kLastDay, closed_on + random_.between(0, 7))),
                         std::to_string(score), std::string(random_.pick(std::span(kComments)))});
  }

  Random& random_;
  Truth& truth_;
  std::size_t line_ = 1;  // the header
  std::size_t score_count_ = 0;
  std::string tickets_ =
      "Nr zgłoszenia;Data zgłoszenia;Klient;Adres e-mail;Telefon;Kategoria;Priorytet;Temat;Status;"
      "Data zamknięcia\r\n";
  std::string scores_ = "Nr ankiety;Nr zgłoszenia;Data;Ocena;Komentarz\r\n";
};

}  // namespace

void write_support(const Market& market, const std::filesystem::path& folder, Random& random,
                   Truth& truth) {
  SupportFiles files(random, truth);
  const std::vector<Person>& people = market.population.people;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i == people.size() / 2) files.add_broken();
    if (!market.people[i].support) continue;
    do {
      files.add_ticket(people[i]);
    } while (random.percent(25));
  }
  write_file(folder / "support.csv", windows_1250(files.tickets()));
  write_file(folder / "satisfaction.csv", windows_1250(files.scores()));
}

}  // namespace cdh::generator
