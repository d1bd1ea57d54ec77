// Words of a text, and how they are compared.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdh::split {

// Without blanks at either end, each run of Unicode white space inside as one space.
std::string tidy(std::string_view text);

// The words of a tidy text; views of it.
std::vector<std::string_view> words(std::string_view tidy_text);

// Words `first` up to `last`, with single spaces.
std::string join(const std::vector<std::string_view>& words, std::size_t first, std::size_t last);

// The form in which words are looked up: case folded, without full stops. "Ph.D." gives "phd".
std::string fold(std::string_view word);

// The parts between separators, tidy, empty ones left out.
std::vector<std::string> pieces(std::string_view text, std::string_view separators);

// Appends `part` after a space, or as the beginning.
void append_word(std::string_view part, std::string& out);

}  // namespace cdh::split
