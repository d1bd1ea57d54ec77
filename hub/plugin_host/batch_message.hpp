// A batch as a message: its values are copied as one array, and all its text as one block that the
// values point into by offset. The columns follow only when they are new.
#pragma once

#include <cstdint>
#include <memory>

#include <cdh/plugin.h>

#include "hub/plugin_host/batch.hpp"
#include "hub/plugin_host/message.hpp"

namespace cdh {

// Of the process that sends, one an instance: it remembers which columns the other has.
class BatchEncoder {
 public:
  // Throws Error(plugin) when it is more than a message takes; then nothing of it counts as sent.
  void write(const Batch& batch, MessageWriter& out);

 private:
  static void write_columns(const Batch& batch, bool is_known, MessageWriter& out);
  std::uint64_t sent_serial_ = 0;
};

// Of the process that receives, one an instance.
class BatchDecoder {
 public:
  // Takes the rest of the message over and makes of it a batch, which owns all it points to and may
  // outlive the decoder. Every length is checked; throws Error(plugin). Types are left to
  // Batch::adopt.
  cdh_batch read(MessageReader in, Message&& message);

 private:
  struct Columns;
  void read_columns(MessageReader& in);
  std::shared_ptr<const Columns> columns_;  // the last ones; shared with their batches
  std::uint64_t serial_ = 0;  // ours, so that equal serials mean equal columns whoever sends them
};

}  // namespace cdh
