// What single texts of hub.yaml must look like.
#pragma once

#include <string_view>

namespace cdh {

// One rule: how it is checked, how it is told, and its JSON Schema form (which may be looser).
struct TextRule {
  std::string_view must;     // "may hold only ...": the end of a sentence about the text
  std::string_view pattern;  // ECMA regular expression
  bool (*holds)(std::string_view text);
};

extern const TextRule kStoreUrl;     // sqlite://, postgresql:// or mariadb://, then something
extern const TextRule kCountryCode;  // ISO 3166-1 alpha-2, in capitals
extern const TextRule kTimeZone;     // UTC or Area/City; whether it exists only the run can tell
extern const TextRule kLowerName;    // [a-z0-9_-]+, up to 60: names of sources, plugins, entities
extern const TextRule kHttpUrl;      // as parse_http_url reads it
extern const TextRule kMailServer;   // smtp://, smtp+starttls:// or smtps://, a host, maybe a port
extern const TextRule kMailAddress;  // name@host, in ASCII
extern const TextRule kHeaderName;   // of HTTP: a token that the hub does not set
extern const TextRule kOneLine;      // no control characters: nothing can begin a line of its own
extern const TextRule kStreamName;   // the connector's own, such as "Klienci 2026"

}  // namespace cdh
