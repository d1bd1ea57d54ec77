#include "hub/model/raw_record.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "hub/base/error.hpp"
#include "hub/base/json_text.hpp"
#include "hub/base/text.hpp"

namespace cdh {

namespace {

// The member names of the types that JSON itself cannot tell apart.
struct TaggedType {
  ValueType type;
  const char* name;
};
constexpr TaggedType kTagged[] = {
    {ValueType::decimal, "decimal"}, {ValueType::bytes, "base64"},
    {ValueType::date, "date"},       {ValueType::local_time, "local_time"},
    {ValueType::instant, "instant"}, {ValueType::json, "json"},
    {ValueType::real, "real"},
};

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k > bytes.size() ? '=' : kBase64[group >> (18 - 6 * k) & 63];
    }
  }
  return out;
}

std::string from_base64(std::string_view text) {
  std::string out;
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = std::string_view(kBase64, 64).find(c);
    if (digit == std::string_view::npos) continue;
    group = group << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(group >> bits & 0xFF);
    }
  }
  return out;
}

void append_real(double real, std::string& out) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, real).ptr;
  const std::string_view text(digits, static_cast<std::size_t>(end - digits));
  if (!std::isfinite(real)) {
    out.append("{\"real\":\"").append(text).append("\"}");
    return;
  }
  out += text;
  // "5" would come back as an integer.
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void append_value(const Value& value, std::string& out) {
  switch (value.type) {
    case ValueType::null:
      out += "null";
      return;
    case ValueType::boolean:
      out += value.integer != 0 ? "true" : "false";
      return;
    case ValueType::integer:
      out += std::to_string(value.integer);
      return;
    case ValueType::real:
      append_real(value.real, out);
      return;
    case ValueType::text:
      if (is_valid_utf8(value.text)) {
        append_json_string(value.text, out);
      } else {
        out += "{\"base64\":\"" + base64(value.text) + "\"}";
      }
      return;
    case ValueType::absent:  // counted, not written
      return;
    case ValueType::bytes:
      out += "{\"base64\":\"" + base64(value.text) + "\"}";
      return;
    case ValueType::decimal:
      out += "{\"decimal\":";
      append_json_string(value.text, out);
      out += '}';
      return;
    case ValueType::json:
      out += "{\"json\":";
      append_json_string(value.text, out);
      out += '}';
      return;
    case ValueType::date:
      out += "{\"date\":" + std::to_string(value.integer) + "}";
      return;
    case ValueType::local_time:
      out += "{\"local_time\":" + std::to_string(value.integer) + "}";
      return;
    case ValueType::instant:
      out += "{\"instant\":" + std::to_string(value.integer) +
             ",\"offset_minutes\":" + std::to_string(value.offset_minutes) + "}";
      return;
  }
}

Value tagged_value(const simdjson::dom::object& tagged, std::vector<std::string>& texts) {
  Value value;
  for (const TaggedType& candidate : kTagged) {
    simdjson::dom::element content;
    if (tagged[candidate.name].get(content) != simdjson::SUCCESS) continue;
    value.type = candidate.type;
    if (std::string_view text; content.get(text) == simdjson::SUCCESS) {
      texts.push_back(candidate.type == ValueType::bytes ? from_base64(text) : std::string(text));
      value.text = texts.back();
      if (value.type == ValueType::real) {
        std::from_chars(text.data(), text.data() + text.size(), value.real);
      }
    } else {
      value.integer = content.get_int64();
    }
    if (std::int64_t offset = 0; tagged["offset_minutes"].get(offset) == simdjson::SUCCESS) {
      value.offset_minutes = static_cast<std::int16_t>(offset);
    }
    return value;
  }
  throw Error(ErrorKind::store, "a raw record holds a value of an unknown type");
}

Value read_value(const simdjson::dom::element& json, std::vector<std::string>& texts) {
  Value value;
  switch (json.type()) {
    case simdjson::dom::element_type::NULL_VALUE:
      value.type = ValueType::null;
      break;
    case simdjson::dom::element_type::BOOL:
      value.type = ValueType::boolean;
      value.integer = bool(json) ? 1 : 0;
      break;
    case simdjson::dom::element_type::INT64:
      value.type = ValueType::integer;
      value.integer = json.get_int64();
      break;
    case simdjson::dom::element_type::DOUBLE:
      value.type = ValueType::real;
      value.real = json.get_double();
      break;
    case simdjson::dom::element_type::STRING:
      texts.emplace_back(json.get_string().value());
      value.type = ValueType::text;
      value.text = texts.back();
      break;
    case simdjson::dom::element_type::OBJECT:
      return tagged_value(json.get_object(), texts);
    default:
      throw Error(ErrorKind::store, "a raw record holds a value of an unknown type");
  }
  return value;
}

void append_source_text(std::string_view raw, std::string& out) {
  if (out.back() != '[') out += ',';
  if (is_valid_utf8(raw)) {
    out += "{\"raw\":";
    append_json_string(raw, out);
    out += '}';
  } else {
    out += "{\"raw_base64\":\"" + base64(raw) + "\"}";
  }
}

// Nothing: the item is a value.
std::optional<std::string> source_text(const simdjson::dom::element& item) {
  std::string_view text;
  if (item["raw"].get(text) == simdjson::SUCCESS) return std::string(text);
  if (item["raw_base64"].get(text) == simdjson::SUCCESS) return from_base64(text);
  return std::nullopt;
}

// For how many absent values an item stands; 0: it is a value.
std::size_t absent_values(const simdjson::dom::element& item) {
  std::int64_t count = 0;
  if (item["absent"].get(count) != simdjson::SUCCESS) return 0;
  return static_cast<std::size_t>(
      std::clamp<std::int64_t>(count, 1, std::int64_t{RawRecord::kMaxValues} + 1));
}

}  // namespace

void append_raw_json(const std::vector<Value>& values, std::string& out, std::string_view raw) {
  out += '[';
  std::size_t absent = 0;
  for (const Value& value : values) {
    if (value.type == ValueType::absent) {
      ++absent;
      continue;
    }
    if (out.back() != '[') out += ',';
    if (absent > 0) out += "{\"absent\":" + std::to_string(std::exchange(absent, 0)) + "},";
    append_value(value, out);
  }
  if (!raw.empty()) append_source_text(raw, out);
  out += ']';
}

RawRecord RawRecord::parse(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  try {
    RawRecord record;
    const simdjson::padded_string padded(json);
    const simdjson::dom::array array = parser.parse(padded).get_array();
    record.texts_.reserve(array.size());  // the values hold views: no reallocation
    for (const simdjson::dom::element item : array) {
      if (const std::size_t absent = absent_values(item); absent > 0) {
        record.values_.resize(record.values_.size() + absent);
      } else if (std::optional<std::string> text = source_text(item)) {
        record.texts_.push_back(*std::move(text));
        record.raw_ = record.texts_.back();
      } else {
        record.values_.push_back(read_value(item, record.texts_));
      }
      if (record.values_.size() > kMaxValues) {
        throw Error(ErrorKind::store, "a raw record holds more values than any record can have");
      }
    }
    return record;
  } catch (const simdjson::simdjson_error& error) {
    throw Error(ErrorKind::store, std::string("source_record.raw is not readable: ") +
                                      error.what() + "; run `cdh store check`");
  }
}

}  // namespace cdh
