// A file's bytes as UTF-8 text, whatever their encoding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "byte_stream.hpp"
#include "decoder.hpp"

namespace cdh::csv {

// A byte order mark wins over the encoding asked for. With "auto" the encoding stays open as long
// as the bytes are plain ASCII and is decided on the first that are not, be it megabytes later.
// UTF-8 is passed on as it is, unchecked; other encodings are decoded, wrong bytes as FF.
class TextReader {
 public:
  // `encoding` is an ICU name or "auto". Throws PluginError(config) for an unknown one.
  TextReader(std::unique_ptr<ByteStream> bytes, const std::string& encoding);

  // Fills up to `size` (at least 64) bytes; 0 at the end. What the bytes fail with comes after all
  // text before it, and again when asked again.
  std::size_t read(char* to, std::size_t size);

  // The file's own bytes behind the text from `begin` to `end` (counted from the first byte of
  // text), which the caller still holds as `text`. Only for text not forgotten.
  std::string raw(std::string_view text, std::uint64_t begin) const;
  // Text before `offset` will not be asked for.
  void forget(std::uint64_t offset);

  // "UTF-8" while it is still open.
  const std::string& encoding() const { return encoding_; }
  // Whether `encoding` was told from the bytes and not by the settings or a mark.
  bool guessed() const { return guessed_; }

 private:
  enum class Mode { open, utf8, decoded };
  void use(const std::string& encoding);
  std::size_t read_open(char* to, std::size_t size);
  std::size_t decode_from_here(std::string first, char* to, std::size_t size);

  std::unique_ptr<EndingStream> bytes_;
  std::string encoding_;
  Mode mode_ = Mode::open;
  bool started_ = false;
  bool guessed_ = false;
  std::optional<Decoder> decoder_;
  std::uint64_t text_ = 0;           // bytes of text given out
  std::uint64_t decoded_begin_ = 0;  // where in the text the decoder took over
};

}  // namespace cdh::csv
