// Runs a fuzz target without libFuzzer: first every seed, then mutations of seeds, the same ones
// each time. Good enough to keep what fuzzing found from coming back, on any compiler.
//
//     fuzz_csv ITERATIONS [FILE or FOLDER]...
//
// A target that crashes leaves the input it crashed on in fuzz-crash.bin in the working directory.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kMaxInputSize = 64 * 1024;
constexpr std::size_t kMaxMutations = 8;  // of one input
constexpr std::uint64_t kSeed = 20240229;

using Input = std::string;
using Random = std::mt19937_64;

// What parsers trip over: quotes, ends of line, brackets, numbers at the edge, broken Unicode.
constexpr std::string_view kTokens[] = {"\"",
                                        "\"\"",
                                        "'",
                                        ",",
                                        ";",
                                        "\t",
                                        "\n",
                                        "\r\n",
                                        "\r",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        ":",
                                        "[[[[[[[[",
                                        "{\"a\":{\"a\":",
                                        "<",
                                        ">",
                                        "</",
                                        "<!--",
                                        "&amp;",
                                        "&#0;",
                                        "\\",
                                        "\\u0000",
                                        "\\ud800",
                                        "\\n",
                                        "=",
                                        "@",
                                        "+",
                                        "-",
                                        ".",
                                        "%",
                                        "%00",
                                        "0",
                                        "-1",
                                        "1e400",
                                        "1e-400",
                                        "-0",
                                        "0x10",
                                        "00",
                                        "2147483648",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "18446744073709551616",
                                        "99999999999999999999999999999999999999999",
                                        "0001-01-01",
                                        "2023-02-29",
                                        "9999-12-31T23:59:60Z",
                                        "null",
                                        "true",
                                        "NaN",
                                        "\xEF\xBB\xBF",
                                        "\xFF\xFE",
                                        "\xC0\x80",
                                        "\xED\xA0\x80",
                                        "\xF4\x90\x80\x80",
                                        "\xE2\x80\xAE",
                                        "\xCC\x81",
                                        "\xF0\x9F\x98\x80",
                                        std::string_view("\0", 1),
                                        std::string_view("PK\3\4", 4),
                                        std::string_view("\x1F\x8B\x08\0", 4),
                                        "\x28\xB5\x2F\xFD"};

// For the signal handler only.
const char* g_current_data = nullptr;
std::size_t g_current_size = 0;

void keep_crash(int signal) {
  const int file = open("fuzz-crash.bin", O_CREAT | O_TRUNC | O_WRONLY, 0644);
  if (file >= 0) {
    if (write(file, g_current_data, g_current_size) >= 0) close(file);
    constexpr std::string_view kMessage = "crashed; the input is in fuzz-crash.bin\n";
    [[maybe_unused]] const auto written = write(STDERR_FILENO, kMessage.data(), kMessage.size());
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const Input& input) {
  // An exact allocation, so that a sanitizer sees a read past the end.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  g_current_data = input.data();
  g_current_size = input.size();
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

std::vector<Input> read_seeds(const std::vector<std::filesystem::path>& places) {
  std::vector<std::filesystem::path> files;
  for (const auto& place : places) {
    if (std::filesystem::is_directory(place)) {
      for (const auto& entry : std::filesystem::directory_iterator(place)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
      }
    } else if (std::filesystem::exists(place)) {
      files.push_back(place);
    }
  }
  std::sort(files.begin(), files.end());  // the order of a folder is not the same everywhere
  std::vector<Input> seeds;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

std::size_t below(Random& random, std::size_t limit) { return limit == 0 ? 0 : random() % limit; }

void mutate(Input& input, const std::vector<Input>& seeds, Random& random) {
  const std::size_t at = below(random, input.size() + 1);
  const std::size_t length = std::min(input.size() - at, 1 + below(random, 16));
  switch (below(random, 8)) {
    case 0:  // flips a bit
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << below(random, 8)));
      break;
    case 1:  // overwrites a byte
      if (at < input.size()) input[at] = static_cast<char>(below(random, 256));
      break;
    case 2:
      input.insert(at, 1 + below(random, 4), static_cast<char>(below(random, 256)));
      break;
    case 3:
      input.erase(at, length);
      break;
    case 4:  // cuts the end off
      if (below(random, 4) == 0) input.resize(at);
      break;
    case 5:
      input.insert(at, kTokens[below(random, std::size(kTokens))]);
      break;
    case 6:  // repeats a piece
      input.insert(at, input.substr(at, length));
      break;
    default: {  // splices a piece of another seed in
      const Input& other = seeds[below(random, seeds.size())];
      const std::size_t from = below(random, other.size() + 1);
      input.insert(at, other, from, 1 + below(random, 64));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s ITERATIONS [FILE or FOLDER]...\n", argv[0]);
    return 2;
  }
  const long iterations = std::strtol(argv[1], nullptr, 10);
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL}) {
    std::signal(signal, keep_crash);
  }

  std::vector<Input> seeds = read_seeds({argv + 2, argv + argc});
  for (const Input& seed : seeds) run(seed);
  const std::size_t seed_count = seeds.size();
  seeds.emplace_back();  // mutations grow from nothing, too

  Random random(kSeed);
  for (long i = 0; i < iterations; ++i) {
    Input input = seeds[below(random, seeds.size())];
    for (std::size_t n = 1 + below(random, kMaxMutations); n > 0; --n) {
      mutate(input, seeds, random);
    }
    if (input.size() > kMaxInputSize) input.resize(kMaxInputSize);
    run(input);
  }
  std::printf("%zu seeds, %ld mutations\n", seed_count, iterations);
  return 0;
}
