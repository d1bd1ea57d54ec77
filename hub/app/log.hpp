// What the program says beside its results: lines on stderr, for people or for programs that
// collect them.
#pragma once

#include <string_view>

namespace cdh {

enum class LogFormat {
  text,  // "warning: ..."
  json,  // {"time":"2026-11-22T02:04:27Z","level":"warning","message":"..."}
};

enum class Severity { info, warning, error };

// Sets up the plugins' messages, too; quiet, only their errors are shown.
void set_up_log(LogFormat format, bool quiet);
LogFormat log_format();

// One line. In text, an info stands as it is; line ends within a message stay in text only. To be
// given no secrets.
void log_line(Severity severity, std::string_view message);

}  // namespace cdh
