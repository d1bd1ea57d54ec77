// Failures, and text that is borrowed over the boundary.
// Part of plugin.hpp: include that.
#ifndef CDH_ERROR_HPP
#define CDH_ERROR_HPP

#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include <cdh/plugin.h>

namespace cdh {

inline std::string_view view(cdh_string text) { return {text.data ? text.data : "", text.size}; }
inline cdh_string borrow(std::string_view text) { return {text.data(), text.size()}; }

// What a plugin throws. `what()` says what failed and what to do about it; never a secret.
class PluginError : public std::exception {
 public:
  PluginError(cdh_status status, std::string message, std::string field = {},
              std::int64_t retry_after_ms = 0)
      : status_(status),
        message_(std::move(message)),
        field_(std::move(field)),
        retry_after_ms_(retry_after_ms) {}

  const char* what() const noexcept override { return message_.c_str(); }
  cdh_status status() const noexcept { return status_; }
  const std::string& field() const noexcept { return field_; }
  std::int64_t retry_after_ms() const noexcept { return retry_after_ms_; }

 private:
  cdh_status status_;
  std::string message_;
  std::string field_;
  std::int64_t retry_after_ms_;
};

[[noreturn]] inline void fail_config(std::string message, std::string option = {}) {
  throw PluginError(CDH_ERROR_CONFIG, std::move(message), std::move(option));
}
[[noreturn]] inline void fail_system(std::string message) {
  throw PluginError(CDH_ERROR_SYSTEM, std::move(message));
}
[[noreturn]] inline void fail_data(std::string message, std::string field = {}) {
  throw PluginError(CDH_ERROR_DATA, std::move(message), std::move(field));
}
[[noreturn]] inline void fail_transient(std::string message, std::int64_t retry_after_ms = 0) {
  throw PluginError(CDH_ERROR_TRANSIENT, std::move(message), {}, retry_after_ms);
}
[[noreturn]] inline void fail_cancelled() { throw PluginError(CDH_ERROR_CANCELLED, "cancelled"); }

namespace detail {

// Copies text into a fixed array, cut before a code point that does not fit.
template <std::size_t N>
void fill(char (&target)[N], std::string_view text) noexcept {
  std::size_t size = text.size();
  if (size > N - 1) {
    size = N - 1;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  }
  if (size > 0) std::memcpy(target, text.data(), size);
  target[size] = '\0';
}

inline cdh_status report(cdh_error* error, cdh_status status, std::string_view message,
                         std::string_view field = {}, std::int64_t retry_after_ms = 0) noexcept {
  if (error != nullptr) {
    fill(error->message, message);
    fill(error->field, field);
    error->retry_after_ms = retry_after_ms;
  }
  return status;
}

// The only place where a C++ failure becomes a C status.
template <typename Body>
cdh_status guard(cdh_error* error, Body&& body) noexcept {
  try {
    body();
    return CDH_OK;
  } catch (const PluginError& failure) {
    return report(error, failure.status(), failure.what(), failure.field(),
                  failure.retry_after_ms());
  } catch (const std::bad_alloc&) {
    return report(error, CDH_ERROR_SYSTEM, "out of memory");
  } catch (const std::exception& failure) {
    return report(error, CDH_ERROR_INTERNAL, failure.what());
  } catch (...) {
    return report(error, CDH_ERROR_INTERNAL, "unknown exception");
  }
}

}  // namespace detail

}  // namespace cdh

#endif
