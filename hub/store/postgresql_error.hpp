// What PostgreSQL says of a failure, made fit to be shown. Private to hub/store.
#pragma once

#include <string>
#include <string_view>

#include <libpq-fe.h>

namespace cdh {

// The server's or driver's message in one line, and what to do where that is known. `state` is its
// SQLSTATE, or empty: a connection that was not made has none.
std::string postgresql_message(std::string_view message, std::string_view state);

// Error(store): `doing`, then why the result failed or, where it is null or says nothing, what the
// connection failed with last.
[[noreturn]] void fail_postgresql(PGconn* connection, const PGresult* result,
                                  const std::string& doing);

}  // namespace cdh
