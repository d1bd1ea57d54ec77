// The bytes of a file, decompressed on the way.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "byte_stream.hpp"

namespace cdh::csv {

// Opens a regular file. gzip and zstd are known by their first bytes and decompressed as they are
// read, in bounded memory. Files are read and not mapped: one that shrinks meanwhile just ends.
// `changed` is called at the end of a file whose size or time changed since it was opened.
// Throws PluginError(system) that names `path` and the cause.
std::unique_ptr<ByteStream> open_file(const std::string& path, std::function<void()> changed);

}  // namespace cdh::csv
