// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/condition.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "sim/core/text.hpp"

namespace truce::scenario {
namespace {

// Longer ones first: `<=` is no `<`.
struct Spelling {
  std::string_view text;
  Comparator comparator;
};
constexpr std::array comparator_spellings{
    Spelling{"<=", Comparator::at_most}, Spelling{">=", Comparator::at_least},
    Spelling{"==", Comparator::equal},   Spelling{"!=", Comparator::unequal},
    Spelling{"<", Comparator::below},    Spelling{">", Comparator::above}};

constexpr std::string_view condition_form =
    "Write FACTOR < FACTOR or FACTOR < NUMBER, with <, <=, >, >=, == or !=.";

class ConditionReader {
 public:
  ConditionReader(const std::string& text, const Position& at, std::span<const Factor> factors,
                  Problems& problems)
      : text_(text), at_(at), factors_(factors), problems_(problems) {}

  std::optional<Condition> read() {
    const Spelling* sign = nullptr;
    std::size_t place = std::string::npos;
    for (const auto& one : comparator_spellings) {
      const auto found = text_.find(one.text);
      if (found < place) {
        place = found;
        sign = &one;
      }
    }
    if (sign == nullptr) return refuse("there is nothing that compares in it", condition_form);
    const std::string left(trim(text_.substr(0, place)));
    const std::string right(trim(text_.substr(place + sign->text.size())));
    for (const auto& one : comparator_spellings) {
      if (right.find(one.text) != std::string::npos) {
        return refuse("it compares twice", "Write a condition for each of the two.");
      }
    }
    if (left.empty() || right.empty()) return refuse("a side of it is empty", condition_form);
    Condition condition{operand(left), sign->comparator, operand(right), text_, at_};
    return fits(condition) ? std::optional(condition) : std::nullopt;
  }

 private:
  std::nullopt_t refuse(const std::string& what, std::string_view accepted) {
    problems_.add({Code::bad_condition, at_, "where", "'" + printable(text_) + "': " + what,
                   std::string(accepted)});
    return std::nullopt;
  }

  Operand operand(const std::string& text) const {
    Operand one;
    const auto found = std::ranges::find(factors_, text, &Factor::name);
    if (found != factors_.end()) {
      one.factor = static_cast<std::size_t>(found - factors_.begin());
      return one;
    }
    const auto parts = parse_measure(text);
    const auto unit = parts ? parse_unit(parts->unit_text) : std::nullopt;
    if (unit) {
      one.number = parts->number * unit->factor;
      one.dimension = unit->dimension;
    }
    one.word = text;
    return one;
  }

  const Factor* factor_of(const Operand& one) const {
    return one.factor ? &factors_[*one.factor] : nullptr;
  }

  bool fits(const Condition& condition) {
    const Factor* left = factor_of(condition.left);
    const Factor* right = factor_of(condition.right);
    for (const auto* one : {&condition.left, &condition.right}) {
      const Factor* other = one == &condition.left ? right : left;
      if (one->factor || one->number || (other != nullptr && !other->numeric)) continue;
      std::vector<std::string> names;
      for (const auto& factor : factors_) names.push_back(factor.name);
      const std::string hint = did_you_mean(one->word, names);
      refuse("there is no factor '" + printable(one->word) + "'",
             hint.empty() ? "Factors: " + join(names, ", ") + "." : hint.substr(1));
      return false;
    }
    if (left == nullptr && right == nullptr) {
      refuse("it names no factor", condition_form);
      return false;
    }
    const bool words = (left != nullptr && !left->numeric) || (right != nullptr && !right->numeric);
    return words ? words_fit(condition, left, right) : numbers_fit(condition, left, right);
  }

  bool words_fit(const Condition& condition, const Factor* left, const Factor* right) {
    if (condition.comparator != Comparator::equal && condition.comparator != Comparator::unequal) {
      refuse("words have no order", "Compare them by == or !=.");
      return false;
    }
    if (left != nullptr && right != nullptr) return true;
    const Factor& factor = left != nullptr ? *left : *right;
    const Operand& other = left != nullptr ? condition.right : condition.left;
    std::vector<std::string> words;
    for (const auto& value : factor.listed) words.push_back(value.text);
    if (words.empty() || std::ranges::find(words, other.word) != words.end()) return true;
    const std::string hint = did_you_mean(other.word, words);
    refuse(
        printable(factor.name) + " is never '" + printable(other.word) + "'",
        hint.empty() ? "It is one of: " + printable(join(words, ", "), 200) + "." : hint.substr(1));
    return false;
  }

  bool numbers_fit(const Condition& condition, const Factor* left, const Factor* right) {
    const auto dimension_of = [](const Factor* factor, const Operand& one) {
      return factor != nullptr ? factor->dimension : one.dimension;
    };
    const auto a = dimension_of(left, condition.left);
    const auto b = dimension_of(right, condition.right);
    if (a == b) return true;
    const auto unit = [](Dimension dimension) {
      const std::string label = unit_label(dimension);
      return label.empty() ? std::string("no unit") : label;
    };
    refuse("its sides have different units, " + unit(a) + " and " + unit(b),
           "Compare what can be compared.");
    return false;
  }

  const std::string& text_;
  const Position& at_;
  std::span<const Factor> factors_;
  Problems& problems_;
};

template <class T>
bool compared(const T& left, Comparator comparator, const T& right) {
  switch (comparator) {
    case Comparator::below:
      return left < right;
    case Comparator::at_most:
      return left <= right;
    case Comparator::above:
      return left > right;
    case Comparator::at_least:
      return left >= right;
    case Comparator::equal:
      return left == right;
    case Comparator::unequal:
      break;
  }
  return left != right;
}

}  // namespace

std::optional<Condition> read_condition(const std::string& text, const Position& at,
                                        std::span<const Factor> factors, Problems& problems) {
  return ConditionReader(text, at, factors, problems).read();
}

bool holds(const Condition& condition, std::span<const FactorValue> values) {
  const auto number = [&](const Operand& one) {
    return one.factor ? values[*one.factor].number : one.number;
  };
  const auto left = number(condition.left);
  const auto right = number(condition.right);
  if (left && right) return compared(*left, condition.comparator, *right);
  const auto word = [&](const Operand& one) {
    return one.factor ? values[*one.factor].text : one.word;
  };
  return compared(word(condition.left), condition.comparator, word(condition.right));
}

}  // namespace truce::scenario
