#include "value_cutter.hpp"

#include <algorithm>

namespace jsonl {

using Stop = BracketScanner::Stop;

bool ValueCutter::ends_here(std::string_view bytes, Stop stop) const {
  if (stop == Stop::closed) return true;
  return stop == Stop::separator && in_array_ && bytes[scanner_.from()] != '}';
}

Cut ValueCutter::cut(InputBuffer& buffer, const std::optional<std::string>& line_start) {
  scanner_.begin();
  while (true) {
    const std::string_view bytes = buffer.bytes();
    const Stop stop = scanner_.scan(bytes, !in_array_);
    if (scanner_.from() > max_size_) return recover(buffer, 0, line_start);
    if (ends_here(bytes, stop)) return {scanner_.from(), Cut::End::whole};
    if (stop == Stop::separator) {
      scanner_.step();
    } else if (stop == Stop::broken_line) {
      return recover(buffer, scanner_.from(), line_start);
    } else if (!buffer.more()) {
      return recover(buffer, 0, line_start);
    }
  }
}

Cut ValueCutter::recover(InputBuffer& buffer, std::size_t from,
                         const std::optional<std::string>& line_start) {
  while (line_start.has_value()) {
    const std::string_view bytes = buffer.bytes();
    const std::size_t end = bytes.find('\n', from);
    const bool visible = end != std::string_view::npos && bytes.size() - end > line_start->size();
    if (!visible && bytes.size() <= max_size_ && buffer.more()) continue;
    if (!visible || end > max_size_) break;
    if (bytes.substr(end + 1, line_start->size()) == *line_start) {
      return {end, Cut::End::broken};
    }
    from = end + 1;
  }
  while (buffer.bytes().size() <= max_size_ && buffer.more()) continue;
  if (buffer.bytes().size() <= max_size_) return {buffer.bytes().size(), Cut::End::cut_off};
  return {max_size_, Cut::End::too_long};
}

void ValueCutter::skip_rest(InputBuffer& buffer) {
  // The scanner may have stopped, at a broken line, within what was consumed.
  scanner_.forget(std::min(max_size_, scanner_.from()));
  while (true) {
    const Stop stop = scanner_.scan(buffer.bytes(), !in_array_);
    if (ends_here(buffer.bytes(), stop)) break;
    if (stop == Stop::separator || stop == Stop::broken_line) {
      scanner_.step();
      continue;
    }
    // An escape at the very end is looked at again with what follows it.
    const std::size_t passed = scanner_.from();
    buffer.consume(passed);
    scanner_.forget(passed);
    if (!buffer.more()) {
      buffer.consume(buffer.bytes().size());
      return;
    }
  }
  buffer.consume(scanner_.from());
}

}  // namespace jsonl
