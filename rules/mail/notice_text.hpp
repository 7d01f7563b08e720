// What a mail to the people of the desk takes over of a customer's mail: his words, bounded, and
// the telephone number that he has signed with.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bellhop::rules {

constexpr std::size_t most_quoted_bytes = 4000;  // of a mail: what a phone shows in some screens
constexpr std::size_t most_quoted_lines = 80;

/// The words as a notice shows them: cut at whole lines where they are long, and then `marked` says
/// so; links cannot be clicked, control characters are gone. Empty lines at both ends are left out.
struct QuotedWords {
    std::string text = {};
    bool is_cut = false;

    friend bool operator==(const QuotedWords&, const QuotedWords&) = default;
};
QuotedWords quoted_words(std::string_view text);

/// Each line behind "> ": a reply program takes it for what it is.
std::string as_quotation(std::string_view text);

/// The telephone number in the lines that a sender has signed with: "01632 960 123 ext 4". `text`
/// is his whole mail; what he quotes is not looked at. Empty where there is none.
std::string signed_phone(std::string_view text);

}  // namespace bellhop::rules
