#include "rules/lint/word_lint.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <re2/re2.h>

#include "parsers/text/lists.hpp"
#include "rules/lint/condition_walk.hpp"
#include "rules/lint/rule_implication.hpp"
#include "rules/rule/rule_program.hpp"
#include "rules/words/folded_text.hpp"

namespace bellhop::rules {
namespace {

using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::Severity;
using parsers::TextSpan;
using Texts = std::vector<std::string>;

/// What looks wrong about a keyword, and what would be right.
using Doubt = KeywordFault;

Texts split(std::string_view text, std::string_view separators) {
    Texts pieces;
    std::size_t begin = text.find_first_not_of(separators);
    while (begin != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        pieces.emplace_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(separators, end);
    }
    return pieces;
}

Texts items_of(const Keyword& keyword) {
    return split(keyword.written, " \t\r\n");
}

/// "a", "b"
std::string listed(const Texts& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + in_quotes(word);
    return all;
}

/// Each piece without blanks around it.
Texts trimmed(const Texts& pieces) {
    Texts all;
    for (const std::string& piece : pieces) {
        const std::string text = parsers::joined(split(piece, " \t\r\n"), " ");
        if (!text.empty()) all.push_back(text);
    }
    return all;
}

bool is_gap(const std::string& item) {
    return item.starts_with("...") || item.starts_with("…");
}

/// Two of the phrases that the items stand for: with the first, and with the last words.
Texts readings(const std::vector<Texts>& alternatives) {
    std::string first;
    std::string last;
    for (const Texts& words : alternatives) {
        first += (first.empty() ? "" : " ") + words.front();
        last += (last.empty() ? "" : " ") + words.back();
    }
    return {first, last};
}

/// "internet down|wifi down", "no wifi|no internet": "|" stands between single words, so where
/// whole phrases were meant, what they begin or end with stands last or first at two places.
/// "day|days after day|days" is in order.
std::optional<Doubt> doubt_about_bars(const Keyword& keyword) {
    std::vector<Texts> places;
    for (const std::string& item : items_of(keyword)) {
        if (is_gap(item)) return std::nullopt;
        places.push_back(split(folded_form(item), "|"));
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t k = i + 1; k < places.size(); ++k) {
            const bool has_bar = places[i].size() > 1 || places[k].size() > 1;
            const bool comes_again =
                places[i].front() == places[k].front() || places[i].back() == places[k].back();
            if (!has_bar || !comes_again || places[i] == places[k]) continue;
            return Doubt{in_quotes(keyword.written) + " is read as " +
                             in_quotes(readings(places)[0]) + " or " +
                             in_quotes(readings(places)[1]),
                         "\"|\" stands between single words; if whole phrases are meant, write " +
                             listed(trimmed(split(keyword.written, "|")))};
        }
    }
    return std::nullopt;
}

bool ends_with_any(std::string_view text, std::string_view marks) {
    return !text.empty() && marks.find(text.back()) != std::string_view::npos;
}

/// "internet, wifi": punctuation does not count, so this is one phrase. "St. Mary's" is in order.
std::optional<Doubt> doubt_about_marks(const Keyword& keyword) {
    const Texts items = items_of(keyword);
    for (std::size_t i = 0; i + 1 < items.size(); ++i) {
        if (is_gap(items[i])) continue;
        const bool is_short = items[i].size() <= 3;  // a full stop that ends no sentence
        if (!ends_with_any(items[i], is_short ? ",;!?" : ",;.!?")) continue;
        return Doubt{in_quotes(keyword.written) + " is one phrase: punctuation does not count",
                     "if each is meant, write " + listed(trimmed(split(keyword.written, ",;.!?")))};
    }
    return std::nullopt;
}

/// "wifi OR internet": as search engines want it.
std::optional<Doubt> doubt_about_operators(const Keyword& keyword) {
    const Texts items = items_of(keyword);
    const bool all_capitals = std::none_of(keyword.written.begin(), keyword.written.end(),
                                           [](char c) { return c >= 'a' && c <= 'z'; });
    if (items.size() < 2 || all_capitals) return std::nullopt;
    static const std::map<std::string, std::string, std::less<>> hints{
        {"OR", "of several words in a list, one is enough: [\"wifi\", \"internet\"]"},
        {"AND", "for both, write { words = [\"wifi\", \"down\"], at_least = 2 }"},
        {"NOT", "for what is not to count, write except, or unless"}};
    for (const std::string& item : items) {
        const auto hint = hints.find(item);
        if (hint == hints.end()) continue;
        return Doubt{
            in_quotes(item) + " in " + in_quotes(keyword.written) + " is a word like any other",
            hint->second};
    }
    return std::nullopt;
}

/// Mails that have hardly a thing in common.
constexpr std::array<const char*, 4> unlike_texts{
    "Dear all, the projector in room 4 shows a purple picture.",
    "Hello, could you reset my password? Kind regards, J. Okafor",
    "7B cannot log on, it says \"profile error 0x80\".",
    "New starter next week; please make an account for Zoe"};

template <class Found>
bool in_all_of(const std::array<const char*, 4>& texts, const Found& found) {
    return std::all_of(texts.begin(), texts.end(), found);
}

/// Finds, for a keyword, those of many that may be found wherever it is: the list of a large desk
/// has thousands, and each is asked about each.
class WiderWords {
public:
    explicit WiderWords(const std::vector<Keyword>& keywords) {
        for (std::size_t i = 0; i < keywords.size(); ++i) {
            const bool is_plain =
                keywords[i].parts.size() == 1 && keywords[i].parts[0].lists.empty();
            if (!is_plain) hard_to_tell_.push_back(i);
            if (!is_plain) continue;
            for (const Phrase& phrase : keywords[i].parts[0].phrases)
                by_first_word_[phrase.front().text].push_back(i);
        }
    }

    /// Their numbers, in order.
    std::vector<std::size_t> of(const Keyword& keyword) const {
        std::set<std::size_t> found(hard_to_tell_.begin(), hard_to_tell_.end());
        for (const KeywordPart& part : keyword.parts) {
            if (part.phrases.empty()) continue;
            // What is found wherever the part is stands within each of its phrases.
            for (const PhraseWord& word : part.phrases.front()) {
                for (std::size_t length = 1; length <= word.text.size(); ++length) {
                    const auto known = by_first_word_.find(word.text.substr(0, length));
                    if (known == by_first_word_.end()) continue;
                    found.insert(known->second.begin(), known->second.end());
                }
            }
        }
        return {found.begin(), found.end()};
    }

private:
    std::map<std::string, std::vector<std::size_t>> by_first_word_ = {};
    std::vector<std::size_t> hard_to_tell_ = {};
};

class WordLint {
public:
    explicit WordLint(const RuleBook& book) : book_{book}, implication_{book} {}

    Diagnostics run() {
        find_places_that_matter();
        for (const WordList& list : book_.lists) look_at_list(list);
        for (const auto* rules : {&book_.rules, &book_.boosts}) {
            for (const Rule& rule : *rules) {
                for_each_test<TextTest>(rule, [&](const TextTest& test, const TextSpan& where) {
                    look_at_test(test, where);
                });
            }
        }
        return std::move(findings_);
    }

private:
    void add(Severity severity, const TextSpan& where, std::string message, Texts hints) {
        findings_.push_back({where, std::move(message), std::move(hints), severity});
    }

    void look_at_list(const WordList& list) {
        find_doubtful(list.words.keywords, list.word_spans);
        find_needless(list.words, list.word_spans, "list", place_matters_.contains(list.name));
        find_known_elsewhere(list);
    }

    void look_at_test(const TextTest& test, const TextSpan& where) {
        find_doubtful(test.words.keywords, test.word_spans);
        find_needless(test.words, test.word_spans, "condition", test.at_least > 1);
        find_wide_patterns(test);
        find_wide_pieces(test, where);
        find_too_few(test, where);
    }

    void find_doubtful(const std::vector<Keyword>& keywords, const std::vector<TextSpan>& spans) {
        for (std::size_t i = 0; i < keywords.size() && i < spans.size(); ++i) {
            for (const auto doubt_about :
                 {doubt_about_bars, doubt_about_marks, doubt_about_operators}) {
                const auto doubt = doubt_about(keywords[i]);
                if (doubt) add(Severity::warning, spans[i], doubt->message, {doubt->hint});
            }
        }
    }

    /// Finds the lists of which it matters how much of the text their words take, or how many of
    /// them there are: "@list ... down", exceptions, at_least.
    void find_places_that_matter() {
        for (const auto* rules : {&book_.rules, &book_.boosts}) {
            for (const Rule& rule : *rules) {
                for_each_test<TextTest>(rule, [&](const TextTest& test, const TextSpan&) {
                    note_lists(test.words, test.at_least > 1);
                });
            }
        }
        for (auto list = book_.lists.rbegin(); list != book_.lists.rend(); ++list)
            note_lists(list->words, place_matters_.contains(list->name));
    }

    void note_lists(const KeywordGroup& group, bool matters) {
        const auto note = [&](const Keyword& keyword, bool always) {
            if (!always && !keyword.only_list().empty()) return;
            for (const KeywordPart& part : keyword.parts)
                place_matters_.insert(part.lists.begin(), part.lists.end());
        };
        for (const Keyword& keyword : group.keywords) note(keyword, matters);
        for (const Keyword& keyword : group.except) note(keyword, true);
    }

    /// An exception may spare the shorter of two and not the longer: then both may be needed.
    void find_needless(const KeywordGroup& group,
                       const std::vector<TextSpan>& spans,
                       const std::string& where,
                       bool place_matters) {
        const std::vector<Keyword>& keywords = group.keywords;
        const WiderWords wider{keywords};
        for (std::size_t i = 0; i < keywords.size() && i < spans.size(); ++i) {
            for (const std::size_t k : wider.of(keywords[i])) {
                if (i == k) continue;
                const bool same = keywords[i].parts == keywords[k].parts;
                if (!same && (place_matters || !group.except.empty())) continue;
                const Texts hints = why_needless(group, i, k, where);
                if (hints.empty()) continue;
                add(Severity::warning, spans[i],
                    in_quotes(keywords[i].written) + " is never needed", hints);
                break;
            }
        }
    }

    /// Why keyword `i` is found only where `k` is; nothing where it is not so.
    Texts why_needless(const KeywordGroup& group,
                       std::size_t i,
                       std::size_t k,
                       const std::string& where) const {
        const Keyword& one = group.keywords[i];
        const Keyword& other = group.keywords[k];
        if (one.parts == other.parts) return k > i ? Texts{} : Texts{"it stands twice"};
        if (!other.only_list().empty()) {
            for (const Keyword* word : implication_.words_of(other)) {
                if (!implies(one, *word)) continue;
                return {in_quotes(word->written) + " of " + in_quotes(other.written) +
                        " is found wherever this is"};
            }
            return {};
        }
        if (!implies(one, other)) return {};
        return {in_quotes(other.written) + " stands in the same " + where +
                " and is found wherever this is"};
    }

    void find_known_elsewhere(const WordList& list) {
        for (std::size_t i = 0; i < list.words.keywords.size(); ++i) {
            const Keyword& keyword = list.words.keywords[i];
            if (!keyword.only_list().empty()) continue;
            const auto [known, is_new] = lists_.emplace(folded_form(keyword.written), list.name);
            if (is_new || known->second == list.name) continue;
            add(Severity::warning, list.word_spans[i],
                in_quotes(keyword.written) + " stands in list " + in_quotes(known->second) + " too",
                {"if both are meant, let one list use the other: \"@" + known->second + "\""});
        }
    }

    void find_wide_patterns(const TextTest& test) {
        for (std::size_t i = 0; i < test.regexes.size(); ++i) {
            const RE2 regex{test.regexes[i], regex_options()};
            const auto matches = [&](const char* text) { return RE2::PartialMatch(text, regex); };
            const bool everything = matches("") || (matches("q") && matches("7") && matches("-") &&
                                                    matches("\xC3\xA9"));
            if (everything) {
                add(Severity::error, test.regex_spans[i],
                    "the pattern " + in_quotes(test.regexes[i]) + " matches every text",
                    {"a pattern looks anywhere in the text: leave out what may be missing"});
            } else if (in_all_of(unlike_texts, matches)) {
                add(Severity::warning, test.regex_spans[i],
                    "the pattern " + in_quotes(test.regexes[i]) + " matches nearly every text",
                    {"a pattern is found within words too; \\b stands for the border of a word"});
            }
        }
    }

    void find_wide_pieces(const TextTest& test, const TextSpan& where) {
        for (const std::string& piece : test.contains) {
            const std::string form = folded_form(piece);
            const auto has = [&](const char* text) {
                return folded_form(text).find(form) != std::string::npos;
            };
            if (!in_all_of(unlike_texts, has)) continue;
            add(Severity::warning, where, in_quotes(piece) + " is a piece of nearly every text",
                {"contains looks within words, too; words looks for whole ones"});
        }
    }

    /// Each word counts once, however often it stands in the mail.
    void find_too_few(const TextTest& test, const TextSpan& where) {
        if (test.at_least < 2) return;
        std::set<std::string> different(test.contains.begin(), test.contains.end());
        different.insert(test.regexes.begin(), test.regexes.end());
        for (const Keyword* keyword : implication_.written_out(test.words.keywords))
            different.insert(keyword->written);
        if (different.size() >= test.at_least) return;
        add(Severity::error, where,
            "at_least = " + std::to_string(test.at_least) + " can never be reached",
            {"there " + std::string{different.size() == 1 ? "is" : "are"} + " only " +
             std::to_string(different.size()) + " to look for; each counts once"});
    }

    const RuleBook& book_;
    const Implication implication_;
    std::set<std::string> place_matters_ = {};       // lists
    std::map<std::string, std::string> lists_ = {};  // by word, folded: the first that has it
    Diagnostics findings_ = {};
};

}  // namespace

Diagnostics lint_words(const RuleBook& book) {
    return WordLint{book}.run();
}

}  // namespace bellhop::rules
