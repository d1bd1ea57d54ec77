// Cleans text fields. The steps come in this order, whatever the order of the options: nfc, remove,
// pattern and replace, collapse, trim, case, match. Another order takes two transforms.
//
//     transforms:
//       - { use: text, fields: ["*"], trim: true, collapse: true, nfc: true }
//       - { use: text, fields: [ZIP], match: '\d\d-\d{3}', on_mismatch: quarantine }
//
// Only text values are touched; absent, null and empty ones pass. Reasons of quarantine name the
// field and the rule, never the value: that is kept with the record.
#include <algorithm>
#include <cstdint>
#include <memory>

#include <cdh/plugin.hpp>

#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include "blanks.hpp"
#include "letter_case.hpp"
#include "pattern.hpp"
#include "utf8.hpp"

namespace cdh::text {
namespace {

constexpr Option kOptions[] = {
    {"fields", CDH_OPTION_TEXT_LIST, "The fields to clean; \"*\" is every field.", "", true},
    {"trim", CDH_OPTION_BOOLEAN, "Removes blanks and zero-width marks at both ends.", "false"},
    {"collapse", CDH_OPTION_BOOLEAN, "Makes each run of blanks, line ends included, one space.",
     "false"},
    {"case", CDH_OPTION_TEXT,
     "Changes letters: upper, lower, or title for names, which keeps particles (van, de) small and "
     "words with capitals of their own (McDonald) as they are.",
     "", false, false, "upper|lower|title"},
    {"nfc", CDH_OPTION_BOOLEAN, "Composes letters and their accents (Unicode NFC).", "false"},
    {"remove", CDH_OPTION_TEXT, "Characters to delete wherever they stand, such as \"()-\"."},
    {"pattern", CDH_OPTION_TEXT, "ICU regular expression; every match is replaced by `replace`."},
    {"replace", CDH_OPTION_TEXT,
     "What stands in place of a match; $1 is the pattern's first group."},
    {"match", CDH_OPTION_TEXT,
     "ICU regular expression that the whole cleaned text must match; see on_mismatch."},
    {"on_mismatch", CDH_OPTION_TEXT,
     "A text that does not match is kept, made null, or its record is quarantined (unless given: "
     "quarantine).",
     "", false, false, "keep|null|quarantine"},
};

enum class OnMismatch { keep, null, quarantine };

LetterCase letter_case_of(const std::string& name) {
  if (name == "upper") return LetterCase::upper;
  if (name == "lower") return LetterCase::lower;
  return name == "title" ? LetterCase::title : LetterCase::keep;
}

OnMismatch on_mismatch_of(const std::string& name) {
  if (name == "keep") return OnMismatch::keep;
  return name == "null" ? OnMismatch::null : OnMismatch::quarantine;
}

const icu::Normalizer2* nfc_normalizer() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) fail_system(std::string("ICU has no NFC: ") + u_errorName(status));
  return nfc;
}

class Text final : public RecordTransform {
 public:
  Text(const Settings& settings, Host&)
      : names_(settings.list("fields")),
        trim_(settings.boolean("trim")),
        collapse_(settings.boolean("collapse")),
        removed_(code_points(settings.text("remove"))),
        replacement_(settings.text("replace")),
        match_text_(settings.text("match")),
        on_mismatch_(on_mismatch_of(settings.text("on_mismatch"))),
        changes_case_(settings.has("case")),
        case_mapper_(letter_case_of(settings.text("case"))) {
    if (names_.empty()) fail_config("name at least one field, or \"*\" for all", "fields");
    all_fields_ = std::find(names_.begin(), names_.end(), "*") != names_.end();
    if (all_fields_ && names_.size() > 1) fail_config("\"*\" must stand alone", "fields");
    if (settings.has("pattern") != settings.has("replace")) {
      fail_config("pattern and replace are given together or not at all",
                  settings.has("pattern") ? "replace" : "pattern");
    }
    if (settings.has("on_mismatch") && !settings.has("match")) {
      fail_config("it needs the option match, which says what a text must look like",
                  "on_mismatch");
    }
    if (settings.boolean("nfc")) nfc_ = nfc_normalizer();
    if (settings.has("pattern")) {
      pattern_ = std::make_unique<Pattern>(settings.text("pattern"), "pattern");
    }
    if (settings.has("match")) match_ = std::make_unique<Pattern>(match_text_, "match");
    decodes_ = nfc_ || !removed_.empty() || pattern_ || changes_case_ || match_;
  }

  void bind(std::vector<Field>& fields) override {
    columns_.clear();
    for (std::size_t i = 0; all_fields_ && i < fields.size(); ++i) {
      columns_.push_back({static_cast<int>(i), fields[i].name});
    }
    for (std::size_t i = 0; !all_fields_ && i < names_.size(); ++i) {
      columns_.push_back({require(fields, names_[i]), names_[i]});
    }
  }

  void edit(Record& record) override {
    for (const Column& column : columns_) {
      const cdh_value& value = record[column.index];
      if (value.type != CDH_TEXT || value.length == 0) continue;
      if (!clean(record, column)) return;
    }
  }

 private:
  struct Column {
    int index;
    std::string name;
  };

  // False when the record was rejected.
  bool clean(Record& record, const Column& column) {
    const std::string_view given = record.text(column.index);
    std::string_view text = given;
    const bool ascii = !decodes_ || is_ascii(text);
    if (!ascii && !is_utf8(text)) {
      return reject(record, column, "is not UTF-8; set the encoding of the source");
    }
    if (nfc_ && !ascii) text = compose(text);
    if (!removed_.empty()) text = without_removed(text);
    if (pattern_) {
      const Pattern::Result result = pattern_->replace(text, replacement_, replaced_);
      if (result == Pattern::Result::too_slow) return reject(record, column, kTooSlow);
      if (result == Pattern::Result::yes) text = replaced_;
    }
    if (collapse_) text = collapser_.apply(text);
    if (trim_) text = trim(text);
    if (changes_case_) text = case_mapper_.apply(text);
    store(record, column.index, given, text);
    return !match_ || text.empty() || check_match(record, column, text);
  }

  // A part of what was given stays where it is, in the input's memory.
  static void store(Record& record, int column, std::string_view given, std::string_view text) {
    if (text.data() >= given.data() && text.data() + text.size() <= given.data() + given.size()) {
      record[column].as.text = text.data();
      record[column].length = static_cast<std::uint32_t>(text.size());
    } else {
      record.set_text(column, text);
    }
  }

  bool check_match(Record& record, const Column& column, std::string_view text) {
    const Pattern::Result result = match_->matches(text);
    if (result == Pattern::Result::too_slow) return reject(record, column, kTooSlow);
    if (result == Pattern::Result::yes || on_mismatch_ == OnMismatch::keep) return true;
    if (on_mismatch_ == OnMismatch::null) {
      record.set_null(column.index);
      return true;
    }
    return reject(record, column, "does not match the pattern " + match_text_);
  }

  static bool reject(Record& record, const Column& column, const std::string& rule) {
    record.reject("\"" + column.name + "\" " + rule, column.name);
    return false;
  }

  std::string_view compose(std::string_view text) {
    const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    if (nfc_->isNormalizedUTF8(piece, status)) return text;
    composed_.clear();
    icu::StringByteSink<std::string> sink(&composed_);
    nfc_->normalizeUTF8(0, piece, sink, nullptr, status);
    if (U_FAILURE(status)) fail_system(std::string("ICU cannot compose: ") + u_errorName(status));
    return composed_;
  }

  std::string_view without_removed(std::string_view text) {
    kept_.clear();
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
      const auto begin = static_cast<std::size_t>(at);
      UChar32 point = 0;
      U8_NEXT(bytes, at, size, point);
      if (std::find(removed_.begin(), removed_.end(), point) == removed_.end()) {
        kept_.append(text, begin, static_cast<std::size_t>(at) - begin);
      }
    }
    return kept_.size() == text.size() ? text : std::string_view(kept_);
  }

  static constexpr const char* kTooSlow = "takes too long to compare with the pattern; simplify it";

  std::vector<std::string> names_;
  bool all_fields_ = false;
  bool trim_, collapse_;
  std::vector<UChar32> removed_;
  std::string replacement_, match_text_;
  OnMismatch on_mismatch_;
  bool changes_case_;
  bool decodes_ = false;  // some step looks at code points

  BlankCollapser collapser_;
  CaseMapper case_mapper_;
  const icu::Normalizer2* nfc_ = nullptr;
  std::unique_ptr<Pattern> pattern_, match_;
  std::string composed_, kept_, replaced_;

  std::vector<Column> columns_;
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Text, "text", "1.0",
                     "Cleans text: blanks, case, Unicode form, patterns to replace or to match.",
                     kOptions)

}  // namespace cdh::text
