#include "rules/mail/chase.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string_view>

#include "parsers/header/thread_fields.hpp"
#include "parsers/text/lists.hpp"
#include "rules/words/folded_text.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_bytes = 4000;    // of a text that is looked at
constexpr std::size_t longest_chase = 120;  // words; who writes more has something new to say
constexpr std::size_t shortest_topic = 3;   // characters of a word that says what it is about

using Topics = std::set<std::string, std::less<>>;

/// Says that something was asked before. Folded; the words of a phrase stand side by side.
constexpr std::array<std::string_view, 62> chasing{
    "any news",          "any update",   "any updates",    "any progress",   "any joy",
    "any further",       "an update on", "update on this", "update please",  "still waiting",
    "still not",         "still no",     "still nothing",  "still have not", "still haven't",
    "still has not",     "still hasn't", "heard nothing",  "heard anything", "heard back",
    "not heard",         "chasing",      "chase this",     "chase up",       "following up",
    "follow up",         "i wrote",      "i emailed",      "i e mailed",     "i asked",
    "i reported",        "i sent",       "we wrote",       "we emailed",     "we reported",
    "my email",          "my e mail",    "my previous",    "my last",        "my earlier",
    "my ticket",         "my request",   "our ticket",     "our request",    "second time",
    "third time",        "second email", "third email",    "getting worse",  "got worse",
    "is worse",          "even worse",   "worse now",      "worse than",     "not happy",
    "unacceptable",      "complaint",    "complain",       "disappointed",   "when will",
    "has anyone looked", "nobody has"};

/// Words of every mail, and of every chase: they tell no ticket from another.
bool tells_nothing(std::string_view word) {
    static const std::set<std::string_view> words{
        "the",       "and",       "for",          "you",       "your",     "with",
        "this",      "that",      "have",         "has",       "had",      "not",
        "are",       "was",       "were",         "will",      "would",    "could",
        "can",       "cannot",    "please",       "thanks",    "thank",    "hello",
        "dear",      "regards",   "kind",         "any",       "news",     "update",
        "updates",   "progress",  "still",        "waiting",   "wait",     "yesterday",
        "today",     "week",      "weeks",        "day",       "days",     "monday",
        "tuesday",   "wednesday", "thursday",     "friday",    "morning",  "afternoon",
        "about",     "wrote",     "emailed",      "email",     "asked",    "reported",
        "sent",      "ticket",    "request",      "heard",     "nothing",  "anything",
        "back",      "from",      "there",        "when",      "what",     "how",
        "who",       "why",       "here",         "they",      "them",     "been",
        "since",     "last",      "time",         "times",     "now",      "worse",
        "even",      "getting",   "than",         "but",       "all",      "our",
        "his",       "her",       "its",          "it's",      "i'm",      "just",
        "only",      "also",      "again",        "get",       "got",      "need",
        "needs",     "help",      "desk",         "team",      "someone",  "somebody",
        "anyone",    "anybody",   "nobody",       "chasing",   "chase",    "follow",
        "following", "happy",     "unacceptable", "complaint", "complain", "disappointed",
        "look",      "looked",    "come",         "came",      "going",    "let",
        "know",      "this",      "issue",        "problem",   "problems", "fault",
        "good",      "mr",        "mrs",          "miss",      "ago",      "first",
        "second",    "third",     "ask",          "very",      "really",   "long",
        "soon",      "possible",  "urgent",       "urgently",  "hi",       "sorted",
        "fixed",     "done",      "being",        "doing",     "did",      "does",
        "doesn't",   "isn't",     "hasn't",       "haven't",   "until",    "after",
        "before",    "say",       "said"};
    return words.contains(word);
}

Topics topics_of(std::string_view text) {
    const FoldedText folded{text.substr(0, most_bytes)};
    Topics topics;
    for (const Word& word : folded.words()) {
        const std::string_view spelled =
            std::string_view{folded.text()}.substr(word.begin, word.base_end - word.begin);
        if (spelled.size() >= shortest_topic && !tells_nothing(spelled)) topics.emplace(spelled);
    }
    return topics;
}

/// The words of a text in one line, so that phrases can be looked for.
std::string line_of(std::string_view text, std::size_t& count) {
    const FoldedText folded{text.substr(0, most_bytes)};
    std::string line = " ";
    for (const Word& word : folded.words()) line += std::string{folded.spelled(word)} + " ";
    count = folded.words().size();
    return line;
}

bool says_that_it_was_asked(std::string_view text) {
    std::size_t words = 0;
    const std::string line = line_of(text, words);
    if (words > longest_chase) return false;
    return std::any_of(chasing.begin(), chasing.end(), [&line](std::string_view phrase) {
        return line.find(" " + std::string{phrase} + " ") != std::string::npos;
    });
}

/// The numbers of "CASE#2", "case #2", "ticket 2" in the sender's own words.
std::vector<TicketId> numbers_named(std::string_view text, const std::string& tag) {
    constexpr std::size_t most = 10;
    const FoldedText folded{text.substr(0, most_bytes)};
    const std::string own = folded_form(tag);
    std::vector<TicketId> numbers;
    for (std::size_t i = 1; i < folded.words().size() && numbers.size() < most; ++i) {
        std::string_view before = folded.spelled(folded.words()[i - 1]);
        if (before == "number" && i > 1) before = folded.spelled(folded.words()[i - 2]);
        if (before != own && before != "ticket" && before != "case") continue;
        const std::string_view word = folded.spelled(folded.words()[i]);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error == std::errc{} && end == word.data() + word.size() && number > 0) {
            numbers.push_back(TicketId{number});
        }
    }
    return numbers;
}

std::string said_in(const parsers::Message& message) {
    return message.subject + "\n\n" + message.reply_text;
}

/// "Re: Printer", where one ticket of his is called so. Some programs write no References, and
/// some people copy the subject.
const OwnTicket* called_as_the_reply(const parsers::Message& message,
                                     const std::vector<OwnTicket>& own) {
    if (parsers::subject_mark(message.subject) != parsers::SubjectMark::reply) return nullptr;
    const std::string subject = folded_form(parsers::base_subject(message.subject));
    const OwnTicket* found = nullptr;
    for (const OwnTicket& one : own) {
        if (folded_form(parsers::base_subject(one.subject)) != subject) continue;
        if (found != nullptr) return nullptr;
        found = &one;
    }
    return subject.empty() ? nullptr : found;
}

std::size_t shared(const Topics& left, const Topics& right) {
    return static_cast<std::size_t>(
        std::count_if(left.begin(), left.end(),
                      [&right](const std::string& one) { return right.contains(one); }));
}

}  // namespace

bool may_chase(const parsers::Message& message, const std::string& tag) {
    if (message.kind != parsers::MessageKind::human) return false;
    const std::string said = said_in(message);
    return parsers::subject_mark(message.subject) == parsers::SubjectMark::reply ||
           says_that_it_was_asked(said) || !numbers_named(said, tag).empty();
}

std::optional<ChasedTicket> chased_ticket(const parsers::Message& message,
                                          const std::vector<OwnTicket>& own,
                                          const std::string& tag) {
    if (own.empty() || message.kind != parsers::MessageKind::human) return std::nullopt;
    const std::string said = said_in(message);
    const std::vector<TicketId> named = numbers_named(said, tag);
    for (const OwnTicket& one : own) {
        if (parsers::contains(named, one.id)) {
            return ChasedTicket{one.id, "the requester names its number in his own words"};
        }
    }
    if (const OwnTicket* called = called_as_the_reply(message, own)) {
        return ChasedTicket{called->id, "a reply under the subject of the requester's own ticket"};
    }
    if (!says_that_it_was_asked(said)) return std::nullopt;
    const Topics topics = topics_of(said);
    const OwnTicket* best = nullptr;
    std::size_t most = 0;
    bool is_tie = false;
    for (const OwnTicket& one : own) {
        const std::size_t count = shared(topics, topics_of(one.subject + "\n\n" + one.text));
        is_tie = count == most && count > 0;
        if (count <= most) continue;
        most = count;
        best = &one;
        is_tie = false;
    }
    // A room alone is no topic: half of what is said must be known, or two words of it.
    const bool is_the_same = most > 0 && !is_tie && (2 * most >= topics.size() || most >= 2);
    if (is_the_same) {
        return ChasedTicket{best->id, "the requester asks again, in the same words"};
    }
    if (own.size() == 1 && topics.empty()) {
        return ChasedTicket{own.front().id, "the requester asks again, and has no other ticket"};
    }
    return std::nullopt;
}

}  // namespace bellhop::rules
