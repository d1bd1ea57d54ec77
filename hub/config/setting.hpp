// A piece of hub.yaml as it was read. What the hub does not know itself, a plugin's `config`, stays
// in this form until it is checked by whoever knows its options.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cdh {

// A place in a configuration file, for messages: "hub.yaml:12".
struct Location {
  std::string file;
  int line = 0;  // from 1; 0 = unknown, or a default that stands in no file
};

std::string to_text(const Location& where);

// Scalars keep their text as written, with ${env:...} and ${file:...} already replaced.
struct Setting {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  std::string text;                                      // scalar
  std::vector<Setting> items;                            // list
  std::vector<std::pair<std::string, Setting>> members;  // map, in file order
  Location where;
  std::vector<std::string> secrets;  // what its ${env:...} and ${file:...} stood for
  std::string file;     // absolute path, when the text is one ${file:...} and nothing else
  bool secret = false;  // came from ${env:...} or ${file:...}: masked in every output

  // Out of line: a type that holds itself is not complete yet where clang 14 would look into it.
  Setting();

  // The member of that name, or nullptr.
  const Setting* find(std::string_view name) const;

  static Setting scalar(std::string text);
  static Setting list(std::vector<std::string> texts);
  static Setting map(std::vector<std::pair<std::string, Setting>> members);
};

// What may be shown of a setting in a message: its text in quotes, cut to 60 bytes and on one line,
// a URL without its password; "***" for a secret; "a list", "a map" or "nothing" for the rest.
std::string masked(const Setting& setting);

}  // namespace cdh
