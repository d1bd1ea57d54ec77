#include <cmath>
#include <fstream>

#include <cdh/plugin.hpp>

namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == '|') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// A feed of changes: a line of its file is "+7|Lee" (record 7 is now this), "-7" (7 is deleted) or
// "!7|Lee" (this is refused). It goes on after the line that it delivered last. All its streams tell
// the same. The value "nan" is delivered as the double of that name, "#7" as the integer 7.
class Feed final : public cdh::Connector {
 public:
  Feed(const cdh::Settings& settings, cdh::Host&)
      : path_(settings.text("path")),
        rows_(static_cast<std::size_t>(settings.integer("rows"))),
        schema_(fields(settings.list("fields")), 1),
        streams_(settings.list("streams")),
        gate_(settings.text("gate")),
        discover_gate_(settings.text("discover_gate")),
        waits_for_(settings.text("waits_for")),
        lets_in_(settings.text("lets_in")),
        log_(settings.text("log")) {
    if (streams_.empty()) streams_ = {"feed"};
  }
  std::vector<cdh::Stream> discover() override {
    if (!discover_gate_.empty()) std::ifstream wait(discover_gate_);
    std::vector<cdh::Stream> streams;
    for (const std::string& name : streams_) {
      streams.push_back({name, "What changed", schema_, {schema_[0].name}, true});
    }
    return streams;
  }
  void start(const cdh::ReadRequest& request) override {
    if (!waits_for_.empty()) std::ifstream wait(waits_for_);
    if (!lets_in_.empty()) std::ofstream let_in(lets_in_);
    if (!log_.empty()) std::ofstream(log_, std::ios::app) << request.stream << '\n';
    next_ = first_ = request.resume_state.empty() ? 0 : std::stoull(request.resume_state);
    lines_.clear();
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);) lines_.push_back(line);
  }
  bool read(cdh::BatchBuilder& out) override {
    if (next_ >= lines_.size()) return false;
    if (next_ > first_ && !gate_.empty()) std::ifstream wait(gate_);
    out.set_schema(schema_);
    out.set_origin(path_, "line");
    for (; next_ < lines_.size() && out.size() < rows_; ++next_) {
      const std::string& line = lines_[next_];
      cdh::RowBuilder row = out.add_row(next_ + 1);
      const std::vector<std::string> values = split(line.substr(1));
      for (std::size_t i = 0; i < values.size() && i < schema_.size(); ++i) {
        if (values[i] == "nan") {
          row.real(i, std::nan(""));
        } else if (values[i].rfind('#', 0) == 0) {
          row.integer(i, std::stoll(values[i].substr(1)));
        } else {
          row.text(i, values[i]);
        }
      }
      if (line[0] == '-') row.set_delete();
      if (line[0] == '!') row.reject("not readable");
    }
    out.set_resume_state(std::to_string(next_));
    return true;
  }
  // Both ends at once, so that it waits for nobody: who waits, or comes later, goes through.
  void cancel() noexcept override {
    if (!discover_gate_.empty()) opened_.open(discover_gate_);
  }

 private:
  static std::vector<cdh::Field> fields(const std::vector<std::string>& names) {
    std::vector<cdh::Field> out;
    for (const std::string& name : names) out.push_back({name, CDH_TEXT});
    return out;
  }
  std::string path_;
  std::size_t rows_;
  cdh::Schema schema_;
  std::vector<std::string> streams_;
  std::string gate_, discover_gate_, waits_for_, lets_in_, log_;
  std::fstream opened_;
  std::vector<std::string> lines_;
  std::size_t first_ = 0, next_ = 0;
};

constexpr cdh::Option kOptions[] = {
    {"path", CDH_OPTION_PATH, "The file.", "", true},
    {"fields", CDH_OPTION_TEXT_LIST, "The names of the fields, the key first.", "", true},
    {"rows", CDH_OPTION_INTEGER, "How many lines make a batch.", "1000"},
    {"streams", CDH_OPTION_TEXT_LIST, "The names of its streams; \"feed\" when not given."},
    {"gate", CDH_OPTION_PATH, "A FIFO that somebody must open before each further batch."},
    {"discover_gate", CDH_OPTION_PATH,
     "A FIFO that somebody must open before it tells its streams."},
    {"waits_for", CDH_OPTION_PATH,
     "A FIFO that somebody must open for writing before a stream is started."},
    {"lets_in", CDH_OPTION_PATH, "A FIFO that somebody must open for reading, likewise."},
    {"log", CDH_OPTION_PATH, "A file that gets a line for each stream that is started."},
};

}  // namespace

CDH_PLUGIN_CONNECTOR(Feed, "feed", "1.0", "Changes, line by line.", kOptions)
