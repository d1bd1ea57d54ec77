/* The plugin boundary of the customer data hub: everything that crosses between the host and a
 * plugin, in plain C11. C++ authors start at plugin.hpp, which wraps all of this.
 *
 * A plugin is a shared library that exports one function, cdh_plugin_entry. It has no side effects
 * and returns a static description: name, kind, options, and a function that creates instances.
 *
 *     host                                   plugin
 *     cdh_plugin_entry()                ->   const cdh_plugin*
 *     plugin->create_connector(...)     ->   cdh_connector
 *     connector.check / discover / start / read / read / ... / destroy
 *
 * Rules that hold everywhere:
 * - Every growing struct begins with `size`, the sizeof of whoever filled it. Structs grow only at
 *   their end, and never into the padding there, which no size tells from a member. A reader looks
 *   at a member only when CDH_COVERS says so. Arrays of structs carry a stride in the same sense.
 * - No exception, no C++ type and no memory to be freed by the other side crosses. What a call is
 *   given is borrowed until it returns, unless its comment says longer. What a call returns stays
 *   valid until its own `release` is called.
 * - Strings are UTF-8, counted, not NUL-terminated, and may be empty (data may then be NULL).
 * - Threads: [any] from any thread at any time; [serial] calls on one instance never overlap, but
 *   may come from different threads. Instances are independent of each other.
 */
#ifndef CDH_PLUGIN_H
#define CDH_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this boundary. A host takes plugins of its own major version that are of
 * CDH_ABI_OLDEST_MINOR at least and no newer than itself. The oldest is raised only when a struct
 * changes other than by growth; from major 1 on that is never.
 *
 *   0.1  the first
 *   0.2  cdh_stream.open */
#define CDH_ABI_MAJOR 0u
#define CDH_ABI_MINOR 2u
#define CDH_ABI_OLDEST_MINOR 1u

/* Whether the struct, by its `size`, holds the member: CDH_COVERS(plugin, fingerprint). */
#define CDH_COVERS(struct_pointer, member)                         \
  ((size_t)((const char*)(&(struct_pointer)->member + 1) -         \
            (const char*)(struct_pointer)) <= (struct_pointer)->size)

#if defined(_WIN32)
#define CDH_EXPORT __declspec(dllexport)
#else
#define CDH_EXPORT __attribute__((visibility("default")))
#endif

typedef struct cdh_string {
  const char* data;
  size_t size;
} cdh_string;

/* --- Errors ------------------------------------------------------------------------------- */

/* What kind of failure it is, so that the host can decide without parsing text. */
typedef enum cdh_status {
  CDH_OK = 0,
  CDH_ERROR_CONFIG = 1,      /* the settings are wrong: the administrator must change them */
  CDH_ERROR_TRANSIENT = 2,   /* may work later: network, rate limit; see retry_after_ms */
  CDH_ERROR_SYSTEM = 3,      /* the machine or the other system fails: disk, permission, outage */
  CDH_ERROR_DATA = 4,        /* the source's data is broken beyond one record */
  CDH_ERROR_UNSUPPORTED = 5, /* this plugin does not do that */
  CDH_ERROR_CANCELLED = 6,   /* cancel() was called */
  CDH_ERROR_INTERNAL = 7     /* a defect of the plugin */
} cdh_status;

/* Owned by the caller, filled by the callee on failure only. Text is NUL-terminated and cut to fit.
 * `field` names the option or the record's field at fault, and may be empty. A transform that fails
 * with CDH_ERROR_CONFIG over a field that its batch does not have is applied once more to a batch that
 * has it, without values, when the stream is open: records there need not have every field. */
typedef struct cdh_error {
  uint32_t size;
  int64_t retry_after_ms; /* with CDH_ERROR_TRANSIENT: when to try again; 0 = not known */
  char message[1024];     /* names what failed and what to do about it; never a secret */
  char field[128];
} cdh_error;

/* --- Values and batches --------------------------------------------------------------------- */

typedef enum cdh_type {
  CDH_ABSENT = 0,  /* the record does not have this field */
  CDH_NULL = 1,    /* the field is there and empty */
  CDH_BOOLEAN = 2, /* integer: 0 or 1 */
  CDH_INTEGER = 3, /* integer */
  CDH_DOUBLE = 4,  /* real; the host quarantines a record with NaN or infinity */
  CDH_DECIMAL = 5, /* text: [-]digits[.digits] */
  CDH_TEXT = 6,    /* text */
  CDH_BYTES = 7,   /* text, any bytes */
  CDH_DATE = 8,    /* integer: days since 1970-01-01 */
  CDH_LOCAL_TIME =
      9,            /* integer: microseconds since 1970-01-01T00:00 of a wall clock, zone unknown */
  CDH_INSTANT = 10, /* integer: microseconds since 1970-01-01T00:00Z; offset_minutes kept beside */
  CDH_JSON = 11     /* text: one JSON value */
} cdh_type;

/* 16 bytes. `type` says which member of `as` counts; `length` is the bytes of text. */
typedef struct cdh_value {
  union {
    int64_t integer;
    double real;
    const char* text;
  } as;
  uint32_t length;
  int16_t offset_minutes;
  uint8_t type; /* cdh_type */
  uint8_t reserved;
} cdh_value;

/* A column. `type` is what its values usually are; a value's own type is what counts. */
typedef struct cdh_field {
  cdh_string name;
  uint8_t type; /* cdh_type */
} cdh_field;

/* The columns of a batch. Two batches with the same non-zero `serial` from one instance have the
 * same columns, so work done for one schema can be kept. */
typedef struct cdh_schema {
  uint32_t size;
  uint32_t field_stride; /* sizeof(cdh_field) of whoever filled it */
  uint64_t serial;
  size_t field_count;
  const cdh_field* fields;
} cdh_schema;

typedef enum cdh_operation { CDH_UPSERT = 0, CDH_DELETE = 1 } cdh_operation;

/* What is known about one row besides its values. */
typedef struct cdh_row {
  uint64_t
      position; /* where in the batch's origin, in position_unit, counted from 1; 0 = unknown */
  uint32_t
      source_row; /* transforms: index of the input row it stems from; connectors: its own index */
  uint8_t operation; /* cdh_operation */
  cdh_string raw;    /* the bytes as the source gave them, where values alone would lose something;
                        required for a rejected row, else usually empty */
  cdh_string rejection;      /* non-empty: quarantine this record, because */
  cdh_string rejected_field; /* the field at fault, or empty */
} cdh_row;

/* Rows of one stream, row-major: value (r, c) is values[r * schema->field_count + c].
 * Everything it points to stays valid and unchanged until `release`, which may come from any thread
 * and after the instance's later calls, but before the instance's destroy. */
typedef struct cdh_batch {
  uint32_t size;
  uint32_t row_stride; /* sizeof(cdh_row) of whoever filled it */
  const cdh_schema* schema;
  size_t row_count;
  const cdh_row* rows;
  const cdh_value* values;
  cdh_string origin;        /* file, URL or mailbox that all rows of the batch come from */
  cdh_string position_unit; /* "line", "row", "message", ... */
  cdh_string resume_state;  /* reading can go on after this batch from here; empty = it cannot */
  void* private_data;
  void (*release)(struct cdh_batch* batch);
} cdh_batch;

/* --- Options: declared once; checking, defaults, masking, JSON Schema and docs come from it --- */

typedef enum cdh_option_type {
  CDH_OPTION_TEXT = 0,
  CDH_OPTION_INTEGER = 1,
  CDH_OPTION_BOOLEAN = 2,
  CDH_OPTION_TEXT_LIST = 3, /* one text is taken as a list of one */
  CDH_OPTION_TEXT_MAP = 4,  /* text to text, order kept */
  CDH_OPTION_PATH = 5       /* relative to hub.yaml; reaches the plugin absolute */
} cdh_option_type;

typedef struct cdh_option {
  cdh_string name;
  uint8_t type; /* cdh_option_type */
  uint8_t required;
  uint8_t secret;           /* masked in every output */
  cdh_string default_value; /* as it would stand in hub.yaml; empty = none */
  cdh_string choices;       /* "a|b|c", or empty: any */
  cdh_string help;          /* one or two sentences */
} cdh_option;

/* One option's value: the host has checked it against its declaration. Options neither given nor
 * defaulted are left out. Lists have `count` values; maps alternate key and value. */
typedef struct cdh_setting {
  cdh_string name;
  const cdh_value* values;
  size_t count;
} cdh_setting;

typedef struct cdh_settings {
  uint32_t size;
  uint32_t setting_stride;
  const cdh_setting* settings;
  size_t count;
} cdh_settings;

/* --- The host, as a plugin sees it ------------------------------------------------------------ */

typedef enum cdh_log_level {
  CDH_LOG_DEBUG = 0,
  CDH_LOG_INFO = 1,
  CDH_LOG_WARNING = 2
} cdh_log_level;

typedef struct cdh_host {
  uint32_t size;
  uint32_t abi_major, abi_minor;
  void* private_data;
  /* A line for the run's log; never a secret or a person's data. [any] */
  void (*log)(const struct cdh_host* host, cdh_log_level level, cdh_string message);
  /* Keeps a new secret (a rotated refresh token) durably, in a file of mode 0600, before it
   * returns; it replaces the setting `name` in later runs. [serial] */
  cdh_status (*keep_secret)(const struct cdh_host* host, cdh_string name, cdh_string value,
                            cdh_error* error);
} cdh_host;

/* --- Connectors: pulled, batch by batch ------------------------------------------------------- */

typedef struct cdh_stream {
  cdh_string name;
  cdh_string description;
  const cdh_schema* schema;
  const cdh_string* key; /* names of the fields that identify a record; none known: key_count 0 */
  size_t key_count;
  uint8_t incremental; /* can deliver only what changed since a resume state */
  uint8_t open;        /* later records may have fields that the schema does not list. Since 0.2, in
                          what was padding: of an older plugin it means nothing */
} cdh_stream;

typedef struct cdh_catalog {
  uint32_t size;
  uint32_t stream_stride;
  const cdh_stream* streams;
  size_t count;
  void* private_data;
  void (*release)(struct cdh_catalog* catalog);
} cdh_catalog;

typedef struct cdh_read_request {
  uint32_t size;
  cdh_string stream;
  cdh_string resume_state; /* as a batch of this stream carried it; empty = from the beginning */
  size_t max_rows;         /* of one batch */
} cdh_read_request;

/* An instance, created with its settings. Functions a connector does not offer may be NULL, or lie
 * beyond its `size`: the host puts a stub in their place that answers CDH_ERROR_UNSUPPORTED. Its
 * check then succeeds; its cancel and destroy do nothing. */
typedef struct cdh_connector {
  uint32_t size;
  void* private_data;
  /* Can the source be reached and read with these settings? [serial] */
  cdh_status (*check)(struct cdh_connector*, cdh_error* error);
  /* Lists streams with their fields. [serial] */
  cdh_status (*discover)(struct cdh_connector*, cdh_catalog* out, cdh_error* error);
  /* Begins to read one stream; an unfinished earlier read is given up. [serial] */
  cdh_status (*start)(struct cdh_connector*, const cdh_read_request* request, cdh_error* error);
  /* The next batch of the started stream. CDH_OK with out->release == NULL: the stream is at its
   * end. On failure *out is untouched. [serial] */
  cdh_status (*read)(struct cdh_connector*, cdh_batch* out, cdh_error* error);
  /* Makes a read in progress return CDH_ERROR_CANCELLED soon. [any] */
  void (*cancel)(struct cdh_connector*);
  /* Frees the instance; all its batches and catalogs are released by then. [serial] */
  void (*destroy)(struct cdh_connector*);
} cdh_connector;

/* --- Transforms: a batch in, a batch out ------------------------------------------------------ */

typedef struct cdh_transform {
  uint32_t size;
  void* private_data;
  /* Rows may be dropped, split, added, changed or rejected; each names its source_row. `in` stays
   * valid until *out is released, so unchanged text need not be copied. Rows that arrive with a
   * rejection are not given. [serial] */
  cdh_status (*apply)(struct cdh_transform*, const cdh_batch* in, cdh_batch* out, cdh_error* error);
  void (*destroy)(struct cdh_transform*);
} cdh_transform;

/* --- The one exported entry ------------------------------------------------------------------- */

typedef enum cdh_plugin_kind { CDH_CONNECTOR = 1, CDH_TRANSFORM = 2 } cdh_plugin_kind;

typedef struct cdh_plugin {
  uint32_t size;
  uint32_t abi_major, abi_minor;
  uint32_t kind; /* cdh_plugin_kind */
  cdh_string name;
  cdh_string version;
  cdh_string description;
  const cdh_option* options;
  size_t option_count;
  uint32_t option_stride;
  /* Exactly one of the two is set, as `kind` says. `host` outlives the instance. [any] */
  cdh_status (*create_connector)(const cdh_host* host, const cdh_settings* settings,
                                 cdh_connector* out, cdh_error* error);
  cdh_status (*create_transform)(const cdh_host* host, const cdh_settings* settings,
                                 cdh_transform* out, cdh_error* error);
  /* Two runs of a transform with equal settings and equal fingerprint give the same output for the
   * same input. NULL: name, version and settings decide. A transform that reads a file (a look-up
   * table) folds the file's content in. [any] */
  cdh_status (*fingerprint)(const cdh_settings* settings, uint64_t* out, cdh_error* error);
} cdh_plugin;

typedef const cdh_plugin* (*cdh_plugin_entry_function)(void);

/* [any] */
CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void);

#ifdef __cplusplus
}
#endif
#endif
