#include "hub/plugin_host/library_file.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include <elf.h>

namespace cdh {

namespace {

// A library has a dozen, and a note is some dozens of bytes.
constexpr std::size_t kMostSegments = 1000;
constexpr std::size_t kLongestNotes = 64 * 1024;

bool read_at(std::ifstream& file, std::uint64_t offset, void* out, std::size_t size) {
  file.seekg(static_cast<std::streamoff>(offset));
  return static_cast<bool>(file.read(static_cast<char*>(out), static_cast<std::streamsize>(size)));
}

// Opening a FIFO would wait for who writes into it; only regular files are opened.
std::ifstream open_library(const std::filesystem::path& library) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(library, ignored)) return {};
  return std::ifstream(library, std::ios::binary);
}

// Nothing of a file that is no 64-bit ELF file.
std::optional<Elf64_Ehdr> read_header(std::ifstream& file) {
  Elf64_Ehdr header{};
  if (!read_at(file, 0, &header, sizeof header)) return std::nullopt;
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return std::nullopt;
  if (header.e_ident[EI_CLASS] != ELFCLASS64) return std::nullopt;
  return header;
}

// Nothing when they are beyond the file's end.
std::optional<std::vector<Elf64_Phdr>> read_segments(std::ifstream& file,
                                                     const Elf64_Ehdr& header) {
  if (header.e_phnum > kMostSegments) return std::nullopt;
  std::vector<Elf64_Phdr> segments(header.e_phnum);
  const std::size_t bytes = segments.size() * sizeof(Elf64_Phdr);
  if (!read_at(file, header.e_phoff, segments.data(), bytes)) return std::nullopt;
  return segments;
}

// Notes are a head, the owner's name and the content, each padded to four bytes.
std::string build_id_in(std::string_view notes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
  Elf64_Nhdr head{};
  while (notes.size() >= sizeof head) {
    std::memcpy(&head, notes.data(), sizeof head);
    const std::size_t content = sizeof head + padded(head.n_namesz);
    if (content + head.n_descsz > notes.size()) break;
    if (head.n_type == NT_GNU_BUILD_ID && notes.substr(sizeof head, 3) == "GNU") {
      std::string id;
      for (const char c : notes.substr(content, head.n_descsz)) {
        const auto byte = static_cast<unsigned char>(c);
        id += {kDigits[byte >> 4], kDigits[byte & 15]};
      }
      return id;
    }
    notes.remove_prefix(std::min(notes.size(), content + padded(head.n_descsz)));
  }
  return {};
}

}  // namespace

std::string fault_of_library_file(const std::filesystem::path& library) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(library, failure);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return "it is no regular file; take it away";
  }
  const std::uint64_t size = std::filesystem::file_size(library, failure);
  std::ifstream file = open_library(library);
  const std::optional<Elf64_Ehdr> header = read_header(file);
  if (failure || !header) return {};
  std::string cut = "the file is cut off: it has " + std::to_string(size) +
                    " bytes, fewer than its own table of contents names; copy it again";
  // The table of sections stands at the end, where there is one.
  const std::uint64_t sections = std::uint64_t{header->e_shnum} * header->e_shentsize;
  if (header->e_shoff > size || sections > size - header->e_shoff) return cut;
  const auto segments = read_segments(file, *header);
  if (!segments) return cut;
  for (const Elf64_Phdr& segment : *segments) {
    const bool is_inside = segment.p_offset <= size && segment.p_filesz <= size - segment.p_offset;
    if (segment.p_type == PT_LOAD && !is_inside) return cut;
  }
  return {};
}

std::string build_id_of(const std::filesystem::path& library) {
  std::ifstream file = open_library(library);
  const std::optional<Elf64_Ehdr> header = read_header(file);
  const auto segments = header ? read_segments(file, *header) : std::nullopt;
  if (!segments) return {};
  for (const Elf64_Phdr& segment : *segments) {
    if (segment.p_type != PT_NOTE || segment.p_filesz > kLongestNotes) continue;
    std::string notes(segment.p_filesz, '\0');
    if (!read_at(file, segment.p_offset, notes.data(), notes.size())) return {};
    if (std::string id = build_id_in(notes); !id.empty()) return id;
  }
  return {};
}

}  // namespace cdh
