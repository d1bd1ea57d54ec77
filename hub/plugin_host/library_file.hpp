// What a library's file tells without being loaded. Only 64-bit ELF files are looked at, by elf(5).
#pragma once

#include <filesystem>
#include <string>

namespace cdh {

// Why the loader must not map it, or empty: opening a FIFO or a device may wait for ever, and touching
// a page beyond the end of a file that was copied in part kills the process. Of regular files other
// than ELF the loader says what they are.
std::string fault_of_library_file(const std::filesystem::path& library);

// The linker's hash of what it wrote, in hexadecimal digits: two libraries with the same are the
// same, but for what strip(1) takes away. Empty when there is none.
std::string build_id_of(const std::filesystem::path& library);

}  // namespace cdh
