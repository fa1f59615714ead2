// Texts that follow the language: each is set by a function that is called again when that changes.
#pragma once

#include <functional>
#include <vector>

namespace nines::gui {

class Texts {
 public:
  void set(std::function<void()> text) {
    text();
    texts_.push_back(std::move(text));
  }
  void again() const {
    for (const auto& text : texts_) text();
  }

 private:
  std::vector<std::function<void()>> texts_;
};

}  // namespace nines::gui
