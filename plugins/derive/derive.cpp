// Fills a column from others: a constant, several fields joined, the first that is known, or a
// template.
//
//     transforms:
//       - { use: derive, into: source_system, constant: legacy }
//       - { use: derive, into: street, join: [STREET, HOUSE], separator: " " }
//       - { use: derive, into: phone, coalesce: [MOBILE, PHONE] }
//       - { use: derive, into: full_name, template: "{First} {Last}" }
//
// Values that are not text are joined as they would be written; coalesce keeps the value's type.
// When every field named is blank, the column becomes null.
#include <algorithm>

#include <cdh/plugin.hpp>
#include <cdh/value_text.hpp>

namespace cdh::derive {
namespace {

constexpr Option kOptions[] = {
    {"into", CDH_OPTION_TEXT, "The column to fill; what it held is replaced.", "", true},
    {"constant", CDH_OPTION_TEXT, "The same text for every record."},
    {"join", CDH_OPTION_TEXT_LIST, "Fields whose texts are joined."},
    {"separator", CDH_OPTION_TEXT, "Join: what stands between two texts (unless given: a space)."},
    {"skip_empty", CDH_OPTION_BOOLEAN,
     "Join: leaves blank fields out, with their separator (unless given: true)."},
    {"coalesce", CDH_OPTION_TEXT_LIST, "Fields of which the first that is not blank is taken."},
    {"template", CDH_OPTION_TEXT,
     "Text with fields in braces, \"{First} {Last}\"; {{ and }} are braces. Blanks at its ends "
     "that "
     "empty fields leave are removed."},
};

enum class Way { constant, join, coalesce, fill_template };

Way way_of(const Settings& settings) {
  constexpr std::pair<const char*, Way> kWays[] = {{"constant", Way::constant},
                                                   {"join", Way::join},
                                                   {"coalesce", Way::coalesce},
                                                   {"template", Way::fill_template}};
  int given = 0;
  Way way = Way::constant;
  for (const auto& [option, candidate] : kWays) {
    if (!settings.has(option)) continue;
    way = candidate;
    ++given;
  }
  if (given != 1) fail_config("give exactly one of constant, join, coalesce and template", "into");
  for (const char* option : {"separator", "skip_empty"}) {
    if (way != Way::join && settings.has(option)) fail_config("it belongs to join", option);
  }
  return way;
}

// A piece of a template: literal text, then a field (none at the end).
struct Piece {
  std::string literal;
  std::string field;
};

std::vector<Piece> parse_template(const std::string& text) {
  std::vector<Piece> pieces(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool doubled = i + 1 < text.size() && text[i + 1] == c;
    if ((c != '{' && c != '}') || doubled) {
      pieces.back().literal += c;
      i += c == '{' || c == '}' ? 1 : 0;
      continue;
    }
    const std::size_t end = text.find('}', i);
    if (c == '}' || end == std::string::npos || end == i + 1) {
      fail_config("each { needs a field and a }; write {{ or }} for a brace itself", "template");
    }
    pieces.back().field = text.substr(i + 1, end - i - 1);
    pieces.emplace_back();
    i = end;
  }
  return pieces;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

class Derive final : public RecordTransform {
 public:
  Derive(const Settings& settings, Host&)
      : way_(way_of(settings)),
        into_name_(settings.text("into")),
        constant_(settings.text("constant")),
        separator_(settings.text("separator", " ")),
        skip_empty_(settings.boolean("skip_empty", true)) {
    if (way_ == Way::join) names_ = settings.list("join");
    if (way_ == Way::coalesce) names_ = settings.list("coalesce");
    if (way_ == Way::fill_template) {
      template_ = parse_template(settings.text("template"));
      for (const Piece& piece : template_) {
        if (!piece.field.empty()) names_.push_back(piece.field);
      }
    }
    if (way_ != Way::constant && names_.empty()) {
      fail_config("name at least one field; for a fixed text use constant",
                  way_ == Way::join       ? "join"
                  : way_ == Way::coalesce ? "coalesce"
                                          : "template");
    }
  }

  void bind(std::vector<Field>& fields) override {
    columns_.clear();
    for (const std::string& name : names_) columns_.push_back(require(fields, name));
    into_ = require_or_add(fields, into_name_);
  }

  void edit(Record& record) override {
    if (way_ == Way::constant) return record.set_text(into_, constant_);
    const auto known = std::find_if(columns_.begin(), columns_.end(),
                                    [&](int column) { return !is_blank(record[column]); });
    if (known == columns_.end()) return record.set_null(into_);
    if (way_ == Way::coalesce) {
      record[into_] = cdh_value(record[*known]);
    } else if (way_ == Way::join) {
      join(record);
    } else {
      fill_template(record);
    }
  }

 private:
  void join(Record& record) {
    text_.clear();
    bool first = true;
    for (const int column : columns_) {
      if (skip_empty_ && is_blank(record[column])) continue;
      if (!first) text_ += separator_;
      text_ += written(record[column], buffer_);
      first = false;
    }
    record.set_text(into_, text_);
  }

  void fill_template(Record& record) {
    text_.clear();
    std::size_t next = 0;
    for (const Piece& piece : template_) {
      text_ += piece.literal;
      if (!piece.field.empty()) text_ += written(record[columns_[next++]], buffer_);
    }
    record.set_text(into_, without_blanks(text_));
  }

  Way way_;
  std::string into_name_, constant_, separator_;
  bool skip_empty_;
  std::vector<Piece> template_;
  std::vector<std::string> names_;  // the fields read, in order
  std::vector<int> columns_;
  int into_ = -1;
  std::string text_, buffer_;
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Derive, "derive", "1.0",
                     "Fills a column: a constant, joined fields, the first known, or a template.",
                     kOptions)

}  // namespace cdh::derive
