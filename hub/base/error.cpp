#include "hub/base/error.hpp"

#include <utility>

namespace cdh {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::config:
      return "configuration";
    case ErrorKind::source:
      return "source";
    case ErrorKind::plugin:
      return "plugin";
    case ErrorKind::store:
      return "store";
    case ErrorKind::conflict:
      return "conflict";
    case ErrorKind::limit:
      return "limit";
    case ErrorKind::internal:
      return "internal";
  }
  return "internal";
}

Error::Error(ErrorKind kind, std::string message, std::string field)
    : kind_(kind), message_(std::move(message)), field_(std::move(field)) {}

void Error::add_context(std::string_view context) {
  message_.insert(0, ": ");
  message_.insert(0, context);
}

}  // namespace cdh
