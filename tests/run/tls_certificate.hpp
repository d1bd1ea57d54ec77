// A TLS certificate for localhost, made anew by openssl, which nobody trusts unless a test says so.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <Poco/Net/Context.h>
#include <Poco/Net/NetSSL.h>

namespace cdh {

class TlsCertificate {
 public:
  explicit TlsCertificate(const std::filesystem::path& folder)
      : key_((folder / "key.pem").string()), certificate_((folder / "certificate.pem").string()) {
    const std::string command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost -keyout " +
        key_ + " -out " + certificate_ + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
  }
  ~TlsCertificate() { ::unsetenv("SSL_CERT_FILE"); }
  TlsCertificate(const TlsCertificate&) = delete;
  TlsCertificate& operator=(const TlsCertificate&) = delete;

  // As if this machine had it among those that it trusts.
  void trust() const { ::setenv("SSL_CERT_FILE", certificate_.c_str(), 1); }

  const std::string& file() const { return certificate_; }

  Poco::Net::Context::Ptr server_context() const {
    using Poco::Net::Context;
    Poco::Net::initializeSSL();
    return new Context(Context::TLS_SERVER_USE, key_, certificate_, "", Context::VERIFY_NONE);
  }

 private:
  std::string key_, certificate_;
};

}  // namespace cdh
