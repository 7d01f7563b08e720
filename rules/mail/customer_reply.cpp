#include "rules/mail/customer_reply.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "rules/mail/thanks.hpp"
#include "rules/mail/thanks_words.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/words/folded_text.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_bytes = 2000;         // of a comment that is looked at
constexpr std::size_t most_comment_words = 100;  // beside a rating

/// Beside a good rating a "but" is about the service: "4 good but slow".
bool is_of_a_good_rating(std::string_view word) {
    return word == "but" || word == "slow" || word == "though" || word == "although" ||
           word == "however";
}

bool is_harmless_comment(std::string_view text, int stars) {
    if (text.size() > most_bytes || asks_something(text)) return false;
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
    if (words.size() < 2 || !is_praise(folded.spelled(words[0]))) return false;
    const std::string_view second = folded.spelled(words[1]);
    return second == "but" || second == "though" || second == "and" || second == "service";
}

struct Rating {
    int stars = 0;
    std::string_view comment = {};
};

/// "10/10", "9 out of 10" off the front, as so many of five; 0 where it is not of ten.
int take_stars_of_ten(std::string_view& line) {
    std::string_view rest = line;
    int points = 0;
    while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9' && points <= 10) {
        points = points * 10 + (rest[0] - '0');
        rest.remove_prefix(1);
    }
    skip_blanks(rest);
    const bool is_of_ten = take(rest, "/10") || take(rest, "/ 10") || take(rest, "out of 10") ||
                           take(rest, "out of ten");
    if (!is_of_ten || points < 1 || points > 10) return 0;
    line = rest;
    return (points + 1) / 2;
}

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
    const int of_ten = take_stars_of_ten(line);
    const int stars = of_ten > 0 ? of_ten : take_stars(line);
    if (stars == 0) return std::nullopt;
    Rating rating{stars, {}};
    const bool touches = !line.empty() && line[0] != ' ' && line[0] != '\t' && line[0] != '\r';
    skip_blanks(line);
    const bool is_of_five = of_ten > 0 || take(line, "/5") || take(line, "/ 5") ||
                            take(line, "out of 5") || take(line, "of 5");
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
