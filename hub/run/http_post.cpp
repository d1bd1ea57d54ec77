#include "hub/run/http_post.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/URI.h>

#include "hub/base/error.hpp"
#include "hub/run/bounded_connection.hpp"
#include "hub/run/tls_context.hpp"

namespace cdh {

namespace {

namespace net = Poco::Net;

int answer_to(BoundedConnection& connection, const Poco::URI& uri, const HttpTarget& target,
              const std::string& json) {
  if (uri.getScheme() == "https") connection.speak_tls(uri.getHost(), tls_context());
  net::HTTPClientSession session(connection.socket());
  const std::string path = uri.getPathAndQuery();
  net::HTTPRequest request(net::HTTPRequest::HTTP_POST, path.empty() ? "/" : path,
                           net::HTTPRequest::HTTP_1_1);
  request.setHost(uri.getHost(), uri.getPort());
  request.set("User-Agent", "cdh");
  request.setContentType("application/json");
  request.setContentLength64(static_cast<Poco::Int64>(json.size()));
  for (const auto& [name, value] : target.headers) request.set(name, value);
  session.sendRequest(request) << json;
  net::HTTPResponse response;
  session.receiveResponse(response);
  return response.getStatus();
}

Poco::URI address_of(const HttpTarget& target) {
  try {
    return Poco::URI(target.url);
  } catch (const Poco::Exception& error) {
    throw Error(ErrorKind::config, "the URL: " + error.displayText());
  }
}

}  // namespace

void post_json(const HttpTarget& target, const std::string& json) {
  const Poco::URI uri = address_of(target);
  int status = 0;
  talk_to(uri.getHost(), uri.getPort(), target.timeout_s, [&](BoundedConnection& connection) {
    status = answer_to(connection, uri, target, json);
  });
  if (status >= 200 && status <= 299) return;
  throw Error(ErrorKind::config, uri.getHost() + ": it answered with " + std::to_string(status));
}

}  // namespace cdh
