/* The boundary as plugins that are already out there know it: the size of every struct, the place
 * of every member, the number of every constant, on 64-bit machines. A line that fails to compile
 * is a change that breaks them. Structs may only grow at their end, and then their SIZE here
 * changes with a new CDH_ABI_MINOR: one that stays would mean a new member in the old padding. AT
 * lines are only ever added. */
#include <cdh/plugin.h>

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), "size of " #type)
#define AT(type, member, offset) \
  _Static_assert(offsetof(type, member) == (offset), "place of " #type "." #member)
#define VALUE(constant, number) _Static_assert((constant) == (number), "value of " #constant)

_Static_assert(sizeof(void*) == 8, "the numbers below are those of 64-bit machines");
VALUE(CDH_ABI_MAJOR, 0);
VALUE(CDH_ABI_MINOR, 2);
VALUE(CDH_ABI_OLDEST_MINOR, 1);

SIZE(cdh_string, 16);
AT(cdh_string, data, 0);
AT(cdh_string, size, 8);

SIZE(cdh_error, 1168);
AT(cdh_error, size, 0);
AT(cdh_error, retry_after_ms, 8);
AT(cdh_error, message, 16);
AT(cdh_error, field, 1040);

SIZE(cdh_value, 16);
AT(cdh_value, as, 0);
AT(cdh_value, length, 8);
AT(cdh_value, offset_minutes, 12);
AT(cdh_value, type, 14);
AT(cdh_value, reserved, 15);

SIZE(cdh_field, 24);
AT(cdh_field, name, 0);
AT(cdh_field, type, 16);

SIZE(cdh_schema, 32);
AT(cdh_schema, size, 0);
AT(cdh_schema, field_stride, 4);
AT(cdh_schema, serial, 8);
AT(cdh_schema, field_count, 16);
AT(cdh_schema, fields, 24);

SIZE(cdh_row, 64);
AT(cdh_row, position, 0);
AT(cdh_row, source_row, 8);
AT(cdh_row, operation, 12);
AT(cdh_row, raw, 16);
AT(cdh_row, rejection, 32);
AT(cdh_row, rejected_field, 48);

SIZE(cdh_batch, 104);
AT(cdh_batch, size, 0);
AT(cdh_batch, row_stride, 4);
AT(cdh_batch, schema, 8);
AT(cdh_batch, row_count, 16);
AT(cdh_batch, rows, 24);
AT(cdh_batch, values, 32);
AT(cdh_batch, origin, 40);
AT(cdh_batch, position_unit, 56);
AT(cdh_batch, resume_state, 72);
AT(cdh_batch, private_data, 88);
AT(cdh_batch, release, 96);

SIZE(cdh_option, 72);
AT(cdh_option, name, 0);
AT(cdh_option, type, 16);
AT(cdh_option, required, 17);
AT(cdh_option, secret, 18);
AT(cdh_option, default_value, 24);
AT(cdh_option, choices, 40);
AT(cdh_option, help, 56);

SIZE(cdh_setting, 32);
AT(cdh_setting, name, 0);
AT(cdh_setting, values, 16);
AT(cdh_setting, count, 24);

SIZE(cdh_settings, 24);
AT(cdh_settings, size, 0);
AT(cdh_settings, setting_stride, 4);
AT(cdh_settings, settings, 8);
AT(cdh_settings, count, 16);

SIZE(cdh_host, 40);
AT(cdh_host, size, 0);
AT(cdh_host, abi_major, 4);
AT(cdh_host, abi_minor, 8);
AT(cdh_host, private_data, 16);
AT(cdh_host, log, 24);
AT(cdh_host, keep_secret, 32);

SIZE(cdh_stream, 64);
AT(cdh_stream, name, 0);
AT(cdh_stream, description, 16);
AT(cdh_stream, schema, 32);
AT(cdh_stream, key, 40);
AT(cdh_stream, key_count, 48);
AT(cdh_stream, incremental, 56);
AT(cdh_stream, open, 57);

SIZE(cdh_catalog, 40);
AT(cdh_catalog, size, 0);
AT(cdh_catalog, stream_stride, 4);
AT(cdh_catalog, streams, 8);
AT(cdh_catalog, count, 16);
AT(cdh_catalog, private_data, 24);
AT(cdh_catalog, release, 32);

SIZE(cdh_read_request, 48);
AT(cdh_read_request, size, 0);
AT(cdh_read_request, stream, 8);
AT(cdh_read_request, resume_state, 24);
AT(cdh_read_request, max_rows, 40);

SIZE(cdh_connector, 64);
AT(cdh_connector, size, 0);
AT(cdh_connector, private_data, 8);
AT(cdh_connector, check, 16);
AT(cdh_connector, discover, 24);
AT(cdh_connector, start, 32);
AT(cdh_connector, read, 40);
AT(cdh_connector, cancel, 48);
AT(cdh_connector, destroy, 56);

SIZE(cdh_transform, 32);
AT(cdh_transform, size, 0);
AT(cdh_transform, private_data, 8);
AT(cdh_transform, apply, 16);
AT(cdh_transform, destroy, 24);

SIZE(cdh_plugin, 112);
AT(cdh_plugin, size, 0);
AT(cdh_plugin, abi_major, 4);
AT(cdh_plugin, abi_minor, 8);
AT(cdh_plugin, kind, 12);
AT(cdh_plugin, name, 16);
AT(cdh_plugin, version, 32);
AT(cdh_plugin, description, 48);
AT(cdh_plugin, options, 64);
AT(cdh_plugin, option_count, 72);
AT(cdh_plugin, option_stride, 80);
AT(cdh_plugin, create_connector, 88);
AT(cdh_plugin, create_transform, 96);
AT(cdh_plugin, fingerprint, 104);

VALUE(CDH_OK, 0);
VALUE(CDH_ERROR_CONFIG, 1);
VALUE(CDH_ERROR_TRANSIENT, 2);
VALUE(CDH_ERROR_SYSTEM, 3);
VALUE(CDH_ERROR_DATA, 4);
VALUE(CDH_ERROR_UNSUPPORTED, 5);
VALUE(CDH_ERROR_CANCELLED, 6);
VALUE(CDH_ERROR_INTERNAL, 7);

VALUE(CDH_ABSENT, 0);
VALUE(CDH_NULL, 1);
VALUE(CDH_BOOLEAN, 2);
VALUE(CDH_INTEGER, 3);
VALUE(CDH_DOUBLE, 4);
VALUE(CDH_DECIMAL, 5);
VALUE(CDH_TEXT, 6);
VALUE(CDH_BYTES, 7);
VALUE(CDH_DATE, 8);
VALUE(CDH_LOCAL_TIME, 9);
VALUE(CDH_INSTANT, 10);
VALUE(CDH_JSON, 11);

VALUE(CDH_UPSERT, 0);
VALUE(CDH_DELETE, 1);

VALUE(CDH_OPTION_TEXT, 0);
VALUE(CDH_OPTION_INTEGER, 1);
VALUE(CDH_OPTION_BOOLEAN, 2);
VALUE(CDH_OPTION_TEXT_LIST, 3);
VALUE(CDH_OPTION_TEXT_MAP, 4);
VALUE(CDH_OPTION_PATH, 5);

VALUE(CDH_LOG_DEBUG, 0);
VALUE(CDH_LOG_INFO, 1);
VALUE(CDH_LOG_WARNING, 2);

VALUE(CDH_CONNECTOR, 1);
VALUE(CDH_TRANSFORM, 2);
