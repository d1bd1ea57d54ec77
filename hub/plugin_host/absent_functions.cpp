#include "hub/plugin_host/absent_functions.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "hub/plugin_host/boundary_message.hpp"
#include "hub/plugin_host/boundary_view.hpp"

namespace cdh {

namespace {

// The members that the instance's size covers as a whole; the others are null.
template <typename Instance>
Instance known_part(const Instance& given) {
  if (!CDH_COVERS(&given, private_data)) fail_contract("an instance without its size");
  const std::size_t bytes = std::min<std::size_t>(given.size, sizeof given);
  Instance known{};
  std::memcpy(&known, &given, bytes / alignof(Instance) * alignof(Instance));
  known.size = sizeof known;
  return known;
}

cdh_status unsupported(cdh_error* error, std::string_view what) {
  set_message(*error, what);
  return CDH_ERROR_UNSUPPORTED;
}

}  // namespace

cdh_connector completed(const cdh_connector& connector) {
  cdh_connector all = known_part(connector);
  if (all.check == nullptr) {
    all.check = [](cdh_connector*, cdh_error*) { return CDH_OK; };
  }
  if (all.discover == nullptr) {
    all.discover = [](cdh_connector*, cdh_catalog*, cdh_error* error) {
      return unsupported(error, "it cannot list its streams");
    };
  }
  if (all.start == nullptr) {
    all.start = [](cdh_connector*, const cdh_read_request*, cdh_error* error) {
      return unsupported(error, "it cannot read");
    };
  }
  if (all.read == nullptr) {
    all.read = [](cdh_connector*, cdh_batch*, cdh_error* error) {
      return unsupported(error, "it cannot read");
    };
  }
  if (all.cancel == nullptr) all.cancel = [](cdh_connector*) {};
  if (all.destroy == nullptr) all.destroy = [](cdh_connector*) {};
  return all;
}

cdh_transform completed(const cdh_transform& transform) {
  cdh_transform all = known_part(transform);
  if (all.apply == nullptr) {
    all.apply = [](cdh_transform*, const cdh_batch*, cdh_batch*, cdh_error* error) {
      return unsupported(error, "it cannot change records");
    };
  }
  if (all.destroy == nullptr) all.destroy = [](cdh_transform*) {};
  return all;
}

}  // namespace cdh
