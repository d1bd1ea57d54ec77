// ${env:NAME}, ${file:PATH} and ${credential:NAME} in a text of hub.yaml: secrets that do not stand
// in the file itself.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "hub/config/faults.hpp"
#include "hub/config/setting.hpp"

namespace cdh {

// A scalar setting of `text` with every reference replaced; `secret` when there was one, `file`
// when it is one ${file:PATH}. "$${" is a
// plain "${". A relative PATH belongs to `folder`; of the file's end one line break is dropped.
// A variable that is not set, a file that cannot be read or is larger than 64 KiB, and any other
// "${" is a fault at `where`. Not safe beside a thread that changes the environment.
Setting resolve_references(std::string_view text, const Location& where,
                           const std::filesystem::path& folder, ConfigFaults& faults);

// The same where nobody needs the value: a reference that leads nowhere is no fault, and what it stands
// in is left open.
Setting resolve_if_possible(std::string_view text, const Location& where,
                            const std::filesystem::path& folder);

// A `secret` scalar without text, of which no reference could be resolved.
bool is_left_open(const Setting& setting);

// Makes of a file's content what ${file:PATH} stands for. Returns what is wrong with it, as the
// rest of a message; empty when it can be read.
std::string_view to_referenced_text(std::string& content);

}  // namespace cdh
