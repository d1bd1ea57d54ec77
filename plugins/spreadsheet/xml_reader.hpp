// Pulls events out of an XML document of any size, over expat.
//
//     struct Titles final : XmlHandler { ... };
//     Titles titles;
//     XmlReader(archive.open("a.xml"), titles, "b.xlsx: a.xml").read_all();
//
// A document type declaration is refused, and with it every entity attack; so are nesting deeper
// than 256 elements and a single tag over 1 MiB. Namespaces are not resolved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace cdh::spreadsheet {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills at most `size` bytes; 0 at the end only. Throws PluginError.
  virtual std::size_t read(char* out, std::size_t size) = 0;
};

// The attributes of one element; views last as long as the event.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // nullptr when it is not there.
  const char* find(std::string_view name) const;
  // The same by the name without its prefix: "id" finds r:id.
  const char* find_local(std::string_view name) const;
  std::string_view get(std::string_view name) const {
    const char* value = find(name);
    return value == nullptr ? std::string_view{} : std::string_view(value);
  }

 private:
  const char** pairs_;
};

// "x:row" is "row".
inline std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Names come as written, with their prefix. May throw.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  // Text may come in several pieces.
  virtual void text(std::string_view) {}
};

class XmlReader {
 public:
  // `place` names the document in messages. The handler must outlive the reader.
  XmlReader(std::unique_ptr<ByteSource> source, XmlHandler& handler, std::string place);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // Reads on until the handler calls pause() (true) or the document has ended, whole and well
  // formed (false). Throws PluginError(data) with place and line, or what source or handler threw.
  bool advance();
  void read_all() {
    while (advance()) {
    }
  }
  // Called by the handler, in end(): advance() returns after this event.
  void pause();

  // Throws PluginError(data) with place, line and `reason`; `option` names the one to change.
  [[noreturn]] void fail(std::string_view reason, std::string option = {}) const;

 private:
  struct Callbacks;
  bool feed();
  bool settle(int status);

  std::unique_ptr<ByteSource> source_;
  XmlHandler& handler_;
  const std::string place_;
  XML_ParserStruct* parser_;
  std::exception_ptr failure_;
  std::int64_t fed_bytes_ = 0;
  int depth_ = 0;
  bool suspended_ = false;
  bool all_fed_ = false;
  bool finished_ = false;
};

}  // namespace cdh::spreadsheet
