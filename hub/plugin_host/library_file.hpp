// Whether a library's file is whole, before the loader maps it: touching a page beyond the end of a
// file that was copied in part kills the process.
#pragma once

#include <filesystem>
#include <string>

namespace cdh {

// What is wrong with the file, or empty. Looks at 64-bit ELF files only; of others the loader says
// what they are. By elf(5): the table of sections, and the segments of type PT_LOAD.
std::string fault_of_library_file(const std::filesystem::path& library);

}  // namespace cdh
