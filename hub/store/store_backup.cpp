#include "hub/store/store_backup.hpp"

#include "hub/base/error.hpp"
#include "hub/base/new_file.hpp"
#include "hub/store/store_url.hpp"

namespace cdh {

namespace {

// For a shell.
std::string quoted(const std::string& text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:-";
  if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

void add_option(const char* name, const std::string& given, const StoreUrl& url,
                const std::string& parameter, std::string& command) {
  const auto found = url.parameters.find(parameter);
  const std::string& value = given.empty() && found != url.parameters.end() ? found->second : given;
  if (!value.empty()) command += std::string(" --") + name + "=" + quoted(value);
}

}  // namespace

void back_up_store(Database& database, const std::filesystem::path& file, bool overwrite) {
  if (database.dialect() != "sqlite") {
    throw Error(ErrorKind::config,
                "the store is on a server, whose own tool copies it, also while a run is going: " +
                    server_backup_command(database.url(), file.string()));
  }
  if (!overwrite && std::filesystem::exists(file)) {
    throw Error(ErrorKind::config,
                file.string() + " is there already; name another file, or add --overwrite");
  }
  NewFile copy(file, NewFile::Mode::owner_only);
  // It writes into an empty file that is there, and reads one state of the store without being in a
  // writer's way: https://www.sqlite.org/lang_vacuum.html#vacuuminto
  const auto copying = database.query_text("VACUUM INTO ?", {copy.temporary().string()});
  copying->next();
  overwrite ? copy.keep() : copy.keep_if_new();
}

std::string server_backup_command(const std::string& url, const std::string& file) {
  const StoreUrl parts = parse_store_url(url);
  const bool is_postgresql = url.starts_with("postgresql://");
  std::string command = is_postgresql ? "pg_dump --format=custom --file=" + quoted(file)
                                      : std::string("mariadb-dump --single-transaction");
  add_option("host", parts.host, parts, "host", command);
  add_option("port", parts.port, parts, "port", command);
  if (!is_postgresql) add_option("socket", "", parts, "socket", command);
  add_option(is_postgresql ? "username" : "user", parts.user, parts, "user", command);
  if (!is_postgresql && parts.parameters.contains("ssl_ca")) {
    add_option("ssl-ca", "", parts, "ssl_ca", command);
    command += " --ssl-verify-server-cert";
  }
  command += " " + quoted(parts.database);
  return is_postgresql ? command : command + " > " + quoted(file);
}

}  // namespace cdh
