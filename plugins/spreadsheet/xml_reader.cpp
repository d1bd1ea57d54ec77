#include "xml_reader.hpp"

#include <cstring>
#include <new>
#include <utility>

#include <cdh/plugin.hpp>

#include <expat.h>

namespace cdh::spreadsheet {
namespace {

constexpr int kPieceBytes = 64 * 1024;
constexpr std::int64_t kMaxTagBytes = 1 << 20;
constexpr int kMaxDepth = 256;

}  // namespace

const char* XmlAttributes::find(std::string_view name) const {
  for (const char** at = pairs_; *at != nullptr; at += 2) {
    const bool same = std::strncmp(*at, name.data(), name.size()) == 0 && (*at)[name.size()] == 0;
    if (same) return at[1];
  }
  return nullptr;
}

const char* XmlAttributes::find_local(std::string_view name) const {
  for (const char** at = pairs_; *at != nullptr; at += 2) {
    if (name == local_name(*at)) return at[1];
  }
  return nullptr;
}

// What expat calls. An exception must not pass through its C code: it is kept, the parser is
// stopped, and advance() throws it again.
struct XmlReader::Callbacks {
  template <typename Body>
  static void guard(void* user, Body&& body) {
    auto* self = static_cast<XmlReader*>(user);
    if (self->failure_) return;
    try {
      body(*self);
    } catch (...) {
      self->failure_ = std::current_exception();
      XML_StopParser(self->parser_, XML_FALSE);
    }
  }
  static void start(void* user, const char* name, const char** attributes) {
    guard(user, [&](XmlReader& self) {
      if (++self.depth_ > kMaxDepth) self.fail("elements are nested too deeply");
      self.handler_.start(name, XmlAttributes(attributes));
    });
  }
  static void end(void* user, const char* name) {
    guard(user, [&](XmlReader& self) {
      --self.depth_;
      self.handler_.end(name);
    });
  }
  static void text(void* user, const char* data, int size) {
    guard(user, [&](XmlReader& self) {
      self.handler_.text({data, static_cast<std::size_t>(size)});
    });
  }
  static void doctype(void* user, const char*, const char*, const char*, int) {
    guard(user, [&](XmlReader& self) {
      self.fail("has a document type declaration, which no spreadsheet program writes; refused");
    });
  }
};

XmlReader::XmlReader(std::unique_ptr<ByteSource> source, XmlHandler& handler, std::string place)
    : source_(std::move(source)),
      handler_(handler),
      place_(std::move(place)),
      parser_(XML_ParserCreate(nullptr)) {
  if (parser_ == nullptr) throw std::bad_alloc();
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &Callbacks::start, &Callbacks::end);
  XML_SetCharacterDataHandler(parser_, &Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_, &Callbacks::doctype);
}

XmlReader::~XmlReader() { XML_ParserFree(parser_); }

bool XmlReader::advance() {
  while (!finished_) {
    const bool paused = suspended_ ? settle(XML_ResumeParser(parser_)) : feed();
    if (paused) return true;
    finished_ = all_fed_;
  }
  return false;
}

void XmlReader::pause() { XML_StopParser(parser_, XML_TRUE); }

// Gives expat the next piece; true when the handler paused.
bool XmlReader::feed() {
  if (fed_bytes_ > XML_GetCurrentByteIndex(parser_) + kMaxTagBytes) fail("has a tag of over 1 MiB");
  void* buffer = XML_GetBuffer(parser_, kPieceBytes);
  if (buffer == nullptr) throw std::bad_alloc();
  const std::size_t size = source_->read(static_cast<char*>(buffer), kPieceBytes);
  fed_bytes_ += static_cast<std::int64_t>(size);
  all_fed_ = size == 0;
  return settle(XML_ParseBuffer(parser_, static_cast<int>(size), all_fed_));
}

bool XmlReader::settle(int status) {
  if (failure_) std::rethrow_exception(failure_);
  if (status == XML_STATUS_ERROR) {
    fail(std::string(XML_ErrorString(XML_GetErrorCode(parser_))) +
         "; the file is damaged or cut short: fetch it again, or save it anew in a spreadsheet "
         "program");
  }
  suspended_ = status == XML_STATUS_SUSPENDED;
  return suspended_;
}

void XmlReader::fail(std::string_view reason, std::string option) const {
  fail_data(place_ + ", line " + std::to_string(XML_GetCurrentLineNumber(parser_)) + ": " +
                std::string(reason),
            std::move(option));
}

}  // namespace cdh::spreadsheet
