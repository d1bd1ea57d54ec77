#include "hub/plugin_host/library_file.hpp"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <system_error>

#include <elf.h>

namespace cdh {

namespace {

template <typename T>
bool read_at(std::ifstream& file, std::uint64_t offset, T& out) {
  file.seekg(static_cast<std::streamoff>(offset));
  return static_cast<bool>(file.read(reinterpret_cast<char*>(&out), sizeof out));
}

}  // namespace

std::string fault_of_library_file(const std::filesystem::path& library) {
  std::error_code failure;
  const std::uint64_t size = std::filesystem::file_size(library, failure);
  std::ifstream file(library, std::ios::binary);
  Elf64_Ehdr header{};
  if (failure || !read_at(file, 0, header)) return {};
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return {};
  if (header.e_ident[EI_CLASS] != ELFCLASS64) return {};
  std::string cut = "the file is cut off: it has " + std::to_string(size) +
                    " bytes, fewer than its own table of contents names; copy it again";
  // The table of sections stands at the end, where there is one.
  const std::uint64_t sections = std::uint64_t{header.e_shnum} * header.e_shentsize;
  if (header.e_shoff > size || sections > size - header.e_shoff) return cut;
  for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment{};
    if (!read_at(file, header.e_phoff + i * sizeof segment, segment)) return cut;
    const bool is_inside = segment.p_offset <= size && segment.p_filesz <= size - segment.p_offset;
    if (segment.p_type == PT_LOAD && !is_inside) return cut;
  }
  return {};
}

}  // namespace cdh
