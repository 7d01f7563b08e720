#include "rules/words/keyword.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "rules/words/folded_text.hpp"

namespace bellhop::rules {
namespace {

std::string quoted(std::string_view text) {
    return '"' + std::string{text} + '"';
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> pieces;
    std::size_t begin = text.find_first_not_of(separators);
    while (begin != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        pieces.push_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(separators, end);
    }
    return pieces;
}

/// "...", "…", "...3": the number of words that may stand between; nothing where `item` is no gap.
std::optional<boost::system::result<int, KeywordFault>> gap_of(std::string_view item) {
    std::size_t dots = 0;
    if (item.substr(0, 3) == "...") dots = 3;
    if (item.substr(0, 3) == "…") dots = std::string_view{"…"}.size();
    if (dots == 0) return std::nullopt;
    const std::string_view number = item.substr(dots);
    if (number.empty()) return default_gap;
    int gap = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), gap);
    if (error != std::errc{} || end != number.data() + number.size() || gap < 1 || gap > max_gap) {
        return KeywordFault{
            quoted(item) + " is not a gap",
            "write \"...\" with a blank on each side, or \"...3\" for up to three words "
            "between; at most " +
                std::to_string(max_gap)};
    }
    return gap;
}

/// The phrases that one alternative stands for: "can't" is also found without its apostrophe.
boost::system::result<std::vector<Phrase>, KeywordFault> phrases_of(std::string_view alternative) {
    std::string_view letters = alternative;
    const bool is_stem = !letters.empty() && letters.back() == '*';
    if (is_stem) letters.remove_suffix(1);
    if (letters.find('*') != std::string_view::npos) {
        return KeywordFault{
            "\"*\" stands inside " + quoted(alternative),
            "it may only end a word (\"comput*\"); use contains for a piece of a word"};
    }
    const FoldedText folded{letters};
    if (folded.words().empty()) {
        return KeywordFault{quoted(alternative) + " holds no letter and no digit",
                            "use contains for punctuation"};
    }
    if (is_stem && folded.words().back().until != letters.size()) {
        return KeywordFault{"\"*\" follows no letter in " + quoted(alternative),
                            "it stands for the rest of a word, as in \"comput*\""};
    }
    std::vector<Phrase> phrases(1);
    for (const Word& word : folded.words()) {
        const std::string text{folded.spelled(word)};
        std::string bare = text;
        bare.erase(std::remove(bare.begin(), bare.end(), '\''), bare.end());
        const std::size_t count = phrases.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (bare != text) {
                phrases.push_back(phrases[i]);
                phrases.back().push_back({bare});
            }
            phrases[i].push_back({text});
        }
        if (phrases.size() > max_phrases) break;
    }
    if (is_stem) {
        for (Phrase& phrase : phrases) phrase.back().is_stem = true;
    }
    return phrases;
}

/// One item between blanks: its alternatives.
boost::system::result<KeywordPart, KeywordFault> part_of(std::string_view item) {
    if (item.front() == '|' || item.back() == '|' || item.find("||") != std::string_view::npos) {
        return KeywordFault{"a word is missing beside \"|\" in " + quoted(item),
                            "\"wifi|internet\" has no blanks; a phrase is a keyword of its own: "
                            "[\"no wifi\", \"no internet\"]"};
    }
    KeywordPart part;
    for (const std::string_view alternative : split(item, "|")) {
        if (alternative.front() == '@') {
            const std::string_view name = alternative.substr(1);
            if (!is_list_name(name)) {
                return KeywordFault{
                    quoted(alternative) + " is not the name of a list",
                    "names have letters, digits, \"-\" and \"_\", as in \"@outage\""};
            }
            part.lists.emplace_back(name);
            continue;
        }
        auto phrases = phrases_of(alternative);
        if (phrases.has_error()) return phrases.error();
        part.phrases.insert(part.phrases.end(), phrases->begin(), phrases->end());
    }
    return part;
}

/// Appends each of `next` to each of `phrases`.
std::vector<Phrase> joined(const std::vector<Phrase>& phrases, const std::vector<Phrase>& next) {
    std::vector<Phrase> all;
    for (const Phrase& before : phrases) {
        for (const Phrase& after : next) {
            if (all.size() > max_phrases) return all;
            all.push_back(before);
            all.back().insert(all.back().end(), after.begin(), after.end());
        }
    }
    return all;
}

std::optional<KeywordFault> fault_of(const Keyword& keyword) {
    for (const KeywordPart& part : keyword.parts) {
        if (part.phrases.size() > max_phrases) {
            return KeywordFault{quoted(keyword.written) + " stands for too many phrases",
                                "at most " + std::to_string(max_phrases) +
                                    " ways to read it; write a list of words and name it"};
        }
        for (const Phrase& phrase : part.phrases) {
            if (phrase.size() > max_phrase_words) {
                return KeywordFault{quoted(keyword.written) + " is too long",
                                    "a phrase has at most " + std::to_string(max_phrase_words) +
                                        " words; use contains for a longer text"};
            }
        }
    }
    return std::nullopt;
}

/// Words without lists that follow each other closely are one part: the automaton finds it at once.
void add_part(Keyword& keyword, KeywordPart part, std::optional<int> gap) {
    const bool closely =
        !gap && !keyword.parts.empty() && part.lists.empty() && keyword.parts.back().lists.empty();
    if (closely) {
        std::vector<Phrase>& phrases = keyword.parts.back().phrases;
        phrases = joined(phrases, part.phrases);
        return;
    }
    part.gap = gap.value_or(0);
    keyword.parts.push_back(std::move(part));
}

}  // namespace

std::string_view Keyword::only_list() const {
    const bool is_one = parts.size() == 1 && parts[0].phrases.empty() && parts[0].lists.size() == 1;
    return is_one ? std::string_view{parts[0].lists[0]} : std::string_view{};
}

bool is_list_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    return !name.empty() && std::all_of(name.begin(), name.end(), allowed);
}

boost::system::result<Keyword, KeywordFault> parse_keyword(std::string_view written) {
    if (written.size() > max_keyword_bytes) {
        return KeywordFault{"a keyword of " + std::to_string(written.size()) + " bytes is too long",
                            "at most " + std::to_string(max_keyword_bytes)};
    }
    Keyword keyword{std::string{written}};
    std::optional<int> gap;
    for (const std::string_view item : split(written, " \t\r\n")) {
        if (const auto found = gap_of(item)) {
            if (found->has_error()) return found->error();
            if (keyword.parts.empty() || gap) {
                return KeywordFault{"nothing stands before \"...\" in " + quoted(written),
                                    "a gap stands between two words"};
            }
            gap = **found;
            continue;
        }
        auto part = part_of(item);
        if (part.has_error()) return part.error();
        add_part(keyword, std::move(*part), gap);
        gap.reset();
    }
    if (keyword.parts.empty()) return KeywordFault{"the keyword is empty", ""};
    if (gap) {
        return KeywordFault{"nothing stands after \"...\" in " + quoted(written),
                            "a gap stands between two words"};
    }
    if (const auto fault = fault_of(keyword)) return *fault;
    return keyword;
}

}  // namespace bellhop::rules
