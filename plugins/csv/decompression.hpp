// gzip (RFC 1952) and zstd (RFC 8878) as streams; both may hold several members in a row.
#pragma once

#include <memory>
#include <string>

#include "byte_stream.hpp"

namespace cdh::csv {

// `name` stands in errors. Damaged or cut-off data throws PluginError(data) at the place where it
// is found: everything before it has been delivered. A zstd frame that asks for a window over
// 128 MiB is refused.
std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> packed, std::string name);
std::unique_ptr<ByteStream> unzstd(std::unique_ptr<ByteStream> packed, std::string name);

}  // namespace cdh::csv
