#include "hub/plugin_host/isolated_transform.hpp"

#include <memory>
#include <utility>

#include "hub/plugin_host/batch_message.hpp"
#include "hub/plugin_host/plugin_child.hpp"

namespace cdh {

namespace {

struct IsolatedTransform {
  IsolatedTransform(const std::filesystem::path& library, const Isolation& isolation,
                    const cdh_host& host)
      : child(library, isolation, &host) {}
  PluginChild child;
  BatchEncoder inputs;
  BatchDecoder outputs;
};

IsolatedTransform& self_of(cdh_transform* transform) {
  return *static_cast<IsolatedTransform*>(transform->private_data);
}

// Its memory stays the caller's.
Batch borrowed(cdh_batch batch) {
  batch.release = nullptr;
  return Batch::adopt(std::move(batch));
}

cdh_status apply(cdh_transform* transform, const cdh_batch* in, cdh_batch* out, cdh_error* error) {
  return status_of(*error, [&] {
    IsolatedTransform& self = self_of(transform);
    MessageWriter request(MessageKind::apply);
    self.inputs.write(borrowed(*in), request);
    return self.child.call(request, "changing records", *error,
                           [&](const MessageReader& answer, Message&& message) {
                             *out = self.outputs.read(answer, std::move(message));
                           });
  });
}

void destroy(cdh_transform* transform) {
  const std::unique_ptr<IsolatedTransform> self(&self_of(transform));
  transform->private_data = nullptr;
  self->child.destroy();
}

}  // namespace

cdh_status create_isolated_transform(const std::filesystem::path& library,
                                     const Isolation& isolation, const cdh_host& host,
                                     const cdh_settings& settings, cdh_transform& out,
                                     cdh_error& error) {
  return status_of(error, [&] {
    auto self = std::make_unique<IsolatedTransform>(library, isolation, host);
    const cdh_status status = self->child.create(settings, error);
    if (status != CDH_OK) return status;
    out = {sizeof(cdh_transform), self.release(), &apply, &destroy};
    return CDH_OK;
  });
}

}  // namespace cdh
