#include "parsers/protocol/smtp_reply.hpp"

#include <algorithm>
#include <charconv>

#include "parsers/text/ensure.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::parsers {
namespace {

/// 0 where `line` does not begin with a reply code (RFC 5321 section 4.2, Reply-code).
int code_of(std::string_view line) {
    if (line.size() < 3) return 0;
    int code = 0;
    for (const char c : line.substr(0, 3)) {
        if (c < '0' || c > '9') return 0;
        code = code * 10 + (c - '0');
    }
    return code >= 200 && code < 600 ? code : 0;
}

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    while (!line.empty()) {
        const std::size_t blank = line.find(' ');
        if (blank != 0) words.emplace_back(line.substr(0, blank));
        line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
    }
    return words;
}

std::string upper(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

}  // namespace

std::string SmtpReply::text() const {
    std::string result = std::to_string(code);
    for (const std::string& line : lines) {
        if (!line.empty()) result += ' ' + line;
    }
    return result;
}

SmtpReplyParser::Step SmtpReplyParser::feed(std::string_view bytes) {
    std::size_t taken = 0;
    while (state_ == State::more && taken < bytes.size()) {
        const std::string_view rest = bytes.substr(taken);
        const std::size_t end = rest.find('\n');
        const bool whole = end != std::string_view::npos;
        const std::size_t length = whole ? end + 1 : rest.size();
        read_ += length;
        taken += length;
        if (read_ > max_reply_bytes) {
            state_ = State::fault;
        } else {
            line_.append(rest.substr(0, length));
            if (whole) state_ = end_line();
        }
    }
    return {taken, state_};
}

SmtpReply SmtpReplyParser::take() {
    ensure(state_ == State::reply);
    SmtpReply reply = std::move(reply_);
    *this = {};
    return reply;
}

SmtpReplyParser::State SmtpReplyParser::end_line() {
    line_.pop_back();
    if (line_.ends_with('\r')) line_.pop_back();
    const int code = code_of(line_);
    // RFC 5321 section 4.2.1: the code alone is allowed, and every line of a reply has the same
    // one.
    const bool more = line_.size() > 3 && line_[3] == '-';
    if (code == 0 || (line_.size() > 3 && !more && line_[3] != ' ') ||
        (reply_.code != 0 && code != reply_.code) || reply_.lines.size() >= max_reply_lines) {
        return State::fault;
    }
    reply_.code = code;
    std::string text =
        printable(std::string_view{line_}.substr(std::min<std::size_t>(4, line_.size())),
                  max_reply_text - kept_);
    kept_ = std::min(max_reply_text, kept_ + text.size());
    reply_.lines.push_back(std::move(text));
    line_.clear();
    return more ? State::more : State::reply;
}

SmtpExtensions extensions_of(const SmtpReply& ehlo) {
    SmtpExtensions offered;
    for (std::size_t i = 1; i < ehlo.lines.size(); ++i) {
        const std::vector<std::string> words = words_of(ehlo.lines[i]);
        if (words.empty()) continue;
        const std::string keyword = upper(words[0]);
        if (keyword == "PIPELINING") offered.pipelining = true;
        if (keyword == "8BITMIME") offered.eight_bit_mime = true;
        if (keyword == "SMTPUTF8") offered.smtp_utf8 = true;
        if (keyword != "SIZE") continue;
        offered.size = true;
        if (words.size() < 2) continue;
        const std::string& digits = words[1];
        std::uint64_t limit = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), limit);
        if (error == std::errc{} && end == digits.data() + digits.size())
            offered.size_limit = limit;
    }
    return offered;
}

std::string mail_data(std::string_view mail) {
    std::string data;
    data.reserve(mail.size() + mail.size() / 32 + 8);
    bool line_begins = true;
    for (std::size_t i = 0; i < mail.size(); ++i) {
        const char c = mail[i];
        if (c == '\0') continue;
        if (c == '\r' || c == '\n') {
            if (c == '\r' && i + 1 < mail.size() && mail[i + 1] == '\n') ++i;
            data += "\r\n";
            line_begins = true;
            continue;
        }
        if (line_begins && c == '.') data += '.';
        data += c;
        line_begins = false;
    }
    if (!line_begins) data += "\r\n";
    return data + ".\r\n";
}

std::size_t longest_line(std::string_view mail) {
    std::size_t longest = 0;
    while (!mail.empty()) {
        const std::size_t end = mail.find_first_of("\r\n");
        longest = std::max(longest, std::min(end, mail.size()));
        mail.remove_prefix(end == std::string_view::npos ? mail.size() : end + 1);
    }
    return longest;
}

}  // namespace bellhop::parsers
