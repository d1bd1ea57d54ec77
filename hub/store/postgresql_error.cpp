#include "hub/store/postgresql_error.hpp"

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"

namespace cdh {

namespace {

// The driver writes a hint below, indented, and a line end after each.
std::string in_one_line(std::string_view message) {
  std::string out;
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    const std::string_view line = trim(message.substr(0, end));
    if (!line.empty()) out.append(out.empty() ? "" : " ").append(line);
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return out;
}

constexpr std::string_view kBroken =
    "the connection to the server broke; its log may say why. Start the command again";

// https://www.postgresql.org/docs/current/errcodes-appendix.html
std::string_view advice_for(std::string_view state) {
  if (state == "53100") return "is the server's disk full, or a quota used up?";
  if (state == "53300") return "the server has no connection left: see its max_connections";
  if (state == "42501") {
    return "the store's user needs all rights on the database and on its schema, of PostgreSQL 15 "
           "on "
           "also GRANT CREATE ON SCHEMA public TO user";
  }
  if (state == "40P01") return "another process was writing the same rows; try again";
  if (state == "25006") return "the server takes no writes: is it a standby?";
  if (state.starts_with("57P")) return kBroken;
  return {};
}

// Of what has no SQLSTATE: the connection could not be made, or is lost.
std::string_view advice_by_text(std::string_view message) {
  const auto says = [&](std::string_view words) { return message.find(words) != message.npos; };
  if (says("password authentication failed") || says("no password supplied") ||
      says("Peer authentication failed") || says("role \"")) {
    return "check the user name and the password in hub: store";
  }
  if (says("database \"") && says("does not exist")) {
    return "make it with CREATE DATABASE, or change hub: store";
  }
  if (says("no connection to the server") || says("server closed the connection") ||
      says("terminating connection") || says("could not receive data from server") ||
      says("could not send data to server")) {
    return kBroken;
  }
  return {};
}

}  // namespace

std::string postgresql_message(std::string_view message, std::string_view state) {
  std::string out = in_one_line(message);
  if (!state.empty()) out.append(" (SQLSTATE ").append(state).append(")");
  const std::string_view advice = state.empty() ? advice_by_text(message) : advice_for(state);
  if (!advice.empty()) out.append("; ").append(advice);
  return out;
}

void fail_postgresql(PGconn* connection, const PGresult* result, const std::string& doing) {
  std::string message = PQerrorMessage(connection);
  if (result != nullptr && PQresultErrorMessage(result)[0] != '\0') {
    message = PQresultErrorMessage(result);
  }
  const char* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  throw Error(ErrorKind::store,
              doing + ": " + postgresql_message(message, state != nullptr ? state : ""));
}

}  // namespace cdh
