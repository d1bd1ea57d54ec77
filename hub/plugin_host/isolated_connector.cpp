#include "hub/plugin_host/isolated_connector.hpp"

#include <memory>
#include <string>
#include <utility>

#include "hub/plugin_host/batch_message.hpp"
#include "hub/plugin_host/boundary_view.hpp"
#include "hub/plugin_host/plugin_child.hpp"

namespace cdh {

namespace {

struct IsolatedConnector {
  IsolatedConnector(const std::filesystem::path& library, const Isolation& isolation,
                    const cdh_host& host)
      : child(library, isolation, &host) {}
  PluginChild child;
  BatchDecoder batches;
  std::string reading;  // "reading stream orders"
};

IsolatedConnector& self_of(cdh_connector* connector) {
  return *static_cast<IsolatedConnector*>(connector->private_data);
}

cdh_status check(cdh_connector* connector, cdh_error* error) {
  return self_of(connector).child.call(MessageWriter(MessageKind::check), "its source was checked",
                                       *error);
}

cdh_status discover(cdh_connector* connector, cdh_catalog* out, cdh_error* error) {
  return self_of(connector).child.call(MessageWriter(MessageKind::discover), "listing its streams",
                                       *error, [&](const MessageReader& in, Message&& message) {
                                         *out = read_catalog(in, std::move(message));
                                       });
}

cdh_status start(cdh_connector* connector, const cdh_read_request* request, cdh_error* error) {
  IsolatedConnector& self = self_of(connector);
  self.reading = "reading stream " + std::string(view(request->stream));
  MessageWriter message(MessageKind::start);
  message.text(view(request->stream));
  message.text(view(request->resume_state));
  message.number(request->max_rows);
  return self.child.call(message, self.reading, *error);
}

cdh_status read(cdh_connector* connector, cdh_batch* out, cdh_error* error) {
  IsolatedConnector& self = self_of(connector);
  return self.child.call(MessageWriter(MessageKind::read), self.reading, *error,
                         [&](MessageReader in, Message&& message) {
                           const bool at_end = in.number() == 0;
                           *out = at_end ? cdh_batch{} : self.batches.read(in, std::move(message));
                         });
}

void cancel(cdh_connector* connector) { self_of(connector).child.cancel(); }

void destroy(cdh_connector* connector) {
  const std::unique_ptr<IsolatedConnector> self(&self_of(connector));
  connector->private_data = nullptr;
  self->child.destroy();
}

}  // namespace

cdh_status create_isolated_connector(const std::filesystem::path& library,
                                     const Isolation& isolation, const cdh_host& host,
                                     const cdh_settings& settings, cdh_connector& out,
                                     cdh_error& error) {
  return status_of(error, [&] {
    auto self = std::make_unique<IsolatedConnector>(library, isolation, host);
    const cdh_status status = self->child.create(settings, error);
    if (status != CDH_OK) return status;
    out = {
        sizeof(cdh_connector), self.release(), &check, &discover, &start, &read, &cancel, &destroy};
    return CDH_OK;
  });
}

}  // namespace cdh
