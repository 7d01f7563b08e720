#include "parsers/message/bounce_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_notice_lines = 300;
constexpr std::size_t max_line = 1000;        // bytes that are looked at
constexpr std::size_t max_diagnostic = 1000;  // bytes
constexpr std::size_t max_reason_lines = 10;  // below a recipient

constexpr std::array<std::string_view, 12> delay_words = {"delayed",
                                                          "still trying",
                                                          "will keep trying",
                                                          "will continue to",
                                                          "not yet been delivered",
                                                          "could not yet",
                                                          "no action is required",
                                                          "warning message only",
                                                          "will be retried",
                                                          "keep on trying",
                                                          "do not need to resend",
                                                          "temporarily"};

// Phrases behind which the recipient stands.
constexpr std::array<std::string_view, 24> recipient_phrases = {"delivered to",
                                                                "recipient:",
                                                                "recipient address:",
                                                                "permanent errors:",
                                                                "deliver message to",
                                                                "rcpt to:",
                                                                "addressed to:",
                                                                "allowed size:",
                                                                "delivery to",
                                                                "message to",
                                                                "recipient(s):",
                                                                "to the address",
                                                                "invalid recipient",
                                                                "unknown user",
                                                                "unknown user:",
                                                                "user unknown:",
                                                                "not deliver to",
                                                                "mailbox for",
                                                                "mail to",
                                                                "delivered to:",
                                                                "userid:",
                                                                "is full:",
                                                                "user:",
                                                                "address:"};

bool is_address_byte(char c) {
    return is_word_byte(c) ||
           std::string_view{".!#$%&'*+/=?^_`{|}~-"}.find(c) != std::string_view::npos;
}

struct FoundAddress {
    std::string_view text = {};
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The first address in `line` at or behind `from`.
std::optional<FoundAddress> find_address(std::string_view line, std::size_t from = 0) {
    for (std::size_t at = line.find('@', from); at != line.npos; at = line.find('@', at + 1)) {
        std::size_t begin = at;
        std::size_t end = at + 1;
        while (begin > from && is_address_byte(line[begin - 1])) --begin;
        while (end < line.size() &&
               (is_word_byte(line[end]) || line[end] == '.' || line[end] == '-'))
            ++end;
        while (end > at + 1 && (line[end - 1] == '.' || line[end - 1] == '-')) --end;
        while (begin < at && (line[begin] == '.' || line[begin] == '\'')) ++begin;
        const bool domain = line.substr(at + 1, end - at - 1).find('.') != line.npos;
        if (begin < at && domain) return FoundAddress{line.substr(begin, end - begin), begin, end};
        if (end > at + 1) at = end - 1;
    }
    return {};
}

/// An SMTP reply code of an error ("550 ", "450-") in `words`, or 0.
char reply_class(std::string_view words) {
    for (std::size_t i = 0; i + 3 <= words.size(); ++i) {
        if (words[i] != '4' && words[i] != '5') continue;
        if (!is_digit(words[i + 1]) || words[i + 1] > '5' || !is_digit(words[i + 2])) continue;
        const bool begins =
            i == 0 || !(is_word_byte(words[i - 1]) || words[i - 1] == '.' || words[i - 1] == '-');
        const bool ends = i + 3 == words.size() || !(is_word_byte(words[i + 3]) ||
                                                     words[i + 3] == '.' || words[i + 3] == '/');
        if (begins && ends) return words[i];
    }
    return '\0';
}

enum class Shape { none, alone, beginning, named };

struct RecipientLine {
    Shape shape = Shape::none;
    FoundAddress address = {};
};

/// Whether `line` is about one recipient: its address alone, at the beginning, or behind a known
/// phrase.
RecipientLine recipient_line(std::string_view line) {
    const auto found = find_address(line);
    if (!found) return {};
    const std::string_view before = stripped(line.substr(0, found->begin));
    const std::string_view behind = stripped(line.substr(found->end));
    const bool opens = before.empty() || before == "<" || before == "*" || before == "* <" ||
                       before == "\"" || before == "'" || before == "-" || before == "\"<" ||
                       before == "mailto:" || before == "To:" || before == "To: <" ||
                       before == ">>>" || before == "<mailto:";
    constexpr std::string_view closing = ">:\"'.,;)";
    const bool closes = behind.find_first_not_of(closing) == behind.npos;
    const bool introduces = behind.find(':') != behind.npos && before.ends_with('<');
    if (opens && closes) return {introduces ? Shape::beginning : Shape::alone, *found};
    if (opens) {
        const std::string_view next = behind.substr(behind.find_first_not_of('>') == behind.npos
                                                        ? behind.size()
                                                        : behind.find_first_not_of('>'));
        const bool reason = next.starts_with(':') || next.starts_with("...") ||
                            next.starts_with('[') || next.starts_with('(') ||
                            next.starts_with('<') || next.starts_with("on ") ||
                            next.starts_with('"') || next.starts_with('\'') ||
                            next.starts_with(',') || reply_class(next) != '\0';
        if (reason) return {Shape::beginning, *found};
    }
    const std::string low = folded(before);
    std::string_view words = low;
    while (!words.empty() && (words.back() == '<' || words.back() == ' ' || words.back() == '"'))
        words.remove_suffix(1);
    for (const std::string_view phrase : recipient_phrases) {
        if (words.ends_with(phrase)) return {Shape::named, *found};
    }
    return {};
}

class Notice {
public:
    Notice(std::string_view text, const std::vector<std::string>& ours) : ours_(ours) {
        lines_ = lines_of(text);
        if (lines_.size() > max_notice_lines) lines_.resize(max_notice_lines);
        for (std::string_view& line : lines_) line = utf8_prefix(line, max_line);
        delayed_ = has_any(folded(text.substr(0, max_notice_lines * 20)), delay_words);
    }

    std::vector<ReportedRecipient> read();

private:
    void read_shape(Shape shape);
    void read_error_lines();
    void add(std::size_t line, const FoundAddress& address);
    std::string reason_below(std::size_t line, const FoundAddress& address) const;
    std::string general_reason() const;
    bool is_ours(std::string_view address) const;

    const std::vector<std::string>& ours_;
    std::vector<std::string_view> lines_ = {};
    bool delayed_ = false;
    std::vector<ReportedRecipient> found_ = {};
};

bool Notice::is_ours(std::string_view address) const {
    const std::string low = folded(address);
    return std::find(ours_.begin(), ours_.end(), low) != ours_.end();
}

void append_words(std::string& out, std::string_view words) {
    words = stripped(words);
    const std::size_t first = words.find_first_not_of(">:\"' ");
    if (first == words.npos || out.size() + words.size() > max_diagnostic) return;
    if (!out.empty()) out += ' ';
    out += words.substr(first);
}

/// What stands behind the address and below it, to the next empty line or recipient.
std::string Notice::reason_below(std::size_t line, const FoundAddress& address) const {
    std::string reason;
    append_words(reason, lines_[line].substr(address.end));
    for (std::size_t i = line + 1; i < std::min(lines_.size(), line + 1 + max_reason_lines); ++i) {
        if (stripped(lines_[i]).empty()) {
            // Exchange leaves a line free before the reason.
            if (!reason.empty() || i > line + 1) break;
            continue;
        }
        const RecipientLine next = recipient_line(lines_[i]);
        if (next.shape == Shape::alone || next.shape == Shape::beginning) break;
        append_words(reason, lines_[i]);
    }
    return reason;
}

/// The first line with an SMTP error in it, for notices that tell the reason once for all.
std::string Notice::general_reason() const {
    for (const std::string_view line : lines_) {
        if (reply_class(line) == '\0') continue;
        std::string reason;
        append_words(reason, line);
        return reason;
    }
    return {};
}

void Notice::add(std::size_t line, const FoundAddress& address) {
    if (found_.size() >= max_reported) return;
    const std::string low = folded(address.text);
    const auto same =
        std::find_if(found_.begin(), found_.end(),
                     [&](const ReportedRecipient& each) { return each.address == address.text; });
    if (same != found_.end()) return;
    ReportedRecipient recipient;
    recipient.address = address.text;
    recipient.diagnostic = reason_below(line, address);
    recipient.status = status_in(recipient.diagnostic);
    found_.push_back(std::move(recipient));
}

void Notice::read_shape(Shape shape) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const RecipientLine line = recipient_line(lines_[i]);
        if (line.shape != shape) continue;
        // Behind "<ann@example.org>:" stands what befell Ann, even if it is the desk itself.
        if (shape == Shape::beginning || !is_ours(line.address.text)) add(i, line.address);
    }
}

/// "550 5.1.1 <ann@example.org>... User unknown": the address in the server's own words.
void Notice::read_error_lines() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (reply_class(lines_[i]) == '\0') continue;
        const auto address = find_address(lines_[i]);
        if (!address || is_ours(address->text)) continue;
        add(i, *address);
        if (!found_.empty() && found_.back().address == address->text) {
            found_.back().diagnostic = utf8_prefix(stripped(lines_[i]), max_diagnostic);
            found_.back().status = status_in(found_.back().diagnostic);
        }
    }
}

std::vector<ReportedRecipient> Notice::read() {
    // The surest form of the notice decides: other addresses in it are senders, helpers and
    // examples.
    for (const Shape shape : {Shape::beginning, Shape::alone}) read_shape(shape);
    if (found_.empty()) read_shape(Shape::named);
    if (found_.empty()) read_error_lines();
    const std::string general = general_reason();
    for (ReportedRecipient& each : found_) {
        if (each.diagnostic.empty() || (each.status.empty() && !general.empty())) {
            if (each.diagnostic.empty()) each.diagnostic = general;
            each.status = status_in(general);
        }
        const bool temporary = each.status.starts_with('4') || each.status.empty();
        each.action = delayed_ && temporary ? "delayed" : "failed";
    }
    return std::move(found_);
}

}  // namespace

std::string status_in(std::string_view words) {
    // RFC 3463 section 2: class "." subject "." detail.
    for (std::size_t i = 0; i + 5 <= words.size(); ++i) {
        if ((words[i] != '2' && words[i] != '4' && words[i] != '5') || words[i + 1] != '.')
            continue;
        if (i > 0 && (is_word_byte(words[i - 1]) || words[i - 1] == '.')) continue;
        std::size_t at = i + 2;
        const auto digits = [&] {
            const std::size_t first = at;
            while (at < words.size() && at - first < 3 && is_digit(words[at])) ++at;
            return at - first;
        };
        if (digits() == 0 || at >= words.size() || words[at] != '.') continue;
        ++at;
        if (digits() == 0) continue;
        if (at < words.size() &&
            (is_word_byte(words[at]) ||
             (words[at] == '.' && at + 1 < words.size() && is_digit(words[at + 1]))))
            continue;
        return std::string{words.substr(i, at - i)};
    }
    const char reply = reply_class(words);
    return reply == '\0' ? std::string{} : std::string{reply} + ".0.0";
}

std::vector<ReportedRecipient> recipients_in_text(std::string_view notice,
                                                  const std::vector<std::string>& ours) {
    return Notice{notice, ours}.read();
}

std::string typed_value(std::string_view value) {
    const std::size_t semicolon = value.find(';');
    if (semicolon != value.npos && value.substr(0, semicolon).find('@') == value.npos) {
        value = stripped(value.substr(semicolon + 1));
    }
    if (value.starts_with('<') && value.ends_with('>'))
        value = stripped(value.substr(1, value.size() - 2));
    return std::string{value};
}

}  // namespace bellhop::parsers
