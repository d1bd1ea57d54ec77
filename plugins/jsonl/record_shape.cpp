#include "record_shape.hpp"

namespace jsonl {

namespace {

// "a.b\.c" -> a | b.c
std::vector<std::string> split_path(const std::string& path) {
  std::vector<std::string> names(1);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '\\' && i + 1 < path.size()) {
      names.back() += path[++i];
    } else if (path[i] == '.') {
      names.emplace_back();
    } else {
      names.back() += path[i];
    }
  }
  return names;
}

}  // namespace

RecordShape::RecordShape() : learns_(true) { root_.taken_apart = true; }

RecordShape::RecordShape(const std::vector<std::pair<std::string, std::string>>& fields)
    : learns_(false) {
  root_.taken_apart = true;
  for (const auto& [column, path] : fields) add_path(column, path);
}

void RecordShape::add_path(const std::string& column, const std::string& path) {
  Node* node = &root_;
  for (const std::string& name : split_path(path)) {
    if (name.empty()) {
      cdh::fail_config("the path \"" + path + "\" of the field \"" + column +
                           "\" has an empty part; write it like address.city or tags.0",
                       "fields");
    }
    const auto known = node->index.find(name);
    node =
        known != node->index.end() ? node->members[known->second].get() : &add_member(*node, name);
  }
  if (node->column >= 0) {
    cdh::fail_config("two fields have the path \"" + path + "\"; keep one of them", "fields");
  }
  node->column = add_column(column);
}

RecordShape::Node& RecordShape::add_member(Node& parent, std::string_view name) {
  auto node = std::make_unique<Node>();
  node->name = name;
  node->depth = parent.depth + 1;
  node->path = parent.depth == 0 ? node->name : parent.path + '.' + node->name;
  node->taken_apart = learns_ && node->depth < kMaxNesting;
  parent.index.emplace(node->name, parent.members.size());
  parent.members.push_back(std::move(node));
  ++node_count_;
  return *parent.members.back();
}

int RecordShape::add_column(const std::string& wanted_name) {
  // A member named "a.b" beside a member b of a: both are kept.
  std::string name = wanted_name;
  for (int i = 2; !names_.insert(name).second; ++i) name = wanted_name + '_' + std::to_string(i);
  columns_.push_back({std::move(name)});
  return static_cast<int>(columns_.size()) - 1;
}

RecordShape::Node* RecordShape::member(Node& parent, std::string_view name, std::size_t& hint) {
  if (hint < parent.members.size() && parent.members[hint]->name == name) {
    return parent.members[hint++].get();
  }
  const auto known = parent.index.find(name);
  if (known != parent.index.end()) {
    hint = known->second + 1;
    return parent.members[known->second].get();
  }
  if (!learns_) return nullptr;
  if (node_count_ >= kMaxNodes) throw TooWide();
  Node& node = add_member(parent, name);
  added_.push_back({&parent, &node});
  hint = parent.members.size();
  return &node;
}

int RecordShape::column_of(Node& node) {
  if (node.column < 0 && learns_) {
    if (columns_.size() >= kMaxColumns) throw TooWide();
    node.column = add_column(node.path);
    added_.push_back({nullptr, &node});
  }
  return node.column;
}

void RecordShape::roll_back() {
  for (; !added_.empty(); added_.pop_back()) {
    const auto [parent, node] = added_.back();
    if (parent == nullptr) {
      names_.erase(columns_.back().name);
      columns_.pop_back();
      node->column = -1;
    } else {
      parent->index.erase(node->name);
      parent->members.pop_back();
      --node_count_;
    }
  }
}

void RecordShape::observe(const std::vector<cdh_value>& values) {
  for (std::size_t i = shown_columns_; i < columns_.size(); ++i) {
    const auto type = static_cast<cdh_type>(values[i].type);
    cdh_type& known = columns_[i].type;
    if (type == CDH_ABSENT || type == CDH_NULL || type == known) continue;
    const bool numbers = (type == CDH_INTEGER || type == CDH_DECIMAL) &&
                         (known == CDH_INTEGER || known == CDH_DECIMAL);
    known = known == CDH_ABSENT ? type : numbers ? CDH_DECIMAL : CDH_TEXT;
  }
}

const cdh::Schema& RecordShape::schema() {
  if (serial_ == 0 || columns_.size() > shown_columns_) {
    std::vector<cdh::Field> fields;
    for (const Column& column : columns_) {
      fields.push_back({column.name, column.type == CDH_ABSENT ? CDH_TEXT : column.type});
    }
    schema_ = cdh::Schema(std::move(fields), ++serial_);
    shown_columns_ = columns_.size();
  }
  return schema_;
}

}  // namespace jsonl
