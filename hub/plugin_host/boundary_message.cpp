#include "hub/plugin_host/boundary_message.hpp"

#include <cstring>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/plugin_host/boundary_view.hpp"

namespace cdh {

namespace {

template <std::size_t N>
void copy_text(std::string_view text, char (&out)[N]) {
  text = cut_utf8(text, N - 1);
  out[text.copy(out, text.size())] = '\0';
}

// Of a column, whose type is no more than a hint.
std::uint8_t type_of(std::uint64_t number) {
  return number <= CDH_JSON ? static_cast<std::uint8_t>(number) : std::uint8_t{CDH_TEXT};
}

bool holds_text(const cdh_value& value) { return value.type == CDH_TEXT; }

std::string read_string(MessageReader& in) { return std::string(in.text()); }

}  // namespace

// --- Description ---------------------------------------------------------------------------------

void write_description(const PluginDescription& plugin, MessageWriter& out) {
  out.number(static_cast<std::uint64_t>(plugin.kind));
  out.text(plugin.name);
  out.text(plugin.version);
  out.text(plugin.description);
  out.number(plugin.boundary.major);
  out.number(plugin.boundary.minor);
  out.number(plugin.options.size());
  for (const PluginOption& option : plugin.options) {
    out.text(option.name);
    out.number(static_cast<std::uint64_t>(option.type));
    out.number(option.required ? 1 : 0);
    out.number(option.secret ? 1 : 0);
    out.text(option.default_value);
    out.number(option.choices.size());
    for (const std::string& choice : option.choices) out.text(choice);
    out.text(option.help);
  }
}

PluginDescription read_description(MessageReader& in) {
  PluginDescription plugin;
  plugin.kind = in.number() == 0 ? PluginKind::connector : PluginKind::transform;
  plugin.name = read_string(in);
  plugin.version = read_string(in);
  plugin.description = read_string(in);
  plugin.boundary.major = static_cast<std::uint32_t>(in.number());
  plugin.boundary.minor = static_cast<std::uint32_t>(in.number());
  for (std::uint64_t left = in.number(); left > 0; --left) {
    PluginOption option;
    option.name = read_string(in);
    const std::uint64_t type = in.number();
    if (type > static_cast<std::uint64_t>(OptionType::path)) fail_broken_message("an option");
    option.type = static_cast<OptionType>(type);
    option.required = in.number() != 0;
    option.secret = in.number() != 0;
    option.default_value = read_string(in);
    for (std::uint64_t more = in.number(); more > 0; --more) {
      option.choices.push_back(read_string(in));
    }
    option.help = read_string(in);
    plugin.options.push_back(std::move(option));
  }
  return plugin;
}

// --- Outcome -------------------------------------------------------------------------------------

void set_message(cdh_error& error, std::string_view message) { copy_text(message, error.message); }

void write_outcome(cdh_status status, const cdh_error& error, MessageWriter& out) {
  out.number(static_cast<std::uint64_t>(status));
  if (status == CDH_OK) return;
  out.number(static_cast<std::uint64_t>(error.retry_after_ms));
  out.text({error.message, ::strnlen(error.message, sizeof error.message)});
  out.text({error.field, ::strnlen(error.field, sizeof error.field)});
}

cdh_status read_outcome(MessageReader& in, cdh_error& error) {
  const std::uint64_t status = in.number();
  if (status == CDH_OK) return CDH_OK;
  error.retry_after_ms = static_cast<std::int64_t>(in.number());
  copy_text(in.text(), error.message);
  copy_text(in.text(), error.field);
  return status <= CDH_ERROR_INTERNAL ? static_cast<cdh_status>(status) : CDH_ERROR_INTERNAL;
}

// --- Settings ------------------------------------------------------------------------------------

void write_settings(const cdh_settings& settings, MessageWriter& out) {
  out.number(settings.count);
  for (std::size_t i = 0; i < settings.count; ++i) {
    const cdh_setting& setting = item_at(settings.settings, settings.setting_stride, i);
    out.text(view(setting.name));
    out.number(setting.count);
    for (const cdh_value& value : std::span(setting.values, setting.count)) {
      out.number(value.type);
      if (holds_text(value)) {
        out.text({value.as.text, value.length});
      } else {
        out.number(static_cast<std::uint64_t>(value.as.integer));
      }
    }
  }
}

ReceivedSettings::ReceivedSettings(MessageReader& in) {
  for (std::uint64_t left = in.number(); left > 0; --left) {
    const std::string_view name = in.text();
    std::vector<cdh_value>& values = values_.emplace_back();
    for (std::uint64_t more = in.number(); more > 0; --more) {
      cdh_value value{};
      value.type = static_cast<std::uint8_t>(in.number());
      if (holds_text(value)) {
        const std::string_view text = in.text();
        value.as.text = text.data();
        value.length = static_cast<std::uint32_t>(text.size());
      } else {
        value.as.integer = static_cast<std::int64_t>(in.number());
      }
      values.push_back(value);
    }
    list_.push_back({borrow(name), values.data(), values.size()});
  }
  settings_ = {sizeof(cdh_settings), sizeof(cdh_setting), list_.data(), list_.size()};
}

// --- Catalog -------------------------------------------------------------------------------------

void write_catalog(const std::vector<StreamInfo>& streams, MessageWriter& out) {
  out.number(streams.size());
  for (const StreamInfo& stream : streams) {
    out.text(stream.name);
    out.text(stream.description);
    out.number(stream.incremental ? 1 : 0);
    out.number(stream.open ? 1 : 0);
    out.number(stream.key.size());
    for (const std::string& name : stream.key) out.text(name);
    out.number(stream.columns.size());
    for (const Column& column : stream.columns) {
      out.text(column.name);
      out.number(static_cast<std::uint64_t>(column.type));
    }
  }
}

cdh_catalog read_catalog(MessageReader in, Message&& message) {
  struct Owned {
    Message message;
    std::deque<std::vector<cdh_string>> keys;
    std::deque<std::vector<cdh_field>> fields;
    std::deque<cdh_schema> schemas;
    std::vector<cdh_stream> streams;
  };
  auto owned = std::make_unique<Owned>();
  for (std::uint64_t left = in.number(); left > 0; --left) {
    cdh_stream stream{};
    stream.name = borrow(in.text());
    stream.description = borrow(in.text());
    stream.incremental = in.number() != 0 ? 1 : 0;
    stream.open = in.number() != 0 ? 1 : 0;
    std::vector<cdh_string>& key = owned->keys.emplace_back();
    for (std::uint64_t more = in.number(); more > 0; --more) key.push_back(borrow(in.text()));
    std::vector<cdh_field>& fields = owned->fields.emplace_back();
    for (std::uint64_t more = in.number(); more > 0; --more) {
      const cdh_string name = borrow(in.text());
      const std::uint64_t type = in.number();
      fields.push_back({name, type_of(type)});
    }
    owned->schemas.push_back(
        {sizeof(cdh_schema), sizeof(cdh_field), 0, fields.size(), fields.data()});
    stream.schema = &owned->schemas.back();
    stream.key = key.data();
    stream.key_count = key.size();
    owned->streams.push_back(stream);
  }
  owned->message = std::move(message);
  cdh_catalog catalog{};
  catalog.size = sizeof catalog;
  catalog.stream_stride = sizeof(cdh_stream);
  catalog.streams = owned->streams.data();
  catalog.count = owned->streams.size();
  catalog.private_data = owned.release();
  catalog.release = [](cdh_catalog* self) {
    delete static_cast<Owned*>(self->private_data);
    self->release = nullptr;
  };
  return catalog;
}

}  // namespace cdh
