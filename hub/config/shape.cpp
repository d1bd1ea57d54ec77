#include "hub/config/shape.hpp"

namespace cdh::shapes {

namespace {

Shape of_kind(Shape::Kind kind) {
  Shape shape;
  shape.kind = kind;
  return shape;
}

ShapePtr share(Shape shape) { return std::make_shared<const Shape>(std::move(shape)); }

}  // namespace

ShapePtr text() { return share(of_kind(Shape::Kind::text)); }

ShapePtr text(const TextRule& rule) {
  Shape shape = of_kind(Shape::Kind::text);
  shape.rule = &rule;
  return share(std::move(shape));
}

ShapePtr optional_text() {
  Shape shape = of_kind(Shape::Kind::text);
  shape.may_be_empty = true;
  return share(std::move(shape));
}

ShapePtr choice(std::vector<std::string> choices) {
  Shape shape = of_kind(Shape::Kind::text);
  shape.choices = std::move(choices);
  return share(std::move(shape));
}

ShapePtr flag() { return choice({"true", "false"}); }

ShapePtr integer(int min, int max) {
  Shape shape = of_kind(Shape::Kind::integer);
  shape.min = min;
  shape.max = max;
  return share(std::move(shape));
}

ShapePtr decimal(int min, int max) {
  Shape shape = of_kind(Shape::Kind::decimal);
  shape.min = min;
  shape.max = max;
  return share(std::move(shape));
}

ShapePtr list(ShapePtr element) {
  Shape shape = of_kind(Shape::Kind::list);
  shape.element = std::move(element);
  return share(std::move(shape));
}

ShapePtr one_or_list(ShapePtr element) {
  Shape shape = of_kind(Shape::Kind::list);
  shape.element = std::move(element);
  shape.takes_single = true;
  return share(std::move(shape));
}

ShapePtr map(ShapePtr element, const TextRule* key_rule) {
  Shape shape = of_kind(Shape::Kind::map);
  shape.element = std::move(element);
  shape.key_rule = key_rule;
  return share(std::move(shape));
}

ShapePtr record(std::string title, std::vector<ShapeKey> keys) {
  Shape shape = of_kind(Shape::Kind::record);
  shape.title = std::move(title);
  shape.keys = std::move(keys);
  return share(std::move(shape));
}

ShapePtr anything() { return share(of_kind(Shape::Kind::anything)); }

}  // namespace cdh::shapes
