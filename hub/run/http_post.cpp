#include "hub/run/http_post.hpp"

#include <algorithm>

#include <Poco/Net/HTTPBasicCredentials.h>
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

// RFC 7617, by the user and password of the URL.
void log_in(net::HTTPRequest& request, const std::string& user_info) {
  if (user_info.empty()) return;
  const std::size_t colon = std::min(user_info.find(':'), user_info.size());
  std::string user, password;
  Poco::URI::decode(user_info.substr(0, colon), user);
  Poco::URI::decode(user_info.substr(std::min(colon + 1, user_info.size())), password);
  net::HTTPBasicCredentials(user, password).authenticate(request);
}

int answer_to(BoundedConnection& connection, const Poco::URI& uri, const HttpTarget& target,
              const std::string& json) {
  if (uri.getScheme() == "https") connection.speak_tls(uri.getHost(), tls_context(target.ca_file));
  net::HTTPClientSession session(connection.socket());
  const std::string path = uri.getPathAndQuery();
  net::HTTPRequest request(net::HTTPRequest::HTTP_POST, path.empty() ? "/" : path,
                           net::HTTPRequest::HTTP_1_1);
  request.setHost(uri.getHost(), uri.getPort());
  request.set("User-Agent", "cdh");
  request.setContentType("application/json");
  request.setContentLength64(static_cast<Poco::Int64>(json.size()));
  log_in(request, uri.getUserInfo());
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
