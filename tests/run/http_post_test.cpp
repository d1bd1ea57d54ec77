#include "hub/run/http_post.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "tests/run/dripping_server.hpp"
#include "tests/run/http_listener.hpp"
#include "tests/run/tls_certificate.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::string failure_of(const HttpTarget& target) {
  try {
    post_json(target, "{}");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    return error.what();
  }
  return "none";
}

TEST(HttpPost, PostsJsonWithTheTargetsHeaders) {
  const HttpListener server(204);
  post_json({server.url("/hook?key=1"), {{"Authorization", "Bearer abc"}}}, "{\"a\":1}");
  ASSERT_THAT(server.requests(), SizeIs(1));
  const HttpListener::Request request = server.requests().front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/hook?key=1");
  EXPECT_EQ(request.content_type, "application/json");
  EXPECT_EQ(request.authorization, "Bearer abc");
  EXPECT_EQ(request.body, "{\"a\":1}");
}

TEST(HttpPost, AnAnswerOfFailureIsOneAndTheAddressIsNotTold) {
  const HttpListener server(503);
  EXPECT_THAT(failure_of({server.url("/s3cret"), {}}),
              AllOf(HasSubstr("localhost: it answered with 503"), Not(HasSubstr("s3cret"))));
}

TEST(HttpPost, IsNotSentElsewhere) {
  const HttpListener server(302);
  EXPECT_THAT(failure_of({server.url(), {}}), HasSubstr("it answered with 302"));
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(HttpPost, ASilentServerIsNotWaitedForLong) {
  Poco::Net::ServerSocket silent(Poco::Net::SocketAddress("127.0.0.1", 0));
  const std::string url = "http://127.0.0.1:" + std::to_string(silent.address().port());
  EXPECT_THAT(failure_of({url, {}, 1}), HasSubstr("no answer within 1 s"));
}

TEST(HttpPost, AServerThatDripsIsNotWaitedForLong) {
  for (const char* words : {"HTTP/1.1 100 Continue\r\n\r\n", "X"}) {
    const DrippingServer server(words);
    const std::string url = "http://127.0.0.1:" + std::to_string(server.port());
    EXPECT_THAT(failure_of({url, {}, 1}), HasSubstr("no answer within 1 s"));
  }
}

TEST(HttpPost, NobodyThereIsAFailure) {
  std::string url;
  {
    const HttpListener gone;
    url = gone.url();
  }
  EXPECT_THAT(failure_of({url, {}}), HasSubstr("localhost: "));
}

TEST(HttpPost, AServerThatDoesNotSpeakTlsIsAFailure) {
  const HttpListener plain;
  EXPECT_THAT(failure_of({"https" + plain.url().substr(4), {}, 1}), HasSubstr("localhost: "));
  EXPECT_THAT(plain.requests(), SizeIs(0));
}

TEST(HttpPost, TlsIsSpokenWithAServerThatThisMachineTrusts) {
  const TestHub folder;
  const TlsCertificate certificate(folder.folder());
  const HttpListener server(200, certificate.server_context());
  certificate.trust();
  post_json({server.url("/hook"), {}}, "{}");
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(HttpPost, AnAuthorityOfOnesOwnIsTrustedWhereItIsNamed) {
  const TestHub folder;
  const TlsCertificate certificate(folder.folder());
  const HttpListener server(200, certificate.server_context());
  HttpTarget target{server.url("/hook"), {}};
  EXPECT_THAT(failure_of(target), HasSubstr("as ca_file"));
  target.ca_file = certificate.file();
  post_json(target, "{}");
  EXPECT_THAT(server.requests(), SizeIs(1));
  target.ca_file = folder.folder() / "nowhere.pem";
  EXPECT_THAT(failure_of(target), HasSubstr("nowhere.pem"));
}

TEST(HttpPost, AUserOfTheUrlLogsIn) {
  const HttpListener server;
  std::string url = server.url("/hook");
  url.insert(url.find("localhost"), "cdh:p%40ss@");
  post_json({url, {}}, "{}");
  EXPECT_EQ(server.requests().front().authorization, "Basic Y2RoOnBAc3M=");
}

TEST(HttpPost, AnotherServerIsToldNothing) {
  const TestHub folder;
  const TlsCertificate certificate(folder.folder());
  const HttpListener server(200, certificate.server_context());
  EXPECT_THAT(failure_of({server.url(), {}}), HasSubstr("ertificate")) << "nobody trusts it";
  certificate.trust();
  std::string by_address = server.url();
  by_address.replace(by_address.find("localhost"), 9, "127.0.0.1");
  EXPECT_THAT(failure_of({by_address, {}}), HasSubstr("ertificate")) << "it has another name";
  EXPECT_THAT(server.requests(), SizeIs(0));
}

}  // namespace
}  // namespace cdh
