#include "rules/mail/thanks.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "rules/mail/thanks_clauses.hpp"
#include "rules/mail/thanks_words.hpp"
#include "rules/words/folded_text.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_bytes = 2000;  // of a text that is looked at; more is no thank-you
constexpr std::size_t most_words = 60;    // of a thank-you
constexpr int most_names = 3;             // capitalised words that nobody knows

struct Pair {
    std::string_view first;
    std::string_view second;
};

/// Two words of which the first alone would be trouble, a question or unknown. "Can you help" and
/// "is out" are none.
bool is_harmless_pair(std::string_view first, std::string_view second) {
    constexpr std::array<Pair, 21> pairs{
        {{"no", "problem"},       {"no", "problems"},    {"no", "worries"},
         {"no", "further"},       {"no", "more"},        {"no", "rush"},
         {"problem", "solved"},   {"problem", "sorted"}, {"problem", "fixed"},
         {"problem", "resolved"}, {"issue", "solved"},   {"issue", "sorted"},
         {"issue", "fixed"},      {"issue", "resolved"}, {"will", "do"},
         {"can", "be"},           {"can", "close"},      {"can", "see"},
         {"see", "you"},          {"please", "close"},   {"have", "a"}}};
    return std::any_of(pairs.begin(), pairs.end(), [&](const Pair& pair) {
        return pair.first == first && pair.second == second;
    });
}

/// The second words of such pairs, where they are harmless only there.
bool is_harmless_behind(std::string_view word, std::string_view before) {
    return (word == "do" && before == "will") || (word == "be" && before == "can") ||
           (word == "see" && before == "can") || (word == "out" && before == "coming") ||
           ((word == "problem" || word == "problems") && before == "no");
}

/// "The printer prints": whatever it is, it does what it is for.
bool is_of_something_that_works(std::string_view next) {
    return next == "works" || next == "prints" || next == "runs" || next == "opens" ||
           next == "loads" || next == "connects";
}

/// "Tess", not "PRINTER" or "room".
bool looks_like_name(std::string_view original) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (original.empty() || std::any_of(original.begin(), original.end(), is_digit)) return false;
    const bool begins_large =
        is_upper(original[0]) || static_cast<unsigned char>(original[0]) >= 0x80;
    const bool goes_on_large = original.size() > 1 && is_upper(original[1]);
    return begins_large && !goes_on_large;
}

bool is_number(std::string_view word) {
    return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "Thanks again", "working again" are good news; "again" alone is not.
bool may_stand_before_again(std::string_view word) {
    return words_of_thanks().contains(word) || words_of_praise().contains(word) || word == "you" ||
           word == "much" || word == "all" || word == "lot" || word == "help" ||
           word == "running" || is_of_something_that_works(word);
}

/// Hearts, hands and smiles that say thanks without a word.
bool has_kind_sign(std::string_view text) {
    constexpr std::array<std::string_view, 9> signs{
        "\xf0\x9f\x91\x8d", "\xf0\x9f\x99\x8f", "\xe2\x9d\xa4",
        "\xf0\x9f\x91\x8f", "\xf0\x9f\x98\x8a", "\xf0\x9f\x98\x80",
        "\xf0\x9f\xa5\xb0", "\xf0\x9f\x92\x95", "\xf0\x9f\x99\x82"};
    return std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) {
        return text.find(sign) != std::string_view::npos;
    });
}

/// What a word, or a clause, does to a text that may be a thank-you.
enum class Says { thanks, courtesy, name, work };

bool parts_clauses(std::string_view between) {
    return between.find_first_of(",;:(\n") != std::string_view::npos ||
           between.find(" - ") != std::string_view::npos ||
           between.find("\xe2\x80\x93") != std::string_view::npos ||
           between.find("\xe2\x80\x94") != std::string_view::npos;
}

/// A thank-you, clause for clause.
class ThanksReader {
public:
    explicit ThanksReader(std::string_view text) : text_(text), folded_(text) {}

    bool is_thanks() const {
        const std::size_t count = folded_.words().size();
        if (count == 0) return has_kind_sign(text_);
        if (count > most_words) return false;
        bool is_kind = false;
        bool is_signed = false;
        int names = 0;
        for (std::size_t begin = 0; begin < count;) {
            std::size_t end = begin + 1;
            while (end < count && !parts(end)) ++end;
            if (is_signed && is_of_signature(begin, end)) {
                begin = end;
                continue;
            }
            is_signed = is_one_of(word(end - 1), {"regards", "wishes", "sincerely"});
            const Says says = said_by(begin, end, names);
            if (says == Says::work || names > most_names) return false;
            is_kind = is_kind || says == Says::thanks;
            begin = end;
        }
        return is_kind;
    }

private:
    std::string_view word(std::size_t i) const { return folded_.spelled(folded_.words()[i]); }

    /// Whether a clause begins with that word.
    bool parts(std::size_t i) const {
        const Word& before = folded_.words()[i - 1];
        const Word& next = folded_.words()[i];
        return before.sentence != next.sentence ||
               parts_clauses(text_.substr(before.until, next.at - before.until));
    }

    /// Words that begin large, and numbers: "Year 4 Teacher".
    bool is_of_signature(std::size_t begin, std::size_t end) const {
        for (std::size_t i = begin; i < end; ++i) {
            const Word& place = folded_.words()[i];
            const std::string_view original = text_.substr(place.at, place.until - place.at);
            const bool is_number =
                original.find_first_not_of("0123456789") == std::string_view::npos;
            if (is_trouble(word(i)) || (!is_number && !looks_like_name(original))) return false;
        }
        return true;
    }

    /// What the words [begin, end) say together; counts the names among them.
    Says said_by(std::size_t begin, std::size_t end, int& names) const {
        bool is_kind = false;
        int found = 0;
        bool is_understood = true;
        Clause clause;
        for (std::size_t i = begin; i < end; ++i) {
            const Says says = said_by(i);
            is_kind = is_kind || says == Says::thanks;
            is_understood = is_understood && says != Says::work;
            if (says == Says::name) ++found;
            clause.push_back(word(i));
        }
        if (is_understood) {
            names += found;
            return is_kind ? Says::thanks : Says::courtesy;
        }
        if (begins_sentence(begin) && words_of_questions().contains(word(begin))) return Says::work;
        if (says_thanks(clause)) return Says::thanks;
        return says_that_all_is_well(clause) ? Says::courtesy : Says::work;
    }

    bool begins_sentence(std::size_t i) const {
        return i == 0 || folded_.words()[i - 1].sentence != folded_.words()[i].sentence;
    }

    /// The word before or behind within the sentence; empty where there is none.
    std::string_view before(std::size_t i) const {
        return begins_sentence(i) ? std::string_view{} : word(i - 1);
    }
    std::string_view behind(std::size_t i) const {
        const bool is_last = i + 1 == folded_.words().size() || begins_sentence(i + 1);
        return is_last ? std::string_view{} : word(i + 1);
    }

    Says said_by(std::size_t i) const {
        const std::string_view one = word(i);
        if (is_harmless_pair(one, behind(i)) || is_harmless_behind(one, before(i))) {
            return Says::courtesy;
        }
        if (is_trouble(one) || (begins_sentence(i) && words_of_questions().contains(one)))
            return Says::work;
        if (is_number(one) && (behind(i) == "star" || behind(i) == "stars")) return Says::courtesy;
        if (one == "again") return is_good_again(i) ? Says::courtesy : Says::work;
        if (words_of_thanks().contains(one) || words_of_praise().contains(one)) return Says::thanks;
        if (words_of_courtesy().contains(one) || is_of_something_that_works(one) ||
            is_of_something_that_works(behind(i))) {
            return Says::courtesy;
        }
        const Word& place = folded_.words()[i];
        return looks_like_name(text_.substr(place.at, place.until - place.at)) ? Says::name
                                                                               : Says::work;
    }

    /// "Working again", and "it is fixed, the class can see the board again".
    bool is_good_again(std::size_t i) const {
        if (begins_sentence(i)) return false;
        if (may_stand_before_again(word(i - 1))) return true;
        for (std::size_t at = i; !begins_sentence(at); --at) {
            if (words_of_praise().contains(word(at - 1))) return true;
        }
        return false;
    }

    std::string_view text_;
    FoldedText folded_;
};

/// A line of a signature: words that begin large, numbers, an address.
bool is_of_signature(std::string_view line) {
    constexpr std::size_t longest = 60;  // bytes
    if (line.size() > longest || line.ends_with('.') || line.ends_with('!')) return false;
    const FoldedText folded{line};
    return std::all_of(folded.words().begin(), folded.words().end(), [&](const Word& word) {
        const std::string_view original = line.substr(word.at, word.until - word.at);
        const bool is_number = original.find_first_not_of("0123456789") == std::string_view::npos;
        return !is_trouble(folded.spelled(word)) && (is_number || looks_like_name(original));
    });
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool has_telephone(std::string_view line) {
    return std::count_if(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }) >=
           6;
}

/// "Year 4 Class Teacher"
bool names_position(std::string_view line) {
    const FoldedText folded{line};
    return std::any_of(folded.words().begin(), folded.words().end(), [&](const Word& word) {
        return words_of_position().contains(folded.spelled(word));
    });
}

/// Without the lines that end a mail in somebody's name: below "regards", or with a telephone
/// number. Such lines alone are no signature: "Room Twelve".
std::string_view without_signature(std::string_view text) {
    constexpr std::size_t most_lines = 6;
    const std::vector<std::string_view> lines = lines_of(text);
    std::size_t first = lines.size();
    bool is_sure = false;
    bool has_position = false;
    while (first > 1 && lines.size() - first < most_lines && !lines[first - 1].empty() &&
           is_of_signature(lines[first - 1])) {
        --first;
        is_sure = is_sure || has_telephone(lines[first]);
        has_position = has_position || names_position(lines[first]);
    }
    if (first == lines.size()) return text;
    const FoldedText above{lines[first - 1]};
    is_sure = is_sure || has_position ||
              (!above.words().empty() && (above.spelled(above.words().back()) == "regards" ||
                                          above.spelled(above.words().back()) == "wishes"));
    return is_sure ? text.substr(0, static_cast<std::size_t>(lines[first].data() - text.data()))
                   : text;
}

}  // namespace

bool asks_something(std::string_view text) {
    return text.find('?') != std::string_view::npos ||
           text.find("\xef\xbc\x9f") != std::string_view::npos;  // full width
}

bool is_thanks(std::string_view text) {
    if (text.size() > most_bytes || asks_something(text)) return false;
    return ThanksReader{text}.is_thanks() || ThanksReader{without_signature(text)}.is_thanks();
}

}  // namespace bellhop::rules
