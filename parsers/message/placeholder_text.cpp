#include "parsers/message/placeholder_text.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/html/html_text.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t most_bytes = 2000;  // of a text that may stand for another; with its links
constexpr std::size_t few_words = 10;
constexpr std::size_t most_words_of_excuse = 40;
constexpr std::size_t most_words_of_short_excuse = 12;  // which the shortest HTML outweighs
constexpr std::size_t html_bytes = 512U * 1024;         // of the HTML whose words are counted

/// What programs write that think nobody reads it, in folded form.
constexpr std::array<std::string_view, 37> excuses = {"html viewer",
                                                      "html compatible",
                                                      "html-compatible",
                                                      "html enabled",
                                                      "html-enabled",
                                                      "html capable",
                                                      "html-capable",
                                                      "does not support html",
                                                      "doesn't support html",
                                                      "not support html",
                                                      "cannot display html",
                                                      "can't display html",
                                                      "unable to display html",
                                                      "view this message in html",
                                                      "view html",
                                                      "html format",
                                                      "html version",
                                                      "html email",
                                                      "html e-mail",
                                                      "html mail",
                                                      "in your browser",
                                                      "in a browser",
                                                      "in a web browser",
                                                      "view this email",
                                                      "view this message",
                                                      "view it online",
                                                      "view online",
                                                      "im browser",
                                                      "html-ansicht",
                                                      "html-format",
                                                      "html-fähig",
                                                      "au format html",
                                                      "dans votre navigateur",
                                                      "en su navegador",
                                                      "in uw browser",
                                                      "nel tuo browser",
                                                      "unsubscribe"};

/// Where a bracket closes that names a picture: "[cid:image001.png@01DB1234]", "[image: logo]".
std::size_t picture_end(std::string_view low, std::size_t at) {
    constexpr std::size_t longest = 200;
    const std::string_view rest = low.substr(at);
    if (!rest.starts_with("[cid:") && !rest.starts_with("[image") && !rest.starts_with("[logo") &&
        !rest.starts_with("[inline"))
        return at;
    const std::size_t close = rest.substr(0, longest).find(']');
    return close == rest.npos ? at : at + close + 1;
}

/// Words: letters of any script with letters or digits around them; links and pictures hold none.
std::size_t words_in(std::string_view low, std::size_t most) {
    constexpr std::string_view blanks = " \t\n\r<>()\"";
    std::size_t words = 0;
    for (std::size_t at = low.find_first_not_of(blanks); at != low.npos && words < most;
         at = low.find_first_not_of(blanks, at)) {
        if (const std::size_t end = picture_end(low, at); end > at) {
            at = end;
            continue;
        }
        const std::size_t end = std::min(low.find_first_of(blanks, at), low.size());
        const std::string_view word = low.substr(at, end - at);
        const bool link = word.find("://") != word.npos || word.starts_with("www.");
        const bool says = std::any_of(word.begin(), word.end(),
                                      [](char c) { return is_alpha(c) || is_digit(c); });
        // What is no letter of ASCII may be a byte order mark or a blank of some kind.
        bool letters = says;
        for (std::size_t i = 0; i < word.size() && !letters;) {
            const CodePoint point = code_point_at(word, i);
            const bool blank =
                point.value < 0xC0 || (point.value >= 0x2000 && point.value < 0x2C00) ||
                point.value == 0xFEFF || point.value == 0xFFFD || point.value == 0x3000 ||
                point.value == 0x34F || point.value == 0x180E;
            letters = !blank;
            i += point.length;
        }
        words += letters && !link ? 1 : 0;
        at = end;
    }
    return words;
}

}  // namespace

bool is_placeholder(std::string_view plain, std::string_view html) {
    if (plain.size() > most_bytes) return false;
    const std::string low = folded(plain);
    const std::size_t words = words_in(low, most_words_of_excuse + 1);
    if (words > most_words_of_excuse) return false;
    const bool excuse = has_any(low, excuses);
    if (words >= few_words && !excuse) return false;
    const std::size_t shown = words_in(folded(html_to_text(html.substr(0, html_bytes))), 500);
    if (words == 0) return shown > 0;
    if (excuse) return shown > words || (words <= most_words_of_short_excuse && shown > 0);
    return shown > words * 3;
}

}  // namespace bellhop::parsers
