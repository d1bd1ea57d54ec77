// A first mapping for a source that has none yet: `cdh discover SOURCE --suggest`.
#pragma once

#include <string>
#include <vector>

namespace cdh {

struct SuggestedField {
  std::string name;
  std::vector<std::string> samples;  // a few of its texts, or none
};

struct SuggestedStream {
  std::string name;
  std::vector<SuggestedField> fields;
  std::vector<std::string> key;  // as the connector declares it; empty = guess
};

// The source's `streams:` as YAML with comments, indented to be pasted below the source's name in
// hub.yaml. Fields are guessed by the words of their names (field_words.hpp); samples that do not
// look like an e-mail address or a date speak against one, and e-mail addresses are also known by
// their look alone. A person's whole name gets a transform that splits it, and the number of a house
// one that puts it behind its street. A key that no name tells is a guess, and marked as one. Each
// field that was not mapped is named in a comment. Pure; the result parses.
std::string suggest_mapping(const std::string& source, const std::vector<SuggestedStream>& streams);

}  // namespace cdh
