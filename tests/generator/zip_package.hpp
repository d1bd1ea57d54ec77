// A zip archive of texts, with fixed times, so that the same parts give the same bytes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cdh::generator {

struct ZipPart {
  std::string name;
  std::string content;
  bool compressed = true;
};

// Throws Error(source) naming the file.
void write_zip(const std::filesystem::path& file, const std::vector<ZipPart>& parts);

// `text` with the five characters that XML reserves written as entities.
std::string xml_text(const std::string& text);

}  // namespace cdh::generator
