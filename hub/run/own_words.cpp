#include "hub/run/own_words.hpp"

namespace cdh {

namespace {

std::string own_message(const RunEntry& run, const std::string& where) {
  // How many records earlier runs refused, or which limit was crossed, in numbers.
  if (run.status == "done" || run.status == "partial" || run.status == "stopped") {
    return run.message;
  }
  if (run.status == "undone") return "What it did was undone.";
  return run.message.empty() ? "" : where + " says why";
}

std::string own_message(const RunSource& source, const std::string& where) {
  if (source.message.empty()) return "";
  if (source.status == "stopped") return "a safety limit stopped it; " + where + " says which";
  if (source.status == "read") return where + " has a note on it";
  return where + " says why";
}

}  // namespace

RunEntry in_own_words(RunEntry run) {
  const std::string where = "`cdh runs show " + std::to_string(run.id) + "`";
  run.message = own_message(run, where);
  for (RunSource& source : run.sources) source.message = own_message(source, where);
  return run;
}

}  // namespace cdh
