#include "rules/mail/thanks_clauses.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "rules/mail/thanks_words.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_of_service = 8;  // words behind "thanks for"

/// "Thanks for sorting it so fast": "it" is what was done, and begins nothing new.
bool is_object(const Clause& clause, std::size_t at) {
    return at + 1 == clause.size() ||
           is_one_of(clause[at + 1], {"so", "out", "all", "up", "for", "quickly", "promptly",
                                      "today", "swiftly", "yesterday", "straight", "fast"});
}

bool has_none_that_turns(const Clause& clause, std::size_t from) {
    for (std::size_t at = from; at < clause.size(); ++at) {
        if (clause[at] == "it" && !is_object(clause, at)) return false;
    }
    return std::none_of(
        clause.begin() + static_cast<std::ptrdiff_t>(from), clause.end(),
        [](std::string_view word) { return words_that_turn().contains(word) || is_trouble(word); });
}

/// "Thank you so much for sorting this out so fast": whatever it is that was done, where nothing in
/// it turns.
bool thanks_for_service(const Clause& clause) {
    std::size_t at = 0;
    while (at < clause.size() && !words_of_thanks().contains(clause[at])) {
        if (at > 3 || is_trouble(clause[at])) return false;
        ++at;
    }
    if (at == clause.size()) return false;
    const auto behind = std::find(clause.begin() + static_cast<std::ptrdiff_t>(at), clause.end(),
                                  std::string_view{"for"});
    if (behind == clause.end() || behind - clause.begin() > static_cast<std::ptrdiff_t>(at) + 6) {
        return false;
    }
    auto head = behind + 1;
    while (head != clause.end() &&
           is_one_of(*head, {"your",   "the",   "all",       "this",   "that",      "you",
                             "so",     "very",  "such",      "really", "always",    "being",
                             "lovely", "great", "brilliant", "kind",   "continued", "excellent",
                             "fast",   "swift", "an",        "a",      "amazing"})) {
        ++head;
    }
    if (head == clause.end() || !words_of_service().contains(*head)) return false;
    if (clause.end() - head > static_cast<std::ptrdiff_t>(most_of_service)) return false;
    return has_none_that_turns(clause, static_cast<std::size_t>(head - clause.begin()));
}

/// "Big thank you from all of us in Year 2"
bool thanks_from_many(const Clause& clause) {
    const auto from = std::find(clause.begin(), clause.end(), std::string_view{"from"});
    if (from == clause.end() || clause.end() - from > 8) return false;
    const bool is_kind = std::any_of(clause.begin(), from, [](std::string_view word) {
        return words_of_thanks().contains(word);
    });
    if (!is_kind || from - clause.begin() > 6) return false;
    return std::all_of(from + 1, clause.end(), [](std::string_view word) {
        return words_of_courtesy().contains(word) || words_of_position().contains(word) ||
               word.find_first_not_of("0123456789") == std::string_view::npos ||
               is_one_of(word, {"office", "reception"});
    });
}

/// Off the front: "it", "everything", "the projector"; how many words. Nothing where it is less
/// than all of it: "the other one".
std::size_t subject_at(const Clause& clause, std::size_t at) {
    if (at >= clause.size()) return 0;
    if (is_one_of(clause[at],
                  {"it", "that", "this", "everything", "all", "they", "both", "things"})) {
        return 1;
    }
    if (!is_one_of(clause[at], {"the", "my", "our"})) return 0;
    for (std::size_t words = 1; words < 4 && at + words < clause.size(); ++words) {
        const std::string_view word = clause[at + words];
        if (is_one_of(word, {"is", "are", "has", "have", "seems", "works"}))
            return words > 1 ? words : 0;
        if (is_trouble(word) || words_that_turn().contains(word) || word == "first") return 0;
    }
    return 0;
}

/// "All back up and running", "everything good here": what is all needs no verb.
bool is_all_of_it(std::string_view word) {
    return word == "all" || word == "everything";
}

/// "The sound is back", "everything seems to be working again", "that has resolved the issue".
bool says_that_it_works(const Clause& clause) {
    std::size_t at = 0;
    while (at < clause.size() && is_one_of(clause[at], {"yes", "and", "now", "ok", "okay", "so"}))
        ++at;
    bool has_verb = false;
    if (at < clause.size() &&
        is_one_of(clause[at], {"it's", "that's", "they're", "its", "thats"})) {
        ++at;
        has_verb = true;
    } else {
        const std::size_t subject = subject_at(clause, at);
        if (subject == 0) return false;
        has_verb = is_all_of_it(clause[at]);
        at += subject;
    }
    bool is_good = false;
    for (; at < clause.size(); ++at) {
        const std::string_view word = clause[at];
        if (is_one_of(word,
                      {"is", "are", "has", "have", "seems", "seem", "looks", "works", "been"})) {
            has_verb = true;
        } else if (is_one_of(word, {"back", "online", "working", "running", "fixed", "sorted",
                                    "resolved", "solved", "cured", "better", "fine", "perfect"}) ||
                   (word == "good" && at + 2 >= clause.size())) {
            is_good = true;
        } else if (!is_one_of(word, {"now",   "again",   "all",         "to",        "be",    "up",
                                     "and",   "fully",   "well",        "perfectly", "much",  "the",
                                     "issue", "problem", "it",          "good",      "great", "ok",
                                     "okay",  "nicely",  "beautifully", "also",      "here"})) {
            return false;
        }
        if (word == "works") is_good = true;
    }
    return has_verb && is_good;
}

/// "I can see the register now"
bool says_that_they_can(const Clause& clause) {
    std::size_t at = 0;
    while (at < clause.size() && is_one_of(clause[at], {"and", "yes", "now"})) ++at;
    if (clause.size() < at + 4 || clause.size() > at + 8) return false;
    if (!is_one_of(clause[at], {"i", "we"}) || clause[at + 1] != "can") return false;
    if (!is_one_of(clause[at + 2], {"log", "see", "open", "print", "use", "access", "get", "hear",
                                    "find", "send", "receive"})) {
        return false;
    }
    if (!is_one_of(clause.back(), {"now", "again"})) return false;
    const Clause middle(clause.begin() + static_cast<std::ptrdiff_t>(at) + 2, clause.end() - 1);
    // What they should not see, perhaps.
    for (const std::string_view word : middle) {
        if (word.find('\'') != std::string_view::npos || word.starts_with("every")) return false;
    }
    return has_none_that_turns(middle, 0);
}

/// "I'll give it a go tomorrow", "will check in the morning and let you know": he asks for nothing.
bool says_that_they_will_see(const Clause& clause) {
    std::size_t at = 0;
    while (at < clause.size() && is_one_of(clause[at], {"and", "so", "i", "we"})) ++at;
    if (at == clause.size() || !is_one_of(clause[at], {"will", "i'll", "we'll", "shall"})) {
        return false;
    }
    if (at + 1 == clause.size() ||
        !is_one_of(clause[at + 1], {"try", "test", "check", "give", "see", "look"})) {
        return false;
    }
    return std::all_of(
        clause.begin() + static_cast<std::ptrdiff_t>(at) + 2, clause.end(),
        [](std::string_view word) {
            return is_one_of(
                word,
                {"it",     "this",    "that",      "them",     "a",      "go",      "try",
                 "look",   "whirl",   "out",       "later",    "today",  "tonight", "tomorrow",
                 "monday", "tuesday", "wednesday", "thursday", "friday", "next",    "week",
                 "lesson", "in",      "on",        "at",       "the",    "my",      "class",
                 "school", "morning", "afternoon", "first",    "thing",  "and",     "let",
                 "you",    "know",    "how",       "goes",     "get",    "back",    "to",
                 "then"});
        });
}

/// "Happy for this to be closed", "no further action needed".
bool gives_leave_to_close(const Clause& clause) {
    constexpr std::array<std::string_view, 20> sayings{"happy for this to be closed",
                                                       "happy for it to be closed",
                                                       "happy for you to close this",
                                                       "happy for you to close it",
                                                       "happy to close",
                                                       "happy for this ticket to be closed",
                                                       "no further action needed",
                                                       "no further action required",
                                                       "no further action is needed",
                                                       "no further action is required",
                                                       "no need to do anything else",
                                                       "no need to do anything more",
                                                       "nothing else needed",
                                                       "it has made a huge difference",
                                                       "that did the trick",
                                                       "it did the trick",
                                                       "that has done the trick",
                                                       "that's done the trick",
                                                       "did the trick",
                                                       "that's done it"};
    std::string said;
    for (const std::string_view word : clause) {
        said += (said.empty() ? "" : " ") + std::string{word};
    }
    return std::find(sayings.begin(), sayings.end(), std::string_view{said}) != sayings.end();
}

}  // namespace

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool says_thanks(const Clause& clause) {
    return thanks_for_service(clause) || thanks_from_many(clause);
}

bool says_that_all_is_well(const Clause& clause) {
    return says_that_it_works(clause) || says_that_they_can(clause) ||
           says_that_they_will_see(clause) || gives_leave_to_close(clause);
}

}  // namespace bellhop::rules
