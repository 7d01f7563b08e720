#include "parsers/reply/boilerplate.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "parsers/reply/boilerplate_words.hpp"
#include "parsers/reply/signature_line.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_head = 1200;     // bytes of a paragraph that are looked at
constexpr std::size_t shortest_law = 120;  // bytes of one that does not begin as others do
constexpr std::size_t enough_law = 4;      // words and phrases of it
constexpr std::size_t enough_behind_opening = 2;
constexpr std::size_t most_lines_below_creed = 6;
constexpr std::size_t most_banner_lines = 8;

/// The beginning of a paragraph as one line.
std::string head_of(std::span<const TextLine> paragraph) {
    std::string head;
    for (const TextLine& line : paragraph) {
        if (head.size() >= max_head) break;
        head += stripped(line.low.substr(0, max_head));
        head += ' ';
    }
    return head;
}

/// A person who writes of himself.
bool is_personal(std::string_view low) {
    constexpr std::array<std::string_view, 5> words = {"i", "i'm", "i've", "my", "me"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return has_word(low, word); });
}

template <class Words>
std::size_t count_of(std::string_view text, const Words& words) {
    return static_cast<std::size_t>(std::count_if(
        words.begin(), words.end(),
        [&](std::string_view word) { return text.find(word) != std::string_view::npos; }));
}

std::string_view without_ornament(std::string_view low) {
    const std::size_t first = low.find_first_not_of(" \t*_-=~#[(\"'");
    return first == low.npos ? std::string_view{} : low.substr(first);
}

/// Whether a paragraph is the law of a mail. Somebody who asks about such a text ("our disclaimer
/// says …") names it.
bool is_law(std::string_view head) {
    const std::string_view text = without_ornament(head);
    if (text.find('?') != text.npos || is_personal(text)) return false;
    constexpr std::array<std::string_view, 3> named = {"disclaimer", "footer", "signature"};
    const bool heads = text.starts_with("disclaimer") || text.starts_with("email disclaimer") ||
                       text.starts_with("legal disclaimer");
    if (!heads && has_any(text, named)) return false;
    const std::size_t found = count_of(text, legal_words) + count_of(text, legal_phrases);
    if (starts_with_any(text, legal_beginnings) && found >= enough_behind_opening) return true;
    return text.size() >= shortest_law && found >= enough_law && has_any(text, legal_stems);
}

/// "Confidentiality notice" above a paragraph of it.
bool is_heading_of_law(std::span<const TextLine> lines, std::size_t at) {
    constexpr std::size_t longest = 60;  // bytes
    const std::string_view low = without_punctuation(without_ornament(stripped(lines[at].low)));
    if (low.size() > longest) return false;
    const bool heading = low.find("confidentiality notice") != low.npos || low == "disclaimer" ||
                         low == "email disclaimer";
    if (!heading) return false;
    std::size_t next = at + 1;
    while (next < lines.size() && lines[next].is_empty()) ++next;
    return next < lines.size() && is_law(head_of(paragraph_at(lines, next)));
}

bool is_creed(std::string_view low) {
    const bool tells_whom_to_call =
        low.starts_with("if ") && low.find(" child ") != std::string::npos &&
        has_any(low, std::array<std::string_view, 4>{"call ", "dial ", "contact ", "ring "});
    if (!tells_whom_to_call && !has_any(low, creed_words)) return false;
    return low.find('?') == low.npos && !is_personal(low);
}

/// What schools print below every mail, from the line on to the end of its paragraph.
std::size_t creed_at(std::span<const TextLine> lines, std::size_t at) {
    if (!is_creed(lines[at].low)) return 0;
    const auto below = lines.subspan(at + 1);
    const auto filled = std::count_if(below.begin(), below.end(),
                                      [](const TextLine& line) { return !line.is_empty(); });
    if (static_cast<std::size_t>(filled) > most_lines_below_creed) return 0;
    const auto rest = paragraph_at(lines, at);
    const std::string head = head_of(rest);
    return head.find('?') == std::string::npos && !is_personal(head) ? rest.size() : 1;
}

/// "____" above the name and the address of a list.
std::size_t list_footer_at(std::span<const TextLine> lines, std::size_t at) {
    constexpr std::size_t most_lines = 5;
    const std::string_view shown = stripped(lines[at].text);
    if (!shown.starts_with("_____") || !is_rule(shown)) return 0;
    const auto rest = paragraph_at(lines, at);
    const std::string head = head_of(rest);
    const bool list = has_any(head, std::array<std::string_view, 4>{"mailing list", "list-info",
                                                                    "listinfo", "unsubscribe"});
    return list && rest.size() <= most_lines && head.find("://") != std::string::npos ? rest.size()
                                                                                      : 0;
}

/// What a sentence, or a line, is in a banner.
struct BannerWords {
    bool possible = false;  // nothing in it that stands in none
    bool certain = false;   // it says that the mail comes from outside
};

/// "This email originated from outside of the organisation"
bool says_from_outside(std::string_view sentence) {
    constexpr std::size_t most_behind = 40;  // bytes: "… of the Example Learning Trust"
    if (!starts_with_any(sentence, banner_beginnings)) return false;
    return std::any_of(banner_phrases.begin(), banner_phrases.end(), [&](std::string_view phrase) {
        const std::size_t at = sentence.find(phrase);
        return at != sentence.npos && sentence.size() - at - phrase.size() <= most_behind;
    });
}

/// Where the first sentence ends: not within an address.
std::size_t sentence_end(std::string_view low) {
    for (std::size_t at = low.find_first_of(".!:]"); at != low.npos;
         at = low.find_first_of(".!:]", at + 1)) {
        if (low[at] == ']' || at + 1 == low.size() || is_blank(low[at + 1])) return at;
    }
    return low.size();
}

std::string_view without_frame(std::string_view low) {
    low = without_ornament(stripped(low));
    const std::size_t last = low.find_last_not_of(" \t*_-=~#])\"',.");
    return low.substr(0, last == low.npos ? 0 : last + 1);
}

BannerWords read_banner_line(std::string_view low) {
    constexpr std::size_t shortest = 3;  // bytes of what says something
    BannerWords words;
    if (low.find('?') != low.npos) return words;
    while (!low.empty()) {
        const std::size_t end = sentence_end(low);
        const std::string_view sentence = without_frame(low.substr(0, end));
        low.remove_prefix(std::min(end + 1, low.size()));
        if (sentence.size() < shortest) continue;
        const bool heading = std::find(banner_headings.begin(), banner_headings.end(), sentence) !=
                             banner_headings.end();
        const bool outside = says_from_outside(sentence);
        if (!heading && !outside && !has_any(sentence, banner_advice)) return {};
        words.possible = true;
        words.certain = words.certain || outside || (heading && sentence.find("extern") == 0);
    }
    return words;
}

}  // namespace

std::span<const TextLine> paragraph_at(std::span<const TextLine> lines, std::size_t at) {
    std::size_t end = at;
    while (end < lines.size() && !lines[end].is_empty()) ++end;
    return lines.subspan(at, end - at);
}

std::size_t boilerplate_at(std::span<const TextLine> lines, std::size_t at) {
    ensure(at < lines.size());
    if (lines[at].is_empty()) return 0;
    if (const std::size_t size = list_footer_at(lines, at); size > 0) return size;
    const bool begins = at == 0 || lines[at - 1].is_empty() || is_rule(lines[at - 1].text);
    if (begins) {
        const auto paragraph = paragraph_at(lines, at);
        const std::string head = head_of(paragraph);
        const std::string_view first = without_ornament(stripped(head));
        const bool known = starts_with_any(first, boilerplate_beginnings) && !is_personal(head);
        if (known || is_law(head) || is_heading_of_law(lines, at)) return paragraph.size();
    } else {
        // In a line of its own below a name.
        const std::string head = head_of(lines.subspan(at, 1));
        if (head.size() >= shortest_law && is_law(head)) return paragraph_at(lines, at).size();
    }
    return creed_at(lines, at);
}

std::size_t furniture_words_in(std::string_view low) {
    return count_of(low, legal_words) + count_of(low, legal_phrases) +
           count_of(low, banner_phrases) + count_of(low, banner_advice) +
           count_of(low, creed_words);
}

bool belongs_to_disclaimer(std::span<const TextLine> paragraph) {
    const bool reaches = std::all_of(paragraph.begin(), paragraph.end(), [](const TextLine& line) {
        return read_signature_line(line).possible;
    });
    if (reaches) return true;
    const std::string head = head_of(paragraph);
    if (head.find('?') != std::string::npos || is_personal(head)) return false;
    return count_of(head, legal_words) + count_of(head, legal_phrases) > 0;
}

std::size_t banner_at_top(std::span<const TextLine> lines) {
    std::size_t end = 0;
    bool certain = false;
    for (std::size_t i = 0; i < std::min(lines.size(), most_banner_lines); ++i) {
        const std::string_view low = stripped(lines[i].low);
        if (low.empty() || is_rule(low)) continue;
        const BannerWords words = read_banner_line(low);
        if (!words.possible) break;
        certain = certain || words.certain;
        end = i + 1;
    }
    // The line that closes its box.
    if (end > 0 && end < lines.size() && is_rule(lines[end].text)) ++end;
    return certain ? end : 0;
}

}  // namespace bellhop::parsers
