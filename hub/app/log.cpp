#include "hub/app/log.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"

namespace cdh {

namespace {

LogFormat format_in_use = LogFormat::text;

std::string json_line(std::string_view level, std::string_view message) {
  const nlohmann::ordered_json line = {
      {"time", format_instant(now_micros())}, {"level", level}, {"message", printable(message)}};
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

class JsonFormatter : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    const auto level = spdlog::level::to_string_view(message.level);
    const std::string text =
        json_line({level.data(), level.size()}, {message.payload.data(), message.payload.size()});
    line.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>();
  }
};

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    default:
      return "info";
  }
}

}  // namespace

void set_up_log(LogFormat format, bool quiet) {
  format_in_use = format;
  spdlog::set_default_logger(spdlog::stderr_color_mt("cdh"));
  if (format == LogFormat::json) {
    spdlog::set_formatter(std::make_unique<JsonFormatter>());
  } else {
    spdlog::set_pattern("%^%l%$: %v");
  }
  spdlog::set_level(quiet ? spdlog::level::err : spdlog::level::info);
}

LogFormat log_format() { return format_in_use; }

void log_line(Severity severity, std::string_view message) {
  if (format_in_use == LogFormat::json) {
    std::cerr << json_line(name_of(severity), message);
    return;
  }
  if (severity != Severity::info) std::cerr << name_of(severity) << ": ";
  std::cerr << printable(message) << '\n';
}

}  // namespace cdh
