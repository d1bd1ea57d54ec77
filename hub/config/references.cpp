#include "hub/config/references.hpp"

#include <cstdlib>
#include <fstream>
#include <optional>
#include <system_error>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::uintmax_t kMaxFileBytes = 64 * 1024;
constexpr std::string_view kTooLarge = "the file is larger than 64 KiB";
constexpr std::string_view kHint =
    "; write ${env:NAME}, ${file:PATH} or ${credential:NAME}, or $${ for a plain ${";

class Resolver {
 public:
  Resolver(const Location& where, const std::filesystem::path& folder, ConfigFaults& faults)
      : where_(where), folder_(folder), faults_(faults) {}

  // The value of what stands between "${" and "}"; empty after a fault.
  std::string value_of(std::string_view reference) {
    if (reference.starts_with("env:")) return variable(std::string(reference.substr(4)));
    if (reference.starts_with("file:")) return content(std::string(reference.substr(5)));
    if (reference.starts_with("credential:")) return credential(std::string(reference.substr(11)));
    return fault("unknown reference ${" + std::string(reference) + "}" + std::string(kHint));
  }

  std::string fault(std::string message) {
    faults_.add(where_, std::move(message));
    has_failed_ = true;
    return {};
  }
  bool has_failed() const { return has_failed_; }

 private:
  std::string variable(const std::string& name) {
    const char* value = name.empty() ? nullptr : std::getenv(name.c_str());
    if (value == nullptr) {
      return fault("the environment variable of ${env:" + name + "} is not set");
    }
    if (!is_valid_utf8(value)) {
      return fault("the environment variable of ${env:" + name + "} is not UTF-8 text");
    }
    return value;
  }

  std::string content(const std::string& path) {
    return content(path.empty() ? std::filesystem::path() : folder_ / path,
                   "${file:" + path + "}: ");
  }

  // systemd.exec(5): LoadCredential= puts files into the folder of this variable.
  std::string credential(const std::string& name) {
    const std::string what = "${credential:" + name + "}: ";
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) {
      return fault(what + "CREDENTIALS_DIRECTORY is not set; systemd sets it by LoadCredential=");
    }
    if (name.empty() || name.find('/') != std::string::npos) {
      return fault(what + "a credential's name is no path");
    }
    return content(std::filesystem::path(folder) / name, what);
  }

  std::string content(const std::filesystem::path& file, const std::string& what) {
    std::error_code error;
    // Only plain files: a pipe or a device could block or never end.
    if (file.empty() || !std::filesystem::is_regular_file(file, error)) {
      return fault(what + "there is no such file");
    }
    if (std::filesystem::file_size(file, error) > kMaxFileBytes || error) {
      return fault(what + std::string(kTooLarge));
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) return fault(what + "the file cannot be opened; may this user read it?");
    std::string text(kMaxFileBytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const std::string_view wrong = to_referenced_text(text);
    return wrong.empty() ? text : fault(what + std::string(wrong));
  }

  const Location& where_;
  const std::filesystem::path& folder_;
  ConfigFaults& faults_;
  bool has_failed_ = false;
};

Setting resolve(std::string_view text, const Location& where, const std::filesystem::path& folder,
                Resolver& resolver) {
  Setting setting = Setting::scalar({});
  setting.where = where;
  constexpr std::string_view kFile = "${file:";
  if (text.starts_with(kFile) && text.find('}') == text.size() - 1) {
    const std::string_view path = text.substr(kFile.size(), text.size() - kFile.size() - 1);
    setting.file = std::filesystem::absolute(folder / path).lexically_normal().string();
  }
  for (;;) {
    const std::size_t start = text.find("${");
    if (start == std::string_view::npos) break;
    if (start > 0 && text[start - 1] == '$') {  // "$${": an escaped "${"
      setting.text.append(text.substr(0, start)).append("{");
      text.remove_prefix(start + 2);
      continue;
    }
    const std::size_t end = text.find('}', start);
    if (end == std::string_view::npos) {
      resolver.fault("a \"${\" is not closed by \"}\"" + std::string(kHint));
      break;
    }
    setting.text.append(text.substr(0, start));
    setting.secrets.push_back(resolver.value_of(text.substr(start + 2, end - start - 2)));
    setting.text += setting.secrets.back();
    setting.secret = true;
    text.remove_prefix(end + 1);
  }
  setting.text.append(text);
  return setting;
}

}  // namespace

std::string_view to_referenced_text(std::string& content) {
  if (content.size() > kMaxFileBytes) return kTooLarge;
  if (content.ends_with('\n')) content.pop_back();
  if (content.ends_with('\r')) content.pop_back();
  return is_valid_utf8(content) ? "" : "the file is not UTF-8 text";
}

Setting resolve_references(std::string_view text, const Location& where,
                           const std::filesystem::path& folder, ConfigFaults& faults) {
  Resolver resolver(where, folder, faults);
  return resolve(text, where, folder, resolver);
}

Setting resolve_if_possible(std::string_view text, const Location& where,
                            const std::filesystem::path& folder) {
  ConfigFaults untold;
  Resolver resolver(where, folder, untold);
  Setting resolved = resolve(text, where, folder, resolver);
  if (!resolver.has_failed()) return resolved;
  Setting open = Setting::scalar({});
  open.where = where;
  open.secret = true;
  return open;
}

bool is_left_open(const Setting& setting) {
  return setting.kind == Setting::Kind::scalar && setting.secret && setting.secrets.empty();
}

}  // namespace cdh
