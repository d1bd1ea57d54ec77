// Which member of a record goes into which column: a tree of member names, learnt from the records
// themselves or given by the settings.
//
//     {"id": 7, "address": {"city": "Lyon"}, "tags": ["a"]}   ->   id | address.city | tags
//
// A learning shape takes nested objects apart, down to kMaxNesting levels; deeper objects and all
// arrays are one column of JSON. It grows when a record brings a new member; columns never move.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/plugin.hpp>

namespace jsonl {

class RecordShape {
 public:
  struct Node {
    std::string name;
    std::string path;          // names from the record down, joined by points
    int column = -1;           // for the value itself; -1: none
    bool taken_apart = false;  // as an object, it is only its members
    int depth = 0;
    std::vector<std::unique_ptr<Node>> members;  // in order of first appearance
    std::map<std::string, std::size_t, std::less<>> index;
  };

  // Learns from the records.
  RecordShape();
  // Exactly these columns: name -> path, such as first_tag -> tags.0; `\.` is a point within a
  // name. Throws cdh::PluginError(config).
  explicit RecordShape(const std::vector<std::pair<std::string, std::string>>& fields);

  bool learns() const { return learns_; }
  Node& root() { return root_; }
  std::size_t column_count() const { return columns_.size(); }

  // The member, added when a learning shape has not met it; nullptr when it is of no interest.
  // `hint` is where to look first: 0 for an object's first member, then as it was left. Throws
  // TooWide.
  Node* member(Node& parent, std::string_view name, std::size_t& hint);
  // The node's own column, added when a learning shape has none yet; -1: of no interest. Throws
  // TooWide.
  int column_of(Node& node);

  // The record would add more columns than a shape may have.
  struct TooWide {};

  // A record was good: what it added stays. Otherwise roll_back() forgets it.
  void keep() { added_.clear(); }
  void roll_back();

  // Takes note of a value's type, for the columns that no schema() has shown yet.
  void observe(const std::vector<cdh_value>& values);
  // The columns as they are now; the same serial as before while there are no new ones.
  const cdh::Schema& schema();

  static constexpr int kMaxNesting = 5;
  static constexpr std::size_t kMaxColumns = 2000;
  static constexpr std::size_t kMaxNodes = 2 * kMaxColumns;  // objects have nodes, too

 private:
  struct Column {
    std::string name;
    cdh_type type = CDH_ABSENT;
  };
  // What a record added: `node` below `parent`, or only a column of `node`.
  struct Added {
    Node* parent;  // nullptr: the node was there
    Node* node;
  };
  Node& add_member(Node& parent, std::string_view name);
  int add_column(const std::string& wanted_name);
  void add_path(const std::string& column, const std::string& path);

  bool learns_;
  Node root_;
  std::vector<Column> columns_;
  std::set<std::string, std::less<>> names_;  // of columns
  std::size_t node_count_ = 0;
  std::vector<Added> added_;
  cdh::Schema schema_;
  std::uint64_t serial_ = 0;
  std::size_t shown_columns_ = 0;
};

}  // namespace jsonl
