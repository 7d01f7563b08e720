#include "parsers/message/two_forms.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <unordered_set>
#include <vector>

#include "parsers/html/html_text.hpp"
#include "parsers/html/link_text.hpp"
#include "parsers/message/placeholder_text.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t few_words = 4;     // such differences are of the program, not of the writer
constexpr std::size_t most_links = 100;  // of a mail that are compared
constexpr std::size_t most_bytes = 512U * 1024;  // of either form

bool is_word_end(char c) {
    return is_space(c) || c == '<' || c == '>' || c == '(' || c == ')' || c == '"' || c == '|' ||
           c == ',' || c == ';';
}

/// Calls `each` with every word of `text`, without the punctuation around it.
template <class Each>
void for_each_word(std::string_view text, Each each) {
    for (std::size_t at = 0; at < text.size();) {
        while (at < text.size() && is_word_end(text[at])) ++at;
        std::size_t end = at;
        while (end < text.size() && !is_word_end(text[end])) ++end;
        std::string_view word = text.substr(at, end - at);
        while (!word.empty() && !is_word_byte(word.front())) word.remove_prefix(1);
        while (!word.empty() && !is_word_byte(word.back()) && word.back() != '/')
            word.remove_suffix(1);
        if (!word.empty()) each(word);
        at = end;
    }
}

bool is_link(std::string_view word) {
    return word.find("://") != word.npos || word.starts_with("www.");
}

/// Programs write addresses once more, and names of pictures: "<mailto:a@example.org>",
/// "[cid:image001.png@01DB1234]".
bool is_ornament(std::string_view word) {
    return word.find('@') != word.npos || word.starts_with("mailto:") || word.starts_with("tel:") ||
           word.starts_with("cid:") || word.starts_with("image");
}

std::string_view bare_link(std::string_view link) {
    const std::size_t scheme = link.find("://");
    if (scheme != link.npos) link.remove_prefix(scheme + 3);
    while (!link.empty() && link.back() == '/') link.remove_suffix(1);
    return link;
}

/// The words and links of a text made comparable().
class Vocabulary {
public:
    explicit Vocabulary(std::string_view text) {
        for_each_word(text, [&](std::string_view word) {
            words_.insert(std::hash<std::string_view>{}(is_link(word) ? bare_link(word) : word));
            ++size_;
        });
        for (const char c : text) {
            if (is_word_byte(c)) letters_ += c;
        }
    }

    bool has(std::string_view word) const {
        return words_.contains(
            std::hash<std::string_view>{}(is_link(word) ? bare_link(word) : word));
    }

    /// Whether all of `line` stands there, however it is broken into words and lines.
    bool has_letters(std::string_view line) const {
        std::string letters;
        for (const char c : line) {
            if (is_word_byte(c)) letters += c;
        }
        return letters_.find(letters) != std::string::npos;
    }

    std::size_t size() const { return size_; }

private:
    std::unordered_set<std::size_t> words_ = {};  // their hashes
    std::string letters_ = {};                    // of all of it
    std::size_t size_ = 0;
};

struct Missing {
    std::size_t words = 0;
    std::size_t links = 0;
    std::vector<std::string_view> lines = {};  // that say it
};

/// Folded, and without what programs change that make one form of the other: apostrophes and other
/// signs of typesetters, blanks of any kind. Line for line.
std::string comparable(std::string_view text) {
    const std::string low = folded(text);
    std::string result;
    for (std::size_t at = 0; at < low.size();) {
        const CodePoint c = code_point_at(low, at);
        const bool is_apostrophe = c.value == '\'' || c.value == 0x2018 || c.value == 0x2019;
        const bool is_sign = c.value >= 0x2000 && c.value < 0x2070;
        if (is_sign && !is_apostrophe) {
            result += ' ';
        } else if (!is_apostrophe) {
            result.append(low, at, c.length);
        }
        at += c.length;
    }
    return result;
}

/// What `text` says in lines half of which, or a link, `other` lacks.
Missing missing_in(const Vocabulary& other, std::string_view text) {
    Missing missing;
    for (const std::string_view line : lines_of(text)) {
        const std::string low = comparable(line);
        std::size_t all = 0;
        std::size_t words = 0;
        std::size_t links = 0;
        for_each_word(low, [&](std::string_view word) {
            ++all;
            if (is_ornament(word) || other.has(word)) return;
            (is_link(word) ? links : words) += 1;
        });
        if (links == 0 && (words * 2 < all || words == 0 || other.has_letters(low))) continue;
        missing.words += words;
        missing.links += links;
        missing.lines.push_back(line);
    }
    return missing;
}

/// Where the element that begins at `at` ends, if a browser shows nothing of it; else `at`.
std::size_t end_of_unshown(std::string_view html, std::size_t at) {
    constexpr std::array<std::string_view, 3> elements{"style", "script", "title"};
    const std::string_view rest = html.substr(at);
    if (rest.starts_with("<!--")) return std::min(html.find("-->", at), html.size());
    for (const std::string_view element : elements) {
        if (!starts_with_ignoring_case(rest.substr(1), element)) continue;
        const std::size_t end = html.find("</", at + 1);
        return std::min(end, html.size());
    }
    return at;
}

/// About how many words a browser would show: those between tags.
std::size_t words_between_tags(std::string_view html) {
    std::size_t words = 0;
    for (std::size_t at = 0; at < html.size();) {
        const std::size_t tag = std::min(html.find('<', at), html.size());
        for_each_word(html.substr(at, tag - at), [&](std::string_view word) {
            words += word == "nbsp" || word == "&nbsp" ? 0 : 1;
        });
        if (tag == html.size()) break;
        const std::size_t unshown = end_of_unshown(html, tag);
        at = html.find('>', unshown);
        if (at == html.npos) break;
        ++at;
    }
    return words;
}

/// Whether the HTML leads somewhere that the plain text does not name.
bool has_link_beyond(std::string_view html, std::string_view low_plain) {
    constexpr std::string_view attribute = "href=";
    std::size_t looked_at = 0;
    for (std::size_t at = html.find(attribute); at != html.npos && looked_at < most_links;
         at = html.find(attribute, at), ++looked_at) {
        at += attribute.size();
        const char quote = at < html.size() ? html[at] : ' ';
        const bool quoted = quote == '"' || quote == '\'';
        const std::size_t begin = quoted ? at + 1 : at;
        const std::size_t end = quoted ? html.find(quote, begin) : html.find_first_of(" >", begin);
        if (end == html.npos) break;
        const std::string link = folded(link_target(html.substr(begin, end - begin)));
        if (link.starts_with("http") && low_plain.find(bare_link(link)) == low_plain.npos)
            return true;
    }
    return false;
}

std::string joined_lines(const std::vector<std::string_view>& lines) {
    std::string text;
    for (const std::string_view line : lines) {
        text += line;
        text += '\n';
    }
    return text;
}

}  // namespace

bool says_all_of(std::string_view text, std::string_view other) {
    return missing_in(Vocabulary{comparable(text)}, other).lines.empty();
}

FormChoice choose_form(std::string_view plain, std::string_view html) {
    if (stripped(plain).empty() || is_placeholder(plain, html)) return {TextForm::html, {}};
    if (plain.size() > most_bytes || html.size() > most_bytes) return {};
    const std::string low_plain = comparable(plain);
    const Vocabulary in_plain{low_plain};
    const bool says_more = words_between_tags(html) > in_plain.size() + few_words;
    if (!says_more && !has_link_beyond(html, low_plain)) return {};

    const std::string shown = html_to_text(html);
    const Missing of_html = missing_in(in_plain, shown);
    if (of_html.words < few_words && of_html.links == 0) return {};
    const Missing of_plain = missing_in(Vocabulary{comparable(shown)}, plain);
    const bool covered = of_plain.words < few_words || of_plain.words * 3 <= of_html.words;
    if (covered) return {TextForm::html, {}};
    return {TextForm::both, joined_lines(of_html.lines)};
}

}  // namespace bellhop::parsers
