#include "hub/run/tls_context.hpp"

#include <Poco/Net/NetSSL.h>

namespace cdh {

Poco::Net::Context::Ptr tls_context(const std::filesystem::path& ca_file) {
  using Poco::Net::Context;
  constexpr int kDeepestChain = 9;
  Poco::Net::initializeSSL();
  Context::Ptr context = new Context(Context::TLS_CLIENT_USE, "", "", ca_file.string(),
                                     Context::VERIFY_STRICT, kDeepestChain,
                                     /*loadDefaultCAs=*/ca_file.empty());
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

}  // namespace cdh
