// Reads dates and times from text and numbers.
//
//     transforms:
//       - { use: date, fields: [BIRTH], formats: [dd.MM.yyyy, d MMM yyyy] }
//       - { use: date, fields: [CREATED, CHANGED], formats: [epoch_ms] }
//       - { use: date, fields: [SINCE], order: dmy }
//
// A day alone becomes a date, with a time a local time, with an offset too an instant. A date never
// moves with a zone. Values that are dates or times already, absent, null and blank ones pass.
// Reasons of quarantine name the field and the rule, never the value: that is kept with the record.
#include <charconv>
#include <cstdint>
#include <optional>

#include <cdh/plugin.hpp>
#include <cdh/value_text.hpp>

#include "date_format.hpp"
#include "free_date.hpp"
#include "moment.hpp"

namespace cdh::date {
namespace {

constexpr Option kOptions[] = {
    {"fields", CDH_OPTION_TEXT_LIST, "The fields to read.", "", true},
    {"formats", CDH_OPTION_TEXT_LIST,
     "The forms to try, in order: letters such as dd.MM.yyyy, yyyyMMdd, d/M/yy, dd MMM yyyy HH:mm "
     "(English and Polish months), or epoch_s, epoch_ms, excel, excel_1904. Without it every usual "
     "form is read in which only one day can be meant."},
    {"order", CDH_OPTION_TEXT,
     "Without formats: what comes first in 05/06/2024, where both the day and the month are "
     "possible.",
     "", false, false, "dmy|mdy|ymd"},
    {"two_digit_year_pivot", CDH_OPTION_INTEGER,
     "Years of two digits up to this are of this century, above it of the last.", "29"},
    {"on_error", CDH_OPTION_TEXT,
     "A value that is not a date is kept, made null, or its record is quarantined.", "quarantine",
     false, false, "quarantine|null|keep"},
};

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

// One entry of `formats`.
struct Form {
  enum class Kind { pattern, epoch_s, epoch_ms, excel, excel_1904 };
  Kind kind = Kind::pattern;
  std::optional<DateFormat> pattern;
};

Form form_of(const std::string& name) {
  if (name == "epoch_s") return {Form::Kind::epoch_s, std::nullopt};
  if (name == "epoch_ms") return {Form::Kind::epoch_ms, std::nullopt};
  if (name == "excel") return {Form::Kind::excel, std::nullopt};
  if (name == "excel_1904") return {Form::Kind::excel_1904, std::nullopt};
  return {Form::Kind::pattern, DateFormat(name)};
}

DateOrder order_of(const std::string& name) {
  if (name == "dmy") return DateOrder::dmy;
  if (name == "mdy") return DateOrder::mdy;
  return name == "ymd" ? DateOrder::ymd : DateOrder::unknown;
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end ? std::optional(value) : std::nullopt;
}

std::optional<Moment> moment_of_epoch(std::string_view text, std::int64_t units_per_second) {
  constexpr std::int64_t kFirstDay = -719162, kLastDay = 2932896;  // years 1 and 9999
  const auto count = number_of<std::int64_t>(text);
  const std::int64_t per_day = 86'400 * units_per_second;
  if (!count || *count < kFirstDay * per_day || *count > kLastDay * per_day) return std::nullopt;
  Moment moment;
  moment.days = *count / per_day - (*count % per_day < 0 ? 1 : 0);
  moment.micros_of_day = (*count - moment.days * per_day) * (1'000'000 / units_per_second);
  moment.has_time = moment.has_offset = true;
  return moment;
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

class Date final : public RecordTransform {
 public:
  Date(const Settings& settings, Host&)
      : names_(settings.list("fields")),
        order_(order_of(settings.text("order"))),
        pivot_(static_cast<int>(settings.integer("two_digit_year_pivot", 29))),
        on_error_(settings.text("on_error", "quarantine")) {
    if (names_.empty()) fail_config("name at least one field", "fields");
    if (pivot_ < 0 || pivot_ > 99) fail_config("it must be from 0 to 99", "two_digit_year_pivot");
    for (const std::string& format : settings.list("formats")) {
      forms_.push_back(form_of(format));
      listed_ += (listed_.empty() ? "" : ", ") + format;
    }
    if (!forms_.empty() && settings.has("order")) {
      fail_config("it has no meaning beside formats, which tell the order", "order");
    }
  }

  void bind(std::vector<Field>& fields) override {
    columns_.clear();
    for (const std::string& name : names_) columns_.push_back(require(fields, name));
    for (const int column : columns_) fields[static_cast<std::size_t>(column)].type = CDH_DATE;
  }

  void edit(Record& record) override {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const cdh_value& value = record[columns_[i]];
      const bool readable = value.type == CDH_TEXT || value.type == CDH_DECIMAL ||
                            value.type == CDH_INTEGER || value.type == CDH_DOUBLE;
      if (!readable || is_blank(value)) continue;
      if (!read_field(record, i)) return;
    }
  }

 private:
  // False when the record was rejected.
  bool read_field(Record& record, std::size_t index) {
    const int column = columns_[index];
    const std::string_view text = without_blanks(written(record[column], buffer_));
    std::string problem;
    const std::optional<Moment> moment = read(text, problem);
    if (moment) {
      set(record, column, *moment);
    } else if (on_error_ == "null") {
      record.set_null(column);
    } else if (on_error_ == "quarantine") {
      record.reject("\"" + names_[index] + "\" " + problem, names_[index]);
      return false;
    }
    return true;
  }

  std::optional<Moment> read(std::string_view text, std::string& problem) const {
    if (forms_.empty()) {
      const FreeDate found = read_free_date(text, order_, pivot_);
      if (found.ok) return found.moment;
      problem = found.problem;
      return std::nullopt;
    }
    for (const Form& form : forms_) {
      if (const std::optional<Moment> moment = read(text, form)) return moment;
    }
    problem = "is not a date of the form " + listed_;
    return std::nullopt;
  }

  std::optional<Moment> read(std::string_view text, const Form& form) const {
    if (form.kind == Form::Kind::pattern) return form.pattern->read(text, pivot_);
    if (form.kind == Form::Kind::epoch_s) return moment_of_epoch(text, 1);
    if (form.kind == Form::Kind::epoch_ms) return moment_of_epoch(text, 1000);
    const auto serial = number_of<double>(text);
    if (!serial) return std::nullopt;
    return moment_of_excel(*serial, form.kind == Form::Kind::excel ? 1900 : 1904);
  }

  static void set(Record& record, int column, const Moment& moment) {
    const std::int64_t micros = moment.days * kMicrosPerDay + moment.micros_of_day;
    if (moment.has_offset) {
      record.set_integer(column, CDH_INSTANT,
                         micros - moment.offset_minutes * std::int64_t{60'000'000});
      record[column].offset_minutes = static_cast<std::int16_t>(moment.offset_minutes);
    } else if (moment.has_time) {
      record.set_integer(column, CDH_LOCAL_TIME, micros);
    } else {
      record.set_integer(column, CDH_DATE, moment.days);
    }
  }

  std::vector<std::string> names_;
  std::vector<Form> forms_;
  std::string listed_;  // the formats, for messages
  DateOrder order_;
  int pivot_;
  std::string on_error_;
  std::vector<int> columns_;
  std::string buffer_;
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Date, "date", "1.0", "Reads dates and times from text and numbers.", kOptions)

}  // namespace cdh::date
