// Owns a file descriptor of the system.
#pragma once

#include <utility>

namespace cdh {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }

  int number() const { return number_; }  // -1: none
  void close() noexcept;

 private:
  int number_ = -1;
};

}  // namespace cdh
