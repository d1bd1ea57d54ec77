// What reaches whom of a store's password over a network.
#include <filesystem>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "hub/base/error.hpp"
#include "hub/store/database.hpp"
#include "tests/store/own_mariadb.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string failure_of(const std::string& url) {
  try {
    const Database database(url, Database::Mode::existing);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

// With a user who must come encrypted. Its certificate is for 127.0.0.1, and it is reached at
// 127.0.0.2 as well.
class TlsServer {
 public:
  TlsServer() {
    Database database(server_.line_of("url"), Database::Mode::existing);
    database.execute(
        "CREATE DATABASE hub; CREATE USER cdh IDENTIFIED BY 'S3cretPass' REQUIRE SSL;"
        "GRANT ALL ON hub.* TO cdh");
  }

  std::string url(const std::string& host, const std::string& authority) const {
    return "mariadb://cdh:S3cretPass@" + host + ":" + server_.line_of("port") + "/hub" +
           (authority.empty() ? "" : "?ssl_ca=" + (server_.folder() / authority).string());
  }

 private:
  OwnMariadb server_{"tls"};
};

TEST(StoreOverTls, IsThatOfTheAuthorityAndOfTheHostOrNone) {
  const TlsServer server;
  {
    Database database(server.url("127.0.0.1", "ca.pem"), Database::Mode::existing);
    const auto cipher = database.query(
        "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE "
        "VARIABLE_NAME = 'SSL_CIPHER'");
    ASSERT_TRUE(cipher->next());
    EXPECT_NE(cipher->text(0), "");
  }
  const auto is_refused = testing::AllOf(HasSubstr("error 2026"),
                                         HasSubstr("made for the host that stands in hub: store"),
                                         Not(HasSubstr("S3cretPass")));
  EXPECT_THAT(failure_of(server.url("127.0.0.2", "ca.pem")), is_refused) << "another host's";
  EXPECT_THAT(failure_of(server.url("127.0.0.1", "other_ca.pem")), is_refused) << "of another one";
  EXPECT_THAT(failure_of(server.url("127.0.0.1", "no.pem")), Not(testing::IsEmpty()));
  EXPECT_THAT(failure_of(server.url("127.0.0.1", "")), HasSubstr("check the user name"))
      << "the server wants it encrypted";
}

// A server without TLS that asks everybody for the password in clear.
class CuriousServer {
 public:
  explicit CuriousServer(const std::filesystem::path& socket_file)
      : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket_file.string().copy(address.sun_path, sizeof address.sun_path - 1);
    listen_at(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  CuriousServer() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listen_at(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  ~CuriousServer() {
    end();
    ::close(socket_);
  }
  CuriousServer(const CuriousServer&) = delete;
  CuriousServer& operator=(const CuriousServer&) = delete;

  std::string port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    return std::to_string(ntohs(address.sin_port));
  }

  // All that the clients sent.
  const std::string& heard() {
    end();
    return heard_;
  }

 private:
  void listen_at(const sockaddr* address, socklen_t size) {
    if (::bind(socket_, address, size) != 0 || ::listen(socket_, 4) != 0) {
      throw std::runtime_error("cannot listen");
    }
    thread_ = std::thread([this] {
      for (int client = accept(); client >= 0; client = accept()) {
        converse(client);
        ::close(client);
      }
    });
  }
  int accept() const { return ::accept(socket_, nullptr, nullptr); }
  void end() {
    ::shutdown(socket_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
  }

  // https://mariadb.com/kb/en/connection/
  void converse(int client) {
    using namespace std::string_literals;
    const std::string greeting =
        "\x0a"
        "5.5.5-10.11.6-MariaDB\0"s  // protocol, version
        "\x01\0\0\0"
        "abcdefgh\0"s  // thread, scramble
        "\x09\x82"
        "\x2d"
        "\x02\0"
        "\x08\0"
        "\x15"s  // abilities, no TLS
        "\0\0\0\0\0\0"
        "\0\0\0\0"s
        "ijklmnopqrst\0"s
        "mysql_native_password\0"s;
    const std::string demand =
        "\xfe"
        "mysql_clear_password\0"s;
    send(client, 0, greeting);
    hear(client);
    send(client, 2, demand);
    hear(client);
  }
  static void send(int client, char number, const std::string& text) {
    const std::string packet = std::string{static_cast<char>(text.size()), 0, 0, number} + text;
    ::send(client, packet.data(), packet.size(), MSG_NOSIGNAL);
  }
  void hear(int client) {
    char bytes[4096];
    const ssize_t size = ::recv(client, bytes, sizeof bytes, 0);
    if (size > 0) heard_.append(bytes, static_cast<std::size_t>(size));
  }

  int socket_;
  std::string heard_;
  std::thread thread_;
};

TEST(StoreOverANetwork, APasswordIsNotToldToAServerThatAsksForItInClear) {
  for (const char* encrypted : {"", "?ssl_ca=" CDH_TEST_SOURCE_DIR "/LICENSE"}) {
    CuriousServer server;
    const std::string failure =
        failure_of("mariadb://cdh:S3cretPass@127.0.0.1:" + server.port() + "/hub" + encrypted);
    EXPECT_THAT(failure, HasSubstr("cannot open the store mariadb://cdh:***@127.0.0.1"))
        << encrypted;
    EXPECT_THAT(failure, HasSubstr("ssl_ca"));
    EXPECT_THAT(server.heard(), Not(HasSubstr("S3cretPass"))) << encrypted;
  }
}

// So that the test above cannot pass for a fault of the server; and PAM needs it.
TEST(StoreOverASocket, APasswordIsToldToTheServerOfThisMachine) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("cdh-" + std::to_string(::getpid()) + ".sock");
  {
    CuriousServer server(file);
    failure_of("mariadb://cdh:S3cretPass@localhost/hub?socket=" + file.string());
    EXPECT_THAT(server.heard(), HasSubstr("S3cretPass"));
  }
  std::filesystem::remove(file);
}

TEST(StoreOverANetwork, AHostIsNoListAndNoOptions) {
  for (const char* host : {"a;ssl-enforce=0", "a=b", "a,b", "a b", "{a}"}) {
    EXPECT_EQ(failure_of("mariadb://cdh:S3cretPass@" + std::string(host) + ":1/hub"),
              "the host in the store's URL is no name and no address");
  }
}

}  // namespace
}  // namespace cdh
