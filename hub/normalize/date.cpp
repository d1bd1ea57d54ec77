#include "hub/normalize/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <string>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/normalize/clock_time.hpp"
#include "hub/normalize/fold.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxTextBytes = 100;

struct MonthName {
  std::string_view name;  // folded
  int month;
};

// English, Polish (both cases) and German, short and long, and Roman numerals as Poles write
// months.
constexpr MonthName kMonthNames[] = {{"jan", 1},
                                     {"january", 1},
                                     {"sty", 1},
                                     {"stycznia", 1},
                                     {"styczen", 1},
                                     {"januar", 1},
                                     {"i", 1},
                                     {"feb", 2},
                                     {"february", 2},
                                     {"lut", 2},
                                     {"lutego", 2},
                                     {"luty", 2},
                                     {"februar", 2},
                                     {"ii", 2},
                                     {"mar", 3},
                                     {"march", 3},
                                     {"marca", 3},
                                     {"marzec", 3},
                                     {"marz", 3},
                                     {"maerz", 3},
                                     {"mrz", 3},
                                     {"iii", 3},
                                     {"apr", 4},
                                     {"april", 4},
                                     {"kwi", 4},
                                     {"kwietnia", 4},
                                     {"kwiecien", 4},
                                     {"iv", 4},
                                     {"may", 5},
                                     {"maj", 5},
                                     {"maja", 5},
                                     {"mai", 5},
                                     {"v", 5},
                                     {"jun", 6},
                                     {"june", 6},
                                     {"cze", 6},
                                     {"czerwca", 6},
                                     {"czerwiec", 6},
                                     {"juni", 6},
                                     {"vi", 6},
                                     {"jul", 7},
                                     {"july", 7},
                                     {"lip", 7},
                                     {"lipca", 7},
                                     {"lipiec", 7},
                                     {"juli", 7},
                                     {"vii", 7},
                                     {"aug", 8},
                                     {"august", 8},
                                     {"sie", 8},
                                     {"sierpnia", 8},
                                     {"sierpien", 8},
                                     {"viii", 8},
                                     {"sep", 9},
                                     {"sept", 9},
                                     {"september", 9},
                                     {"wrz", 9},
                                     {"wrzesnia", 9},
                                     {"wrzesien", 9},
                                     {"ix", 9},
                                     {"oct", 10},
                                     {"october", 10},
                                     {"paz", 10},
                                     {"pazdziernika", 10},
                                     {"pazdziernik", 10},
                                     {"okt", 10},
                                     {"oktober", 10},
                                     {"x", 10},
                                     {"nov", 11},
                                     {"november", 11},
                                     {"lis", 11},
                                     {"listopada", 11},
                                     {"listopad", 11},
                                     {"xi", 11},
                                     {"dec", 12},
                                     {"december", 12},
                                     {"gru", 12},
                                     {"grudnia", 12},
                                     {"grudzien", 12},
                                     {"dez", 12},
                                     {"dezember", 12},
                                     {"xii", 12}};

// Days of the week before a date say nothing new.
constexpr std::string_view kWeekdays[] = {
    "mon",      "tue",      "wed",        "thu",      "fri",     "sat",       "sun",
    "monday",   "tuesday",  "wednesday",  "thursday", "friday",  "saturday",  "sunday",
    "pon",      "wto",      "wt",         "sro",      "sr",      "czw",       "pia",
    "pt",       "sob",      "so",         "nie",      "nd",      "ndz",       "poniedzialek",
    "wtorek",   "sroda",    "czwartek",   "piatek",   "sobota",  "niedziela", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag",  "samstag", "sonntag"};

constexpr std::string_view kOrdinalMarks[] = {"st", "nd", "rd", "th"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number, or a month by its name.
struct Item {
  int value = 0;
  std::size_t digits = 0;  // 0: a month name
};

int month_named(std::string_view folded) {
  for (const MonthName& month : kMonthNames) {
    if (month.name == folded) return month.month;
  }
  return 0;
}

// "年", "月", "日" and "号" stand behind a date's numbers.
std::size_t size_of_separator(std::string_view text) {
  for (const std::string_view mark : {"年", "月", "日", "号"}) {
    if (text.starts_with(mark)) return mark.size();
  }
  return !text.empty() && std::string_view(" .,/-\t").find(text.front()) != std::string_view::npos
             ? 1
             : 0;
}

class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  // Up to three items; false when something else stands among them.
  bool read_items() {
    while (count_ < items_.size()) {
      skip_separators();
      if (rest_.empty()) return false;
      if (!(is_digit(rest_.front()) ? read_number() : read_word())) return false;
    }
    return true;
  }

  const std::array<Item, 3>& items() const { return items_; }

  // What follows the date: "T10:00", " 10:00", " r."; nothing when the date does not end there.
  std::optional<std::string_view> rest() {
    const bool is_parted = rest_.empty() || !is_digit(rest_.front());
    if (!is_parted) return std::nullopt;
    if (size_of_separator(rest_) == 3) rest_.remove_prefix(3);
    if (rest_.starts_with('T') || rest_.starts_with(',')) rest_.remove_prefix(1);
    rest_ = trim(rest_);
    for (const std::string_view year_mark : {"roku", "r.", "r"}) {
      if (rest_.starts_with(year_mark)) return trim(rest_.substr(year_mark.size()));
    }
    return rest_;
  }

 private:
  void skip_separators() {
    while (const std::size_t size = size_of_separator(rest_)) rest_.remove_prefix(size);
  }

  bool read_number() {
    Item item;
    while (item.digits < rest_.size() && is_digit(rest_[item.digits])) ++item.digits;
    if (item.digits > 4) return false;
    std::from_chars(rest_.data(), rest_.data() + item.digits, item.value);
    rest_.remove_prefix(item.digits);
    for (const std::string_view mark : kOrdinalMarks) {
      if (rest_.starts_with(mark)) {
        rest_.remove_prefix(mark.size());
        break;
      }
    }
    items_[count_++] = item;
    return true;
  }

  bool read_word() {
    std::size_t size = 0;
    while (size < rest_.size() && !is_digit(rest_[size]) &&
           size_of_separator(rest_.substr(size)) == 0) {
      ++size;
    }
    const std::string word = fold(rest_.substr(0, size));
    rest_.remove_prefix(size);
    if (const int month = month_named(word); month != 0) {
      items_[count_++] = Item{month, 0};
      return true;
    }
    return count_ == 0 &&
           std::find(std::begin(kWeekdays), std::end(kWeekdays), word) != std::end(kWeekdays);
  }

  std::string_view rest_;
  std::array<Item, 3> items_{};
  std::size_t count_ = 0;
};

// 0, which is no year, for one or three digits.
int full_year(const Item& item) {
  if (item.digits == 4) return item.value;
  if (item.digits != 2) return 0;
  return item.value + (item.value < 30 ? 2000 : 1900);
}

std::optional<std::int64_t> valid_days(int year, int month, int day) {
  const CivilDate date{year, month, day};
  if (!is_valid(date)) return std::nullopt;
  return days_from_civil(date);
}

std::optional<std::int64_t> with_month_name(const std::array<Item, 3>& items,
                                            std::size_t month_at) {
  const Item& first = items[month_at == 0 ? 1 : 0];
  const Item& second = items[month_at == 2 ? 1 : 2];
  if (first.digits == 0 || second.digits == 0) return std::nullopt;
  const bool year_first = first.digits > 2;
  const Item& year = year_first ? first : second;
  const Item& day = year_first ? second : first;
  if (day.digits > 2) return std::nullopt;
  return valid_days(full_year(year), items[month_at].value, day.value);
}

std::optional<std::int64_t> of_numbers(const std::array<Item, 3>& items, DateOrder order,
                                       OrderIs order_is) {
  const auto& [first, second, third] = items;
  if (second.digits > 2) return std::nullopt;
  const bool year_first =
      first.digits == 4 || (order == DateOrder::ymd && third.digits <= 2 && first.digits == 2);
  if (year_first) {
    if (third.digits > 2) return std::nullopt;
    return valid_days(full_year(first), second.value, third.value);
  }
  if (first.digits > 2) return std::nullopt;
  const bool is_given = order_is == OrderIs::given;
  if (is_given && order == DateOrder::ymd) return std::nullopt;
  const bool month_first =
      is_given ? order == DateOrder::mdy
               : second.value > 12 || (order == DateOrder::mdy && first.value <= 12);
  return month_first ? valid_days(full_year(third), first.value, second.value)
                     : valid_days(full_year(third), second.value, first.value);
}

int number_at(std::string_view digits, std::size_t from, std::size_t size) {
  int value = 0;
  std::from_chars(digits.data() + from, digits.data() + from + size, value);
  return value;
}

// Eight digits: a plausible year first, or else by the order.
std::optional<std::int64_t> of_eight_digits(std::string_view digits, DateOrder order,
                                            OrderIs order_is) {
  const int year = number_at(digits, 0, 4);
  if (year >= 1800 && year <= 2999) {
    if (const auto days = valid_days(year, number_at(digits, 4, 2), number_at(digits, 6, 2)))
      return days;
  }
  std::array<Item, 3> items = {Item{number_at(digits, 0, 2), 2}, Item{number_at(digits, 2, 2), 2},
                               Item{number_at(digits, 4, 4), 4}};
  if (items[2].value < 1800)
    return valid_days(year, number_at(digits, 4, 2), number_at(digits, 6, 2));
  return of_numbers(items, order, order_is);
}

std::optional<std::int64_t> of_items(const std::array<Item, 3>& items, DateOrder order,
                                     OrderIs order_is) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].digits == 0) return with_month_name(items, i);
  }
  return of_numbers(items, order, order_is);
}

}  // namespace

std::optional<DateOrder> date_order_from_name(std::string_view name) {
  if (name == "ymd") return DateOrder::ymd;
  if (name == "dmy") return DateOrder::dmy;
  if (name == "mdy") return DateOrder::mdy;
  return std::nullopt;
}

std::string_view name_of(DateOrder order) {
  switch (order) {
    case DateOrder::ymd:
      return "ymd";
    case DateOrder::dmy:
      return "dmy";
    case DateOrder::mdy:
      return "mdy";
  }
  return "";
}

DateOrder date_order_of(std::string_view country) {
  for (const std::string_view one :
       {"US", "PH", "PR", "GU", "FM", "MH", "PW", "AS", "VI", "MP", "UM"}) {
    if (country == one) return DateOrder::mdy;
  }
  for (const std::string_view one :
       {"CN", "JP", "KR", "KP", "TW", "MN", "HU", "LT", "SE", "CA", "IR", "BT"}) {
    if (country == one) return DateOrder::ymd;
  }
  return DateOrder::dmy;
}

std::optional<DateAndRest> parse_date_prefix(std::string_view text, DateOrder order,
                                             OrderIs order_is) {
  text = trim(text);
  if (text.size() > kMaxTextBytes) return std::nullopt;
  if (text.size() == 10) {
    if (const auto days = parse_date(text)) return DateAndRest{*days, {}};
  }
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  if (digits == 8 || digits == 14) {  // 14: with a packed time of day
    const auto days = of_eight_digits(text.substr(0, 8), order, order_is);
    std::string_view rest = text.substr(8);
    if (rest.starts_with('T')) rest.remove_prefix(1);
    return days ? std::optional(DateAndRest{*days, trim(rest)}) : std::nullopt;
  }
  DateReader reader(text);
  if (!reader.read_items()) return std::nullopt;
  const auto days = of_items(reader.items(), order, order_is);
  const auto rest = reader.rest();
  if (!days || !rest) return std::nullopt;
  return DateAndRest{*days, *rest};
}

std::optional<std::int64_t> parse_date(std::string_view text, DateOrder order, OrderIs order_is) {
  const auto found = parse_date_prefix(text, order, order_is);
  if (!found) return std::nullopt;
  if (!found->rest.empty() && !parse_clock_time(found->rest)) return std::nullopt;
  return found->days;
}

}  // namespace cdh
