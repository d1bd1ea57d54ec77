// Writes the manifest of a plugin beside its library: cdh-NAME.json beside cdh-NAME.so. Built and
// run by cdh_add_plugin; docs/plugins.md says what a manifest holds.
//
//     cdh_describe_plugin LIBRARY
//
// Ends with 1 and a message when the library does not load or is no plugin of this SDK.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <cdh/plugin.h>

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

// By elf(5): notes are a head, the owner's name and the content, each padded to four bytes.
std::string build_id_in(std::string_view notes) {
  const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
  ElfW(Nhdr) head;
  while (notes.size() >= sizeof head) {
    std::memcpy(&head, notes.data(), sizeof head);
    const std::size_t content = sizeof head + padded(head.n_namesz);
    if (content + head.n_descsz > notes.size()) break;
    if (head.n_type == NT_GNU_BUILD_ID && notes.substr(sizeof head, 3) == "GNU") {
      std::string id;
      for (const char byte : notes.substr(content, head.n_descsz)) {
        id += kHexDigits[static_cast<unsigned char>(byte) >> 4];
        id += kHexDigits[static_cast<unsigned char>(byte) & 15];
      }
      return id;
    }
    notes.remove_prefix(std::min(notes.size(), content + padded(head.n_descsz)));
  }
  return "";
}

struct Search {
  ElfW(Addr) base;  // of the library that is looked for
  std::string build_id;
};

int look_at(dl_phdr_info* info, std::size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  if (info->dlpi_addr != search.base) return 0;
  for (int i = 0; i < info->dlpi_phnum && search.build_id.empty(); ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const auto* notes = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    search.build_id = build_id_in({notes, segment.p_memsz});
  }
  return 1;
}

struct Library {
  const cdh_plugin* entry;
  std::string build_id;
};

Library load(const std::string& path) {
  void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) throw std::runtime_error(dlerror());
  void* symbol = dlsym(handle, "cdh_plugin_entry");
  if (symbol == nullptr) throw std::runtime_error("it has no cdh_plugin_entry");
  link_map* map = nullptr;
  if (dlinfo(handle, RTLD_DI_LINKMAP, &map) != 0) throw std::runtime_error(dlerror());
  Search search = {map->l_addr, ""};
  dl_iterate_phdr(&look_at, &search);
  if (search.build_id.empty()) throw std::runtime_error("link it with -Wl,--build-id");
  return {reinterpret_cast<cdh_plugin_entry_function>(symbol)(), search.build_id};
}

void require_known_version(const cdh_plugin* entry) {
  const bool is_known = entry != nullptr && CDH_COVERS(entry, create_transform) &&
                        entry->abi_major == CDH_ABI_MAJOR && entry->abi_minor <= CDH_ABI_MINOR &&
                        entry->abi_minor >= CDH_ABI_OLDEST_MINOR;
  if (!is_known) throw std::runtime_error("it is of another version of the boundary");
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20) {
      out += std::string("\\u00") + kHexDigits[byte >> 4] + kHexDigits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string json_text(cdh_string text) {
  return json_text(text.data != nullptr ? std::string_view(text.data, text.size) : "");
}

std::string list_of(cdh_string choices) {
  if (choices.data == nullptr || choices.size == 0) return "[]";
  std::string out = "[";
  std::string_view left(choices.data, choices.size);
  for (std::size_t end = 0; (end = left.find('|')) != left.npos; left.remove_prefix(end + 1)) {
    out += json_text(left.substr(0, end)) + ", ";
  }
  return out + json_text(left) + "]";
}

const char* name_of_type(std::uint8_t type) {
  switch (type) {
    case CDH_OPTION_TEXT:
      return "text";
    case CDH_OPTION_INTEGER:
      return "whole number";
    case CDH_OPTION_BOOLEAN:
      return "true or false";
    case CDH_OPTION_TEXT_LIST:
      return "list";
    case CDH_OPTION_TEXT_MAP:
      return "map";
    case CDH_OPTION_PATH:
      return "path";
    default:
      throw std::runtime_error("it has an option of an unknown type");
  }
}

const char* name_of(bool flag) { return flag ? "true" : "false"; }

std::string to_json(const cdh_option& option) {
  return "{\"option\": " + json_text(option.name) + ", \"type\": \"" + name_of_type(option.type) +
         "\", \"required\": " + name_of(option.required != 0) +
         ", \"secret\": " + name_of(option.secret != 0) +
         ", \"default\": " + json_text(option.default_value) +
         ", \"choices\": " + list_of(option.choices) + ", \"help\": " + json_text(option.help) +
         "}";
}

std::string to_json(const Library& library) {
  const cdh_plugin& plugin = *library.entry;
  std::string out = "{\n  \"manifest\": 1,\n  \"build_id\": " + json_text(library.build_id);
  out += ",\n  \"boundary\": {\"major\": " + std::to_string(plugin.abi_major) +
         ", \"minor\": " + std::to_string(plugin.abi_minor) + "}";
  out += ",\n  \"plugin\": " + json_text(plugin.name);
  out += ",\n  \"kind\": " + json_text(plugin.kind == CDH_CONNECTOR ? "connector" : "transform");
  out += ",\n  \"version\": " + json_text(plugin.version);
  out += ",\n  \"description\": " + json_text(plugin.description);
  out += ",\n  \"options\": [";
  const auto* at = reinterpret_cast<const char*>(plugin.options);
  for (std::size_t i = 0; i < plugin.option_count; ++i, at += plugin.option_stride) {
    out += (i == 0 ? "\n    " : ",\n    ") + to_json(*reinterpret_cast<const cdh_option*>(at));
  }
  return out + (plugin.option_count > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

void write_manifest(const std::filesystem::path& library) {
  const Library loaded = load(std::filesystem::absolute(library).string());
  require_known_version(loaded.entry);
  const std::string manifest = to_json(loaded);
  std::ofstream file(std::filesystem::path(library).replace_extension(".json"));
  if (!(file << manifest << std::flush)) throw std::runtime_error("its folder cannot be written");
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: cdh_describe_plugin LIBRARY\n";
    return 2;
  }
  try {
    write_manifest(arguments[1]);
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << "no manifest for plugin " << arguments[1] << ": " << failure.what() << '\n';
    return 1;
  }
}
