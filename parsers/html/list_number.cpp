#include "parsers/html/list_number.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

std::string in_letters(int number) {
    constexpr int letters_of_alphabet = 26;
    std::string letters;
    for (; number > 0; number = (number - 1) / letters_of_alphabet)
        letters.insert(letters.begin(),
                       static_cast<char>('a' + (number - 1) % letters_of_alphabet));
    return letters;
}

std::string in_roman(int number) {
    using Digit = std::pair<int, std::string_view>;
    constexpr std::array<Digit, 13> digits{{{1000, "m"},
                                            {900, "cm"},
                                            {500, "d"},
                                            {400, "cd"},
                                            {100, "c"},
                                            {90, "xc"},
                                            {50, "l"},
                                            {40, "xl"},
                                            {10, "x"},
                                            {9, "ix"},
                                            {5, "v"},
                                            {4, "iv"},
                                            {1, "i"}}};
    constexpr int largest = 3999;
    std::string roman;
    if (number > largest) return roman;
    for (const auto& [value, letters] : digits) {
        for (; number >= value; number -= value) roman += letters;
    }
    return roman;
}

}  // namespace

char list_style(std::string_view type) {
    const bool known = type.size() == 1 && std::string_view{"aAiI"}.find(type) != type.npos;
    return known ? type[0] : '1';
}

int number_or(std::string_view attribute, int otherwise) {
    const bool is_number = !attribute.empty() && attribute.size() < 7 &&
                           std::all_of(attribute.begin(), attribute.end(), is_digit);
    return is_number ? std::stoi(std::string{attribute}) : otherwise;
}

std::string list_number(int number, char style) {
    const char kind = lower(style);
    std::string text = kind == 'a' ? in_letters(number) : kind == 'i' ? in_roman(number) : "";
    if (text.empty()) return std::to_string(number);
    if (kind == style) return text;
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return text;
}

}  // namespace bellhop::parsers
