// The one exception type of the hub.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace cdh {

// What kind of failure it is; hub/run decides what follows from each.
enum class ErrorKind {
  config,    // the administrator must change hub.yaml or the command
  source,    // a source cannot be read; other sources go on
  plugin,    // a plugin does not load or breaks its contract
  store,     // the database refuses
  conflict,  // somebody else holds the lock, or changed what we change
  limit,     // a safety limit is crossed: a person must say that it is right
  internal,  // a defect of the hub
};

std::string_view name_of(ErrorKind kind);

// A failure on its way up. Each level may add what it knows:
//
//     try { read(file); }
//     catch (Error& error) { error.add_context("source newsletter"); throw; }
//
// what() then reads "source newsletter: cannot open customers.csv: No such file".
class Error : public std::exception {
 public:
  // `field`: the option or the record's field at fault, where somebody may go by it.
  Error(ErrorKind kind, std::string message, std::string field = {});

  ErrorKind kind() const noexcept { return kind_; }
  const std::string& field() const noexcept { return field_; }
  const char* what() const noexcept override { return message_.c_str(); }

  // Puts `context` and a colon before the message.
  void add_context(std::string_view context);

 private:
  ErrorKind kind_;
  std::string message_, field_;
};

}  // namespace cdh
