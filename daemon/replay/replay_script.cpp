#include "daemon/replay/replay_script.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "parsers/text/quantity.hpp"
#include "rules/calendar/opening_hours.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t most_bytes = 8 * 1024 * 1024;
constexpr std::size_t most_entries = 10'000;

const std::vector<std::string> verbs{"mail",   "reply", "auto-reply", "bounce", "file", "desk",
                                     "append", "write", "gateway",    "clock",  "end"};

/// Cuts words off the front of a line and knows where it is.
class Words {
public:
    Words(const std::string& file, std::size_t line, std::string_view text)
        : file_(file), line_(line), text_(text) {}

    /// The next word; empty at the end.
    std::string_view next() {
        skip_blanks();
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '\t') ++at_;
        last_ = begin;
        return text_.substr(begin, at_ - begin);
    }

    std::string_view peek() {
        const std::size_t at = at_;
        const std::size_t last = last_;
        const std::string_view word = next();
        at_ = at;
        last_ = last;
        return word;
    }

    /// All that is left, without blanks around.
    std::string_view rest() {
        skip_blanks();
        last_ = at_;
        std::string_view left = text_.substr(at_);
        while (!left.empty() && (left.back() == ' ' || left.back() == '\r')) left.remove_suffix(1);
        at_ = text_.size();
        return left;
    }

    /// All before the next ": ", which is passed over; nothing where there is none.
    std::optional<std::string_view> before_colon() {
        skip_blanks();
        const std::size_t colon = text_.find(": ", at_);
        if (colon == std::string_view::npos) return std::nullopt;
        last_ = at_;
        const std::string_view head = text_.substr(at_, colon - at_);
        at_ = colon + 1;
        return head;
    }

    /// Of the word that came last.
    parsers::TextSpan where() const {
        return {file_, line_, last_ + 1, std::max<std::size_t>(at_ - last_, 1)};
    }

private:
    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }

    const std::string& file_;
    std::size_t line_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t last_ = 0;
};

/// A command line in words: blanks part them, quotation marks hold them together.
std::vector<std::string> shell_words(std::string_view text) {
    std::vector<std::string> words;
    bool in_word = false;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
            if (!in_word) words.emplace_back();
            in_word = true;
        } else if (c == ' ' && !quoted) {
            in_word = false;
        } else {
            if (!in_word) words.emplace_back();
            in_word = true;
            words.back().push_back(c);
        }
    }
    return words;
}

class ScriptParser {
public:
    ScriptParser(const std::string& file, std::string_view text) : file_(file), text_(text) {}

    boost::system::result<ReplayScript, parsers::Diagnostics> parse() {
        if (text_.size() > most_bytes) {
            complain({file_, 1, 1, 1}, "is larger than 8 MiB");
            return std::move(complaints_);
        }
        script_.expected_at = text_.size();
        std::size_t line_number = 0;
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t end = std::min(text_.find('\n', at), text_.size());
            std::string_view line = text_.substr(at, end - at);
            if (line.ends_with('\r')) line.remove_suffix(1);
            at = end + 1;
            ++line_number;
            if (line == "timeline") {
                script_.expected_at = std::min(at, text_.size());
                script_.expected = text_.substr(script_.expected_at);
                break;
            }
            read_line(line_number, line);
        }
        for (ScriptEntry* entry : with_text_) strip(entry->text);
        if (!complaints_.empty()) return std::move(complaints_);
        return std::move(script_);
    }

private:
    void complain(parsers::TextSpan where,
                  std::string message,
                  std::vector<std::string> hints = {}) {
        complaints_.push_back({std::move(where), std::move(message), std::move(hints)});
    }

    void read_line(std::size_t number, std::string_view line) {
        const bool is_blank = line.find_first_not_of(" \t") == std::string_view::npos;
        if (is_blank || line.front() == ' ' || line.front() == '\t') {
            if (current_ != nullptr) add_text(line);
            return;
        }
        if (line.front() == '#') return;
        if (script_.entries.size() + script_.setup.size() == most_entries) {
            complain({file_, number, 1, 1}, "has more than 10000 entries");
            return;
        }
        current_ = nullptr;
        Words words{file_, number, line};
        const std::string_view first = words.peek();
        if (first == "preset") {
            words.next();
            script_.preset = words.next();
        } else if (first == "append" || first == "write") {
            read_entry(words, {}, script_.setup);
        } else if (const auto at = read_time(words)) {
            if (!script_.entries.empty() && *at < script_.entries.back().at) {
                complain({file_, number, 1, line.size()}, "lies before the entry above it");
            }
            read_entry(words, *at, script_.entries);
        }
    }

    std::optional<std::chrono::local_seconds> read_time(Words& words) {
        std::string_view word = words.next();
        const auto weekday = rules::parse_weekday(word);
        if (weekday) word = words.next();
        const auto date = rules::parse_date(word);
        if (!date) {
            complain(words.where(), "not a date: " + parsers::in_quotes(word),
                     {"entries begin like this: Mon 2026-11-02 09:00  desk reply 1"});
            return std::nullopt;
        }
        if (weekday && std::chrono::weekday{*date} != *weekday) {
            complain(words.where(), "is a " + rules::short_name(std::chrono::weekday{*date}));
        }
        const auto time = parsers::parse_time_of_day(words.next());
        if (!time) {
            complain(words.where(), "not a time of day", {"for example 09:00"});
            return std::nullopt;
        }
        return *date + std::chrono::seconds{*time};
    }

    void read_entry(Words& words,
                    std::chrono::local_seconds at,
                    std::vector<ScriptEntry>& entries) {
        const std::string verb{words.next()};
        const parsers::TextSpan where = words.where();
        const std::optional<ScriptAct> act = read_act(verb, words);
        if (!act) return;
        // The vectors must not move under `current_`.
        entries.reserve(most_entries);
        entries.push_back({at, *act, {}, where});
        current_ = &entries.back();
        with_text_.push_back(current_);
    }

    std::optional<ScriptAct> read_act(const std::string& verb, Words& words) {
        if (verb == "mail") return read_mail(words);
        if (verb == "reply") return read_response(words, Response::Kind::reply);
        if (verb == "auto-reply") return read_response(words, Response::Kind::auto_reply);
        if (verb == "bounce") return read_response(words, Response::Kind::bounce);
        if (verb == "desk") return DeskWords{shell_words(words.rest())};
        if (verb == "append" || verb == "write") {
            return FileEdit{std::string{words.next()}, verb == "append"};
        }
        if (verb == "file") return MailFile{std::string{words.next()}, mailbox_of(words)};
        if (verb == "gateway") return read_gateway(words);
        if (verb == "clock") return read_clock(words);
        if (verb == "end") return End{};
        std::vector<std::string> hints{
            "there are: mail, reply, auto-reply, bounce, file, desk, "
            "append, write, gateway, clock, end"};
        const std::string near = parsers::nearest(verb, verbs);
        if (!near.empty()) hints.push_back("did you mean \"" + near + "\"?");
        complain(words.where(), "nothing is called " + parsers::in_quotes(verb), std::move(hints));
        return std::nullopt;
    }

    std::string mailbox_of(Words& words) {
        if (words.peek() != "in") return {};
        words.next();
        return std::string{words.next()};
    }

    bool expect(Words& words, std::string_view wanted) {
        if (words.next() == wanted) return true;
        complain(words.where(), "expected \"" + std::string{wanted} + "\"");
        return false;
    }

    std::optional<ScriptAct> read_mail(Words& words) {
        if (!expect(words, "from")) return std::nullopt;
        const auto head = words.before_colon();
        if (!head) {
            complain(words.where(), "has no subject",
                     {"for example: mail from ann@hill.example: Projector"});
            return std::nullopt;
        }
        NewMail mail;
        const std::size_t in = head->rfind(" in ");
        if (in != std::string_view::npos) mail.mailbox = head->substr(in + 4);
        const std::string_view people = head->substr(0, in);
        const std::size_t cc = people.find(" cc ");
        mail.from = people.substr(0, cc);
        if (cc != std::string_view::npos) mail.cc = people.substr(cc + 4);
        mail.subject = words.rest();
        return mail;
    }

    std::optional<ScriptAct> read_response(Words& words, Response::Kind kind) {
        if (!expect(words, "from")) return std::nullopt;
        Response response{kind, std::string{words.next()}, 0};
        if (!expect(words, "to")) return std::nullopt;
        const std::string_view number = words.next();
        const auto read =
            std::from_chars(number.data(), number.data() + number.size(), response.ticket);
        if (read.ec != std::errc{} || response.ticket <= 0) {
            complain(words.where(), "not the number of a ticket: " + parsers::in_quotes(number));
            return std::nullopt;
        }
        return response;
    }

    std::optional<ScriptAct> read_gateway(Words& words) {
        const std::string_view word = words.next();
        if (word == "stops") return GatewayRuns{false};
        if (word == "starts") return GatewayRuns{true};
        complain(words.where(), "expected \"stops\" or \"starts\"");
        return std::nullopt;
    }

    std::optional<ScriptAct> read_clock(Words& words) {
        const std::string word{words.next()};
        if (word == "right") return ClockOffset{};
        const auto by = parsers::parse_duration(words.rest());
        if ((word == "back" || word == "ahead") && by) {
            return ClockOffset{word == "back" ? -*by : *by};
        }
        complain(words.where(), "expected \"back 2h\", \"ahead 2h\" or \"right\"");
        return std::nullopt;
    }

    /// With its indentation still; empty lines at the end are cut off later.
    void add_text(std::string_view line) {
        current_->text += line;
        current_->text += '\n';
    }

    /// Takes away the indentation that all lines have, and empty lines at the end.
    static void strip(std::string& text) {
        while (text.ends_with("\n\n")) text.pop_back();
        if (text == "\n") text.clear();
        std::size_t indent = text.size();
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            const std::size_t begin = text.find_first_not_of(' ', at);
            if (begin < end) indent = std::min(indent, begin - at);
            at = end + 1;
        }
        std::string stripped;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            const std::string_view line = std::string_view{text}.substr(at, end - at);
            stripped += line.substr(std::min(indent, line.size()));
            stripped += '\n';
            at = end + 1;
        }
        text = std::move(stripped);
    }

    const std::string& file_;
    std::string_view text_;
    ReplayScript script_ = {};
    parsers::Diagnostics complaints_ = {};
    ScriptEntry* current_ = nullptr;
    std::vector<ScriptEntry*> with_text_ = {};
};

}  // namespace

boost::system::result<ReplayScript, parsers::Diagnostics> parse_replay_script(
    const std::string& file, std::string_view text) {
    return ScriptParser{file, text}.parse();
}

}  // namespace bellhop::daemon
