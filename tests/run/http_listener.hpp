// A real HTTP server on this machine's loopback, which remembers what it is sent.
#pragma once

#include <future>
#include <istream>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>

namespace cdh {

class HttpListener {
 public:
  struct Request {
    std::string method, path, content_type, authorization, body;
  };

  // Answers each request with this status, once `may_answer` is ready, if it is given. With a `tls`
  // context it speaks HTTPS.
  explicit HttpListener(int status = 200, const Poco::Net::Context::Ptr& tls = nullptr,
                        std::shared_future<void> may_answer = {})
      : shared_(std::make_shared<Shared>(status, std::move(may_answer))),
        scheme_(tls ? "https" : "http"),
        socket_(listening(tls)),
        server_(new Factory(shared_), socket_, new Poco::Net::HTTPServerParams) {
    server_.start();
  }
  ~HttpListener() { server_.stopAll(true); }
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  std::string url(const std::string& path = "/") const {
    return scheme_ + "://localhost:" + std::to_string(socket_.address().port()) + path;
  }
  std::vector<Request> requests() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->requests;
  }

 private:
  static Poco::Net::ServerSocket listening(const Poco::Net::Context::Ptr& tls) {
    const Poco::Net::SocketAddress any("127.0.0.1", 0);
    if (!tls) return Poco::Net::ServerSocket(any);
    return Poco::Net::SecureServerSocket(any, 64, tls);
  }

  struct Shared {
    Shared(int with, std::shared_future<void> when) : status(with), may_answer(std::move(when)) {}
    std::mutex mutex;
    std::vector<Request> requests;
    int status;
    std::shared_future<void> may_answer;
  };
  class Handler : public Poco::Net::HTTPRequestHandler {
   public:
    explicit Handler(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override {
      Request got{request.getMethod(), request.getURI(), request.getContentType(),
                  request.get("Authorization", ""),
                  std::string(std::istreambuf_iterator<char>(request.stream()), {})};
      {
        const std::lock_guard lock(shared_->mutex);
        shared_->requests.push_back(std::move(got));
      }
      if (shared_->may_answer.valid()) shared_->may_answer.wait();
      response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(shared_->status));
      if (shared_->status == 302) response.set("Location", "/elsewhere");
      response.setContentLength(0);
      response.send();
    }

   private:
    std::shared_ptr<Shared> shared_;
  };
  class Factory : public Poco::Net::HTTPRequestHandlerFactory {
   public:
    explicit Factory(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(
        const Poco::Net::HTTPServerRequest&) override {
      return new Handler(shared_);
    }

   private:
    std::shared_ptr<Shared> shared_;
  };

  std::shared_ptr<Shared> shared_;
  std::string scheme_;
  Poco::Net::ServerSocket socket_;
  Poco::Net::HTTPServer server_;
};

}  // namespace cdh
