#include "hub/config/yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <map>
#include <optional>
#include <streambuf>
#include <string>
#include <unordered_map>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "hub/base/text.hpp"
#include "hub/config/references.hpp"

namespace cdh {

namespace {

struct Extent {
  std::size_t nodes = 1;
  std::size_t depth = 1;
};

Extent extent_of(const Setting& setting) {
  Extent extent;
  const auto include = [&](const Setting& child) {
    const Extent inner = extent_of(child);
    extent.nodes += inner.nodes;
    extent.depth = std::max(extent.depth, inner.depth + 1);
  };
  for (const Setting& item : setting.items) include(item);
  for (const auto& [key, member] : setting.members) include(member);
  return extent;
}

// Builds the tree from the parser's events. Limits are thrown as the parser's own exception, so
// that they take the same way out as a syntax error.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const std::filesystem::path& file, ConfigFaults& faults,
              const NeededReferences& needed)
      : file_(file.string()), folder_(file.parent_path()), faults_(faults), needed_(needed) {}

  Setting take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      throw YAML::ParserException(mark, "a second document begins; the file must hold one");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    count(mark, {});
    Setting setting;
    setting.where = at(mark);
    finish(mark, std::move(setting), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw YAML::ParserException(mark, "an alias stands inside itself");
    count(mark, extent_of(found->second));
    place(mark, found->second);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                const std::string& value) override {
    count(mark, {});
    if (expects_key()) {  // names are not secret, and may hold any text
      Setting key = Setting::scalar(value);
      key.where = at(mark);
      return finish(mark, std::move(key), anchor);
    }
    finish(mark,
           is_needed() ? resolve_references(value, at(mark), folder_, faults_)
                       : resolve_if_possible(value, at(mark), folder_),
           anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, Setting::Kind::list, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, Setting::Kind::map, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override {
    resolve_merge_keys(open_.back().setting);
    close();
  }

 private:
  struct Container {
    Setting setting;
    YAML::anchor_t anchor;
    YAML::Mark mark;
    std::optional<std::string> key;  // of a map: read, its value not yet
    int key_line = 0;
    std::unordered_map<std::string, int> key_lines;
  };

  Location at(const YAML::Mark& mark) const { return {file_, mark.line + 1}; }

  bool expects_key() const {
    return !open_.empty() && open_.back().setting.kind == Setting::Kind::map && !open_.back().key;
  }

  // Of the place that is being read.
  bool is_needed() const {
    if (!needed_) return true;
    std::vector<std::string_view> keys;
    for (const Container& container : open_) {
      if (container.key) keys.push_back(*container.key);
    }
    return needed_(keys);
  }

  void count(const YAML::Mark& mark, const Extent& extent) {
    nodes_ += extent.nodes;
    if (nodes_ > kMaxYamlNodes) {
      throw YAML::ParserException(
          mark, "there are more than " + std::to_string(kMaxYamlNodes) + " values");
    }
    if (open_.size() + extent.depth > kMaxYamlDepth) {
      throw YAML::ParserException(
          mark, "values are nested deeper than " + std::to_string(kMaxYamlDepth) + " levels");
    }
  }

  void open(const YAML::Mark& mark, Setting::Kind kind, YAML::anchor_t anchor) {
    count(mark, {});
    Container container{{}, anchor, mark, {}, 0, {}};
    container.setting.kind = kind;
    container.setting.where = at(mark);
    open_.push_back(std::move(container));
  }

  void close() {
    Container done = std::move(open_.back());
    open_.pop_back();
    finish(done.mark, std::move(done.setting), done.anchor);
  }

  void finish(const YAML::Mark& mark, Setting setting, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = setting;
    place(mark, std::move(setting));
  }

  void place(const YAML::Mark& mark, Setting setting) {
    if (open_.empty()) {
      root_ = std::move(setting);
      return;
    }
    Container& parent = open_.back();
    if (parent.setting.kind == Setting::Kind::list) {
      parent.setting.items.push_back(std::move(setting));
    } else if (!parent.key) {
      if (setting.kind != Setting::Kind::scalar) {
        throw YAML::ParserException(mark, "a key must be a plain text");
      }
      parent.key = std::move(setting.text);
      parent.key_line = mark.line + 1;
    } else {
      add_member(parent, std::move(setting));
    }
  }

  void add_member(Container& parent, Setting setting) {
    const std::string key = *std::exchange(parent.key, std::nullopt);
    const auto [first, is_new] = parent.key_lines.emplace(key, parent.key_line);
    if (!is_new) {
      faults_.add({file_, parent.key_line}, "key \"" + key + "\" is given twice, first in line " +
                                                std::to_string(first->second));
      return;
    }
    // A block under "key:" starts on the next line; the key's own line is what people look for.
    setting.where = {file_, parent.key_line};
    parent.setting.members.emplace_back(key, std::move(setting));
  }

  // `<<: *base`: the members of base that the map does not have itself. https://yaml.org/type/merge
  void resolve_merge_keys(Setting& map) {
    const auto merge = std::find_if(map.members.begin(), map.members.end(),
                                    [](const auto& member) { return member.first == "<<"; });
    if (merge == map.members.end()) return;
    const Setting bases = std::move(merge->second);
    map.members.erase(merge);
    const auto merge_one = [&](const Setting& base) {
      if (base.kind != Setting::Kind::map) {
        faults_.add(bases.where, "\"<<\" needs a map, such as *name, not " + masked(base));
      }
      for (const auto& member : base.members) {
        if (map.find(member.first) == nullptr) map.members.push_back(member);
      }
    };
    if (bases.kind != Setting::Kind::list) return merge_one(bases);
    for (const Setting& base : bases.items) merge_one(base);
  }

  std::string file_;
  std::filesystem::path folder_;
  ConfigFaults& faults_;
  const NeededReferences& needed_;
  Setting root_;
  std::vector<Container> open_;
  std::map<YAML::anchor_t, Setting> anchors_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

// The parser's words for the commonest slips, said so that they can be acted on.
std::string plain_sentence(const std::string& message) {
  struct Translation {
    std::string_view said, plain;
  };
  static constexpr std::array kTranslations = {
      Translation{"illegal map value",
                  "a \":\" stands where none may; a text that holds \": \" needs quotes"},
      Translation{"end of map not found", "this line's indentation fits nothing above it"},
      Translation{"end of sequence not found", "this line's indentation fits no list above it"},
      Translation{"end of sequence flow not found", "a \"[\" is not closed by \"]\""},
      Translation{"end of map flow not found", "a \"{\" is not closed by \"}\""},
      Translation{"the referenced anchor is not defined", "there is no anchor of this name above"},
  };
  for (const Translation& translation : kTranslations) {
    if (message.starts_with(translation.said)) return std::string(translation.plain);
  }
  return message;
}

// The first line, up to `last`, that is indented with a tab; 0 = none.
int tab_indented_line(std::string_view text, int last) {
  int number = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (++number > last) return 0;
    const std::string_view indent = line.substr(0, line.find_first_not_of(" \t"));
    if (indent.find('\t') != std::string_view::npos && indent.size() < line.size()) return number;
  }
  return 0;
}

// Reads a text in place.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

}  // namespace

std::optional<Setting> read_yaml(std::string_view text, const std::filesystem::path& file,
                                 ConfigFaults& faults, const NeededReferences& needed) {
  if (text.size() > kMaxYamlBytes) {
    faults.add({file.string(), 0}, "the file is larger than 4 MiB");
    return std::nullopt;
  }
  if (!is_valid_utf8(text)) {
    faults.add({file.string(), 0}, "the file is not UTF-8 text; save it as UTF-8");
    return std::nullopt;
  }
  TreeBuilder builder(file, faults, needed);
  try {
    ViewBuffer buffer(text);
    std::istream in(&buffer);
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    const int line = error.mark.line + 1;
    if (const int tab = tab_indented_line(text, line + 1); tab > 0) {
      faults.add({file.string(), tab}, "the line is indented with a tab; use spaces");
    } else {
      faults.add({file.string(), line}, "not valid YAML: " + plain_sentence(error.msg));
    }
    return std::nullopt;
  }
  return builder.take_root();
}

}  // namespace cdh
