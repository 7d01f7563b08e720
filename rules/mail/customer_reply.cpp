#include "rules/mail/customer_reply.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "rules/sla/ticket_history.hpp"
#include "rules/words/folded_text.hpp"

namespace bellhop::rules {
namespace {

using Words = std::unordered_set<std::string_view>;

constexpr std::size_t most_bytes = 2000;  // of a reply that is looked at; more is no thank-you
constexpr std::size_t most_words = 40;    // of a thank-you
constexpr std::size_t most_comment_words = 100;  // beside a rating
constexpr int most_names = 3;                    // capitalised words that nobody knows

// All lists hold folded words: lower case, without accents.

const Words& thanks() {
    static const Words words{
        "thanks",    "thank",    "thankyou",    "thx",         "tvm",       "ty",      "cheers",
        "ta",        "grateful", "appreciated", "appreciate",  "danke",     "dank",    "dankeschon",
        "dankjewel", "bedankt",  "merci",       "mersi",       "remercie",  "gracias", "grazie",
        "obrigado",  "obrigada", "dziekuje",    "dzieki",      "multumesc", "diolch",  "tack",
        "takk",      "tak",      "tesekkurler", "aciu",        "shukriya",  "shukran", "hvala",
        "koszonom",  "kiitos",   "efharisto",   "faleminderit"};
    return words;
}

const Words& praise() {
    static const Words words{
        "sorted",    "fixed",    "works",      "working",   "worked",       "resolved",
        "solved",    "perfect",  "perfectly",  "brilliant", "great",        "excellent",
        "fab",       "fabulous", "amazing",    "awesome",   "lovely",       "wonderful",
        "fantastic", "super",    "good",       "fine",      "ok",           "okay",
        "done",      "star",     "stars",      "legend",    "legends",      "yay",
        "hooray",    "superb",   "marvellous", "happy",     "pleased",      "delighted",
        "perfekt",   "klasse",   "toll",       "prima",     "funktioniert", "geht",
        "parfait",   "marche",   "fonctionne", "perfecto",  "funciona",     "perfetto",
        "funziona",  "werkt",    "top",        "geweldig",  "dziala",       "gwych",
        "perffaith", "bine",     "lauft",      "klar"};
    return words;
}

const Words& courtesy() {
    static const Words words{
        "you",        "u",        "so",        "very",       "much",       "many",
        "a",          "an",       "the",       "lot",        "lots",       "all",
        "for",        "your",     "help",      "helping",    "quick",      "quickly",
        "prompt",     "promptly", "response",  "reply",      "replying",   "support",
        "assistance", "time",     "sorting",   "fixing",     "doing",      "this",
        "that",       "that's",   "thats",     "it",         "it's",       "its",
        "now",        "has",      "have",      "been",       "i",          "i'm",
        "im",         "we",       "we're",     "me",         "us",         "and",
        "of",         "from",     "on",        "in",         "to",         "really",
        "just",       "kind",     "kindly",    "everyone",   "everything", "team",
        "guys",       "both",     "job",       "work",       "speedy",     "efficient",
        "service",    "hi",       "hello",     "dear",       "hey",        "best",
        "regards",    "wishes",   "warm",      "sincerely",  "yours",      "sent",
        "my",         "iphone",   "ipad",      "android",    "outlook",    "mobile",
        "phone",      "up",       "running",   "is",         "am",         "x",
        "xx",         "mr",       "mrs",       "ms",         "miss",       "dr",
        "million",    "bunch",    "indeed",    "amazingly",  "today",      "morning",
        "afternoon",  "evening",  "weekend",   "nice",       "day",        "again",
        "vielen",     "schon",    "fur",       "die",        "hilfe",      "schnelle",
        "alles",      "jetzt",    "es",        "ist",        "herzlichen", "beaucoup",
        "bien",       "pour",     "votre",     "aide",       "ca",         "tout",
        "muchas",     "mucho",    "por",       "su",         "ayuda",      "ya",
        "mille",      "molte",    "muito",     "je",         "wel",        "hartelijk",
        "voor",       "het",      "bardzo",    "serdecznie", "za",         "pomoc",
        "mult",       "pentru",   "yn",        "fawr",       "iawn",       "am",
        "helpu",      "mange",    "tusen",     "kan",        "cok",        "veel",
        "are",        "was",      "were",      "had",        "yes",        "yep",
        "letting",    "know",     "coming",    "trying",     "resolving",  "patience",
        "with",       "enjoy",    "half",      "term",       "holiday",    "holidays",
        "break",      "merry",    "christmas", "easter",     "new",        "year",
        "received",   "noted",    "got",       "close",      "closed",     "closing",
        "ticket",     "case",     "trick",     "mate",       "days",       "children",
        "kids",       "pupils",   "class",     "staff",      "teachers",   "board",
        "further",    "more",     "questions", "worries",    "rush",       "ios",
        "bonne",      "journee",  "soiree",    "bon",        "wieder"};
    return words;
}

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

/// In a sentence with one of these something is left to do.
const Words& trouble() {
    static const Words words{"not",       "cannot",    "cant",    "doesnt",
                             "isnt",      "wont",      "didnt",   "hasnt",
                             "dont",      "but",       "still",   "however",
                             "although",  "though",    "except",  "unfortunately",
                             "broken",    "down",      "error",   "errors",
                             "fault",     "faulty",    "wrong",   "failed",
                             "fails",     "fail",      "failing", "dead",
                             "slow",      "urgent",    "stopped", "missing",
                             "crash",     "crashes",   "crashed", "stuck",
                             "problem",   "problems",  "issue",   "issues",
                             "need",      "needs",     "lost",    "unable",
                             "happening", "nothing",   "never",   "nicht",
                             "aber",      "kaputt",    "immer",   "pas",
                             "mais",      "toujours",  "pero",    "no",
                             "non",       "ma",        "ancora",  "niet",
                             "maar",      "nie",       "ale",     "nu",
                             "dar",       "ddim",      "inte",    "ikke",
                             "men",       "complaint", "complain"};
    return words;
}

/// A sentence that begins so asks something, with or without its question mark.
const Words& questions() {
    static const Words words{"is",   "are",  "was",   "were",  "has",  "have",  "had",   "do",
                             "does", "did",  "can",   "could", "will", "would", "shall", "should",
                             "what", "when", "where", "who",   "why",  "which", "how",   "may"};
    return words;
}

bool is_trouble(std::string_view word) {
    return trouble().contains(word) || word.ends_with("n't");
}

bool has_question(std::string_view text) {
    return text.find('?') != std::string_view::npos ||
           text.find("\xef\xbc\x9f") != std::string_view::npos;  // full width
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

/// "Thanks again", "working again" are good news; "again" alone is not.
bool may_stand_before_again(std::string_view word) {
    return thanks().contains(word) || praise().contains(word) || word == "you" || word == "much" ||
           word == "all" || word == "lot" || word == "help" || word == "running" ||
           is_of_something_that_works(word);
}

constexpr std::string_view thumbs_up = "\xf0\x9f\x91\x8d";
constexpr std::string_view folded_hands = "\xf0\x9f\x99\x8f";

/// What a word does to a reply that may be a thank-you.
enum class Says { thanks, courtesy, name, work };

/// A thank-you, word for word.
class ThanksReader {
public:
    explicit ThanksReader(std::string_view text) : text_(text), folded_(text) {}

    bool is_thanks() const {
        const std::size_t count = folded_.words().size();
        if (count == 0) {
            return text_.find(thumbs_up) != std::string_view::npos ||
                   text_.find(folded_hands) != std::string_view::npos;
        }
        if (count > most_words) return false;
        int kind_words = 0;
        int names = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Says says = said_by(i);
            if (says == Says::work) return false;
            if (says == Says::thanks) ++kind_words;
            if (says == Says::name && ++names > most_names) return false;
        }
        return kind_words > 0;
    }

private:
    std::string_view word(std::size_t i) const { return folded_.spelled(folded_.words()[i]); }

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
        if (is_trouble(one) || (begins_sentence(i) && questions().contains(one))) return Says::work;
        if (one == "again") return is_good_again(i) ? Says::courtesy : Says::work;
        if (thanks().contains(one) || praise().contains(one)) return Says::thanks;
        if (courtesy().contains(one) || is_of_something_that_works(one) ||
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
            if (praise().contains(word(at - 1))) return true;
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

/// Without the lines that end a mail in somebody's name: below "regards", or with a telephone
/// number. Such lines alone are no signature: "Room Twelve".
std::string_view without_signature(std::string_view text) {
    constexpr std::size_t most_lines = 6;
    const std::vector<std::string_view> lines = lines_of(text);
    std::size_t first = lines.size();
    bool is_sure = false;
    while (first > 1 && lines.size() - first < most_lines && !lines[first - 1].empty() &&
           is_of_signature(lines[first - 1])) {
        --first;
        is_sure = is_sure || has_telephone(lines[first]);
    }
    if (first == lines.size()) return text;
    const FoldedText above{lines[first - 1]};
    is_sure =
        is_sure || (!above.words().empty() && (above.spelled(above.words().back()) == "regards" ||
                                               above.spelled(above.words().back()) == "wishes"));
    return is_sure ? text.substr(0, static_cast<std::size_t>(lines[first].data() - text.data()))
                   : text;
}

bool is_thanks(std::string_view text) {
    if (text.size() > most_bytes || has_question(text)) return false;
    return ThanksReader{text}.is_thanks() || ThanksReader{without_signature(text)}.is_thanks();
}

/// Beside a good rating a "but" is about the service: "4 good but slow".
bool is_of_a_good_rating(std::string_view word) {
    return word == "but" || word == "slow" || word == "though" || word == "although" ||
           word == "however";
}

bool is_harmless_comment(std::string_view text, int stars) {
    if (text.size() > most_bytes || has_question(text)) return false;
    const FoldedText folded{text};
    return folded.words().size() <= most_comment_words &&
           std::none_of(folded.words().begin(), folded.words().end(), [&](const Word& word) {
               const std::string_view spelled = folded.spelled(word);
               const bool is_excused = stars >= 4 && is_of_a_good_rating(spelled);
               return (is_trouble(spelled) && !is_excused) || spelled == "again" ||
                      spelled == "please";
           });
}

/// Cuts `text` off the front; says whether it stood there. Case of ASCII letters does not matter.
bool take(std::string_view& line, std::string_view text) {
    if (line.size() < text.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = line[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != text[i]) return false;
    }
    line.remove_prefix(text.size());
    return true;
}

void skip_blanks(std::string_view& line) {
    const std::size_t begin = line.find_first_not_of(" \t\r\n");
    line.remove_prefix(begin == std::string_view::npos ? line.size() : begin);
}

/// "4" or "four" off the front; 0 where there is neither.
int take_stars(std::string_view& line) {
    if (line.empty()) return 0;
    if (line[0] >= '1' && line[0] <= '5') {
        const int stars = line[0] - '0';
        line.remove_prefix(1);
        return stars;
    }
    int stars = 0;
    for (const std::string_view word : {"one", "two", "three", "four", "five"}) {
        ++stars;
        std::string_view rest = line;
        const bool is_there = take(rest, word) && (rest.empty() || rest[0] < 'a' || rest[0] > 'z');
        if (!is_there) continue;
        line = rest;
        return stars;
    }
    return 0;
}

/// What may stand behind a number and says that it was a rating: "Great, thank you!", "good but
/// slow"; not "good laptops".
bool is_word_of_rating(std::string_view text) {
    if (is_thanks(text)) return true;
    const FoldedText folded{text.substr(0, std::min(text.size(), most_bytes))};
    const std::vector<Word>& words = folded.words();
    if (words.size() < 2 || !praise().contains(folded.spelled(words[0]))) return false;
    const std::string_view second = folded.spelled(words[1]);
    return second == "but" || second == "though" || second == "and" || second == "service";
}

struct Rating {
    int stars = 0;
    std::string_view comment = {};
};

/// "5", "4/5", "Rating: 3 out of 5", "5 - quick and kind": a number that begins the text and is
/// followed by nothing that it could count.
std::optional<Rating> rating_in(std::string_view text) {
    skip_blanks(text);
    const std::size_t line_end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, line_end);
    const std::string_view rest = text.substr(line_end);
    for (const std::string_view word : {"my", "rating", "score", "survey", "answer"}) {
        if (take(line, word)) skip_blanks(line);
    }
    if (take(line, ":") || take(line, "=")) skip_blanks(line);
    const int stars = take_stars(line);
    if (stars == 0) return std::nullopt;
    Rating rating{stars, {}};
    const bool touches = !line.empty() && line[0] != ' ' && line[0] != '\t' && line[0] != '\r';
    skip_blanks(line);
    const bool is_of_five =
        take(line, "/5") || take(line, "/ 5") || take(line, "out of 5") || take(line, "of 5");
    const bool has_stars = take(line, "stars") || take(line, "star");
    skip_blanks(line);
    if (line.empty() || line == "." || line == "!") {
        rating.comment = rest;
        return rating;
    }
    const bool is_parted = take(line, "-") || take(line, "\xe2\x80\x93") || take(line, ",") ||
                           take(line, ":") || take(line, ";") || take(line, "!");
    // "2 computers", "3pm", "1) first of all"
    const bool is_told = is_parted || is_of_five || has_stars || is_word_of_rating(line);
    if (!is_told || (touches && !is_parted && !is_of_five)) return std::nullopt;
    // "2-3 computers", "3,5"
    if (is_parted && !line.empty() && line[0] >= '0' && line[0] <= '9') return std::nullopt;
    rating.comment = text.substr(static_cast<std::size_t>(line.data() - text.data()));
    return rating;
}

}  // namespace

ReplyReading read_reply(const parsers::Message& message) {
    const bool shows_something =
        message.content != parsers::MessageContent::text ||
        std::any_of(message.attachments.begin(), message.attachments.end(),
                    [](const parsers::Attachment& one) {
                        return one.disposition == parsers::Disposition::attachment;
                    });
    const std::string_view text = message.reply_text;
    ReplyReading reading;
    if (const auto rating = rating_in(text)) {
        reading.rating = rating->stars;
        reading.wants_work =
            shows_something || !is_harmless_comment(rating->comment, rating->stars);
        return reading;
    }
    reading.wants_work = shows_something || !is_thanks(text);
    return reading;
}

std::optional<std::chrono::sys_seconds> reopens_until(const std::vector<TicketEvent>& log,
                                                      const SlaPolicy& policy,
                                                      const BusinessCalendar& calendar) {
    const auto last = last_entry_at(log);
    if (!last) return std::nullopt;
    const std::vector<Cycle> cycles = cycles_of(clock_events_of(log), policy.statuses, *last);
    if (cycles.empty() || !cycles.back().stopped_at) return std::nullopt;
    return calendar.add_business_days(*cycles.back().stopped_at, policy.reopen_window_days);
}

ReplyVerdict verdict_on(const parsers::Message& message,
                        const Ticket& ticket,
                        const StatusRules& statuses,
                        std::optional<std::chrono::sys_seconds> reopens_until,
                        std::chrono::sys_seconds at) {
    const auto rule =
        std::find_if(statuses.begin(), statuses.end(),
                     [&ticket](const StatusRule& status) { return status.name == ticket.status; });
    const std::string after = rule == statuses.end() ? std::string{} : rule->after_customer_reply;
    ReplyVerdict verdict;
    if (clock_of(statuses, ticket.status) != ClockMode::stop) {
        if (!after.empty() && after != ticket.status) verdict = {ReplyEffect::moves_on, after, {}};
        return verdict;
    }
    verdict.reading = read_reply(message);
    if (!verdict.reading.wants_work) return verdict;
    const bool is_late = reopens_until && at > *reopens_until;
    if (ticket.status == status::closed || is_late) {
        verdict.effect = ReplyEffect::follows;
        return verdict;
    }
    verdict.effect = ReplyEffect::reopens;
    verdict.to = after.empty() ? status::open : after;
    return verdict;
}

}  // namespace bellhop::rules
