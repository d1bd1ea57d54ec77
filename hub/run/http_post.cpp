#include "hub/run/http_post.hpp"

#include <memory>

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>

#include "hub/base/error.hpp"
#include "hub/run/tls_context.hpp"

namespace cdh {

namespace {

namespace net = Poco::Net;

std::unique_ptr<net::HTTPClientSession> session_of(const Poco::URI& uri, int timeout_s) {
  std::unique_ptr<net::HTTPClientSession> session;
  if (uri.getScheme() == "https") {
    session =
        std::make_unique<net::HTTPSClientSession>(uri.getHost(), uri.getPort(), tls_context());
  } else {
    session = std::make_unique<net::HTTPClientSession>(uri.getHost(), uri.getPort());
  }
  session->setTimeout(Poco::Timespan(timeout_s, 0));
  return session;
}

net::HTTPResponse::HTTPStatus exchange(const Poco::URI& uri, const HttpTarget& target,
                                       const std::string& json, int timeout_s) {
  const auto session = session_of(uri, timeout_s);
  const std::string path = uri.getPathAndQuery();
  net::HTTPRequest request(net::HTTPRequest::HTTP_POST, path.empty() ? "/" : path,
                           net::HTTPRequest::HTTP_1_1);
  request.set("User-Agent", "cdh");
  request.setContentType("application/json");
  request.setContentLength64(static_cast<Poco::Int64>(json.size()));
  for (const auto& [name, value] : target.headers) request.set(name, value);
  session->sendRequest(request) << json;
  net::HTTPResponse response;
  session->receiveResponse(response);
  return response.getStatus();
}

[[noreturn]] void fail(const std::string& host, const std::string& why) {
  throw Error(ErrorKind::config, host + ": " + why);
}

}  // namespace

void post_json(const HttpTarget& target, const std::string& json, int timeout_s) {
  std::string host = "the URL";
  try {
    const Poco::URI uri(target.url);
    host = uri.getHost();
    const int status = exchange(uri, target, json, timeout_s);
    if (status < 200 || status > 299) fail(host, "it answered with " + std::to_string(status));
  } catch (const Poco::TimeoutException&) {
    fail(host, "no answer within " + std::to_string(timeout_s) + " s");
  } catch (const Poco::Exception& error) {
    fail(host, error.displayText());
  }
}

}  // namespace cdh
