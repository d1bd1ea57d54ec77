#include "hub/plugin_host/plugin_manifest.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/plugin_host/library_file.hpp"

namespace cdh {

namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::uintmax_t kLargestManifest = 1024 * 1024;

// Empty when it cannot be read or is too large: that is no JSON either.
std::string content_of(const std::filesystem::path& path) {
  std::error_code failure;
  if (std::filesystem::file_size(path, failure) > kLargestManifest || failure) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The value that is named so.
template <typename Enum, std::size_t N>
Enum named(const std::array<Enum, N>& values, const std::string& name) {
  for (const Enum value : values) {
    if (name_of(value) == name) return value;
  }
  throw Error(ErrorKind::plugin, "a manifest with the unknown word " + name);
}

PluginOption option_of(const json& manifest) {
  static constexpr std::array kTypes = {OptionType::text,     OptionType::integer,
                                        OptionType::boolean,  OptionType::text_list,
                                        OptionType::text_map, OptionType::path};
  PluginOption option;
  option.name = manifest.at("option").get<std::string>();
  option.type = named(kTypes, manifest.at("type").get<std::string>());
  option.required = manifest.at("required").get<bool>();
  option.secret = manifest.at("secret").get<bool>();
  option.default_value = manifest.at("default").get<std::string>();
  option.choices = manifest.at("choices").get<std::vector<std::string>>();
  option.help = manifest.at("help").get<std::string>();
  return option;
}

PluginDescription description_of(const json& manifest) {
  static constexpr std::array kKinds = {PluginKind::connector, PluginKind::transform};
  PluginDescription about;
  about.kind = named(kKinds, manifest.at("kind").get<std::string>());
  about.name = manifest.at("plugin").get<std::string>();
  about.version = manifest.at("version").get<std::string>();
  about.description = manifest.at("description").get<std::string>();
  about.boundary = {manifest.at("boundary").at("major").get<std::uint32_t>(),
                    manifest.at("boundary").at("minor").get<std::uint32_t>()};
  for (const json& option : manifest.at("options")) about.options.push_back(option_of(option));
  return about;
}

}  // namespace

std::optional<PluginDescription> read_manifest(const std::filesystem::path& library) {
  const std::string content = content_of(std::filesystem::path(library).replace_extension(".json"));
  const std::string build_id = build_id_of(library);
  if (content.empty() || build_id.empty() || !fault_of_library_file(library).empty()) return {};
  try {
    const json manifest = json::parse(content);
    if (manifest.at("manifest") != kFormat || manifest.at("build_id") != build_id) return {};
    return description_of(manifest);
  } catch (const json::exception&) {
    return {};
  } catch (const Error&) {
    return {};
  }
}

}  // namespace cdh
