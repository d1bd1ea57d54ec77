/* A connector as version 0.1 of the boundary has it, with shorter structs than any real one: the
 * layout is written down here, so that it never grows with plugin.h. Whatever lies beyond a size or
 * in padding holds kGarbage: a host that looks there crashes or sees a stream that is open. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { kGarbage = 0xAA, kOk = 0, kText = 6, kConnector = 1 };

struct text {
  const char* data;
  size_t size;
};
#define TEXT(literal) \
  { literal, sizeof(literal) - 1 }

struct value {
  const char* text;
  uint32_t length;
  int16_t offset_minutes;
  uint8_t type, reserved;
};

struct field {
  struct text name;
  uint8_t type;
};

struct schema {
  uint32_t size, field_stride;
  uint64_t serial;
  size_t field_count;
  const struct field* fields;
};

struct row {
  uint64_t position;
  uint32_t source_row;
  uint8_t operation;
  struct text raw, rejection, rejected_field;
};

struct batch {
  uint32_t size, row_stride;
  const struct schema* schema;
  size_t row_count;
  const struct row* rows;
  const struct value* values;
  struct text origin, position_unit, resume_state;
  void* private_data;
  void (*release)(struct batch*);
};

struct stream {
  struct text name, description;
  const struct schema* schema;
  const struct text* key;
  size_t key_count;
  uint8_t incremental;
};

struct catalog {
  uint32_t size, stream_stride;
  const struct stream* streams;
  size_t count;
  void* private_data;
  void (*release)(struct catalog*);
};

/* Without cancel and destroy. */
struct connector {
  uint32_t size;
  int* private_data; /* how many batches were read */
  int (*check)(struct connector*, void*);
  int (*discover)(struct connector*, struct catalog*, void*);
  int (*start)(struct connector*, const void*, void*);
  int (*read)(struct connector*, struct batch*, void*);
};

/* Without fingerprint. */
struct plugin {
  uint32_t size, abi_major, abi_minor, kind;
  struct text name, version, description;
  const void* options;
  size_t option_count;
  uint32_t option_stride;
  int (*create_connector)(const void*, const void*, struct connector*, void*);
  void* create_transform;
};

static const struct field kFields[] = {{TEXT("id"), kText}};
static const struct schema kSchema = {sizeof(struct schema), sizeof(struct field), 1, 1, kFields};

static int discover(struct connector* self, struct catalog* out, void* error) {
  (void)self, (void)error;
  static const struct text key = TEXT("id");
  static struct stream stream;
  memset(&stream, kGarbage, sizeof stream);
  stream.name = (struct text)TEXT("old");
  stream.description = (struct text)TEXT("Of old.");
  stream.schema = &kSchema;
  stream.key = &key;
  stream.key_count = 1;
  stream.incremental = 0;
  *out = (struct catalog){sizeof *out, sizeof stream, &stream, 1, NULL, NULL};
  return kOk;
}

static int start(struct connector* self, const void* request, void* error) {
  (void)request, (void)error;
  *self->private_data = 0;
  return kOk;
}

static void release(struct batch* batch) { batch->release = NULL; }

static int read_batch(struct connector* self, struct batch* out, void* error) {
  (void)error;
  static const struct row row = {1, 0, 0, TEXT(""), TEXT(""), TEXT("")};
  static const struct value value = {"seven", 5, 0, kText, 0};
  if (++*self->private_data > 1) return kOk; /* the end: the host's zeros stay */
  *out = (struct batch){sizeof *out,    sizeof row,  &kSchema, 1,    &row,    &value,
                        TEXT("memory"), TEXT("row"), TEXT(""), NULL, &release};
  return kOk;
}

static int create(const void* host, const void* settings, struct connector* out, void* error) {
  (void)host, (void)settings, (void)error;
  static int batches_read;
  memset(out, kGarbage, sizeof *out + 2 * sizeof(void*)); /* as much as 0.2 defines */
  *out = (struct connector){sizeof *out, &batches_read, NULL, &discover, &start, &read_batch};
  return kOk;
}

__attribute__((visibility("default"))) const struct plugin* cdh_plugin_entry(void) {
  static struct {
    struct plugin plugin;
    unsigned char beyond[64];
  } entry;
  memset(&entry, kGarbage, sizeof entry);
  entry.plugin =
      (struct plugin){sizeof entry.plugin,     0,    1, kConnector, TEXT("older"), TEXT("0.9"),
                      TEXT("Built long ago."), NULL, 0, 0,          &create,       NULL};
  return &entry.plugin;
}
