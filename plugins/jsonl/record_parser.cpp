#include "record_parser.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "json_number.hpp"

namespace jsonl {

namespace {

constexpr std::size_t kFirstCapacity = 64 * 1024;

// Ends the parse of one record; never leaves this file.
struct BadRecord {
  std::string reason;
  std::string field;
};

[[noreturn]] void bad(std::string reason, const RecordShape::Node* node = nullptr) {
  throw BadRecord{std::move(reason), node != nullptr ? node->path : std::string()};
}

// Databases cannot store it, and JSON can only bring it as an escape.
void refuse_nul(std::string_view text, const RecordShape::Node* node) {
  if (text.find('\0') != std::string_view::npos) bad("a text holds the character NUL", node);
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

cdh_value text_value(cdh_type type, std::string_view text) {
  cdh_value value{};
  value.type = static_cast<std::uint8_t>(type);
  value.as.text = text.data();
  value.length = static_cast<std::uint32_t>(text.size());
  return value;
}

cdh_value boolean_value(bool value) {
  cdh_value out{};
  out.type = CDH_BOOLEAN;
  out.as.integer = value ? 1 : 0;
  return out;
}

std::string in_words(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR:
      return "not valid UTF-8";
    case simdjson::UNESCAPED_CHARS:
      return "not JSON: a control character inside a string";
    case simdjson::UNCLOSED_STRING:
      return "not JSON: a string is not closed";
    case simdjson::STRING_ERROR:
      return "not JSON: a string with a wrong escape or half of a surrogate pair";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
    case simdjson::OUT_OF_BOUNDS:
      return "not JSON: it ends before its brackets are closed";
    case simdjson::DEPTH_ERROR:
      return "nested too deeply";
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY:
      return "too long to be parsed";
    default:
      return "not JSON: a comma, colon, bracket or name is missing";
  }
}

}  // namespace

bool RecordParser::parse(std::string_view json, cdh::Arena& arena) {
  try {
    load(json);
    read_record(arena);
    shape_.keep();
    return true;
  } catch (const BadRecord& failure) {
    problem_ = failure.reason;
    problem_field_ = failure.field;
  } catch (const RecordShape::TooWide&) {
    problem_ = "the file has more than " + std::to_string(RecordShape::kMaxColumns) +
               " different members; name the wanted ones with `fields`";
    problem_field_.clear();
  } catch (const simdjson::simdjson_error& failure) {
    problem_ = in_words(failure.error());
    problem_field_.clear();
  }
  shape_.roll_back();
  return false;
}

void RecordParser::load(std::string_view json) {
  json = trimmed(json);
  if (json.substr(0, 3) == "\xEF\xBB\xBF") json.remove_prefix(3);  // files joined by cat
  if (json.empty()) bad("nothing between two commas");
  if (json.front() != '{') bad("not a JSON object");
  size_ = json.size();
  if (text_.size() < size_ + simdjson::SIMDJSON_PADDING) {
    const std::size_t capacity = std::max(kFirstCapacity, 2 * size_);
    text_.resize(capacity + simdjson::SIMDJSON_PADDING);
    if (parser_.allocate(capacity) != simdjson::SUCCESS) bad("too long to be parsed");
  }
  std::memcpy(text_.data(), json.data(), size_);
  std::memset(text_.data() + size_, 0, simdjson::SIMDJSON_PADDING);
  has_escapes_ = std::memchr(text_.data(), '\\', size_) != nullptr;
}

void RecordParser::read_record(cdh::Arena& arena) {
  arena_ = &arena;
  values_.assign(shape_.column_count(), cdh_value{});
  repeated_member_.clear();
  document_ = parser_.iterate(
      simdjson::padded_string_view(text_.data(), size_, size_ + simdjson::SIMDJSON_PADDING));
  read_object(document_.get_object(), &shape_.root(), 1);
  // Only at the end of the text there is no next token.
  if (document_.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    bad("not JSON: more text behind the record's last bracket");
  }
}

RecordShape::Node* RecordParser::member_of(Node& node, simdjson::ondemand::field& field,
                                           std::size_t& hint) {
  if (has_escapes_) {
    const std::string_view name = field.unescaped_key();
    refuse_nul(name, &node);
    return shape_.member(node, name, hint);
  }
  const char* text = field.key().raw();
  const auto left = static_cast<std::size_t>(text_.data() + size_ - text);
  if (hint < node.members.size()) {  // nearly always the member that comes next
    const std::string& name = node.members[hint]->name;
    if (left > name.size() && text[name.size()] == '"' &&
        std::memcmp(text, name.data(), name.size()) == 0) {
      return node.members[hint++].get();
    }
  }
  const void* end = std::memchr(text, '"', left);
  if (end == nullptr) bad(in_words(simdjson::UNCLOSED_STRING));
  const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - text);
  return shape_.member(node, {text, size}, hint);
}

void RecordParser::read_object(simdjson::ondemand::object object, Node* node, int depth) {
  if (depth > kMaxDepth) bad(in_words(simdjson::DEPTH_ERROR));
  std::size_t hint = 0;
  for (simdjson::ondemand::field field : object) {
    Node* member = nullptr;
    if (node != nullptr) {
      member = member_of(*node, field, hint);
    } else if (has_escapes_) {
      refuse_nul(field.unescaped_key(), nullptr);
    }
    read_value(field.value(), member, depth);
  }
}

void RecordParser::read_array(simdjson::ondemand::array array, Node* node, int depth) {
  if (depth > kMaxDepth) bad(in_words(simdjson::DEPTH_ERROR));
  const bool wanted = node != nullptr && !node->members.empty();
  std::size_t hint = 0, index = 0;
  for (JsonValue value : array) {
    Node* element = wanted ? shape_.member(*node, std::to_string(index), hint) : nullptr;
    ++index;
    read_value(value, element, depth);
  }
}

void RecordParser::read_value(JsonValue value, Node* node, int depth) {
  const std::string_view token = trimmed(value.raw_json_token());
  const char first = token.empty() ? '\0' : token.front();
  if (first == '{' || first == '[') {
    read_container(value, first, node, depth);
  } else if (first == '"') {
    read_string(value, token, node);
  } else {
    read_scalar(token, node);
  }
}

void RecordParser::read_container(JsonValue value, char kind, Node* node, int depth) {
  const char* begin = value.raw_json_token().data();
  const bool taken_apart = node != nullptr && node->taken_apart;
  // A setting may name what lies inside; a learning shape looks no further.
  Node* inside = taken_apart || !shape_.learns() ? node : nullptr;
  if (kind == '{') {
    read_object(value.get_object(), inside, depth + 1);
    if (taken_apart) return;
  } else {
    read_array(value.get_array(), shape_.learns() ? nullptr : node, depth + 1);
  }
  if (node == nullptr) return;
  const int column = shape_.column_of(*node);
  if (column >= 0) set(column, *node, text_value(CDH_JSON, arena_->keep(text_since(begin))));
}

// What was read since `begin`: the iterator stands at the token behind it.
std::string_view RecordParser::text_since(const char* begin) {
  const char* next = document_.current_location();
  return trimmed({begin, static_cast<std::size_t>(next - begin)});
}

void RecordParser::read_string(JsonValue value, std::string_view token, Node* node) {
  std::string_view text;
  if (has_escapes_) {
    text = value.get_string();
    refuse_nul(text, node);
  } else {
    [[maybe_unused]] const simdjson::ondemand::raw_json_string consumed =
        value.get_raw_json_string();
    if (token.size() < 2 || token.back() != '"') bad(in_words(simdjson::UNCLOSED_STRING), node);
    text = token.substr(1, token.size() - 2);
  }
  const int column = node != nullptr ? shape_.column_of(*node) : -1;
  if (column >= 0) set(column, *node, text_value(CDH_TEXT, arena_->keep(text)));
}

void RecordParser::read_scalar(std::string_view token, Node* node) {
  cdh_value value{};
  if (token == "null") {
    value.type = CDH_NULL;
  } else if (token == "true" || token == "false") {
    value = boolean_value(token == "true");
  } else if (!read_number(token, *arena_, value)) {
    bad("not JSON: a value is neither text, number, true, false nor null", node);
  }
  const int column = node != nullptr ? shape_.column_of(*node) : -1;
  if (column >= 0) set(column, *node, value);
}

void RecordParser::set(int column, const Node& node, const cdh_value& value) {
  const auto index = static_cast<std::size_t>(column);
  if (index >= values_.size()) values_.resize(shape_.column_count());
  if (values_[index].type != CDH_ABSENT) repeated_member_ = node.path;
  values_[index] = value;
}

}  // namespace jsonl
