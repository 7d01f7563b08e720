#include "parsers/protocol/imap_response.hpp"

#include <algorithm>
#include <charconv>

#include "parsers/text/ensure.hpp"

namespace bellhop::parsers {
namespace {

constexpr int max_list_depth = 16;  // levels; what the gateway asks for has two

std::string upper(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

ImapStatus status_named(std::string_view word) {
    const std::string name = upper(word);
    if (name == "OK") return ImapStatus::ok;
    if (name == "NO") return ImapStatus::no;
    if (name == "BAD") return ImapStatus::bad;
    if (name == "BYE") return ImapStatus::bye;
    if (name == "PREAUTH") return ImapStatus::preauth;
    return ImapStatus::none;
}

/// The part of `text` before the first blank; `text` keeps what follows the blank.
std::string_view take_word(std::string_view& text) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    return word;
}

/// RFC 9051 section 9: resp-text is free text up to the line end. "{5}" at its end announces
/// nothing.
bool may_hold_literals(std::string_view line) {
    if (take_word(line) != "*") return false;
    return status_named(take_word(line)) == ImapStatus::none;
}

struct Announcement {
    std::size_t begin = 0;  // where "{" or "~{" stands
    std::string_view count = {};
};

/// RFC 9051 section 4.3: "{5}" at the end of a line; "{5+}" (RFC 7888) and "~{5}" (RFC 3516) as
/// well.
std::optional<Announcement> announcement_in(std::string_view line) {
    if (line.size() < 3 || line.back() != '}') return std::nullopt;
    const std::size_t brace = line.rfind('{');
    if (brace == std::string_view::npos) return std::nullopt;
    std::string_view count = line.substr(brace + 1, line.size() - brace - 2);
    if (!count.empty() && count.back() == '+') count.remove_suffix(1);
    if (count.empty() || count.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    const bool binary = brace > 0 && line[brace - 1] == '~';
    return Announcement{binary ? brace - 1 : brace, count};
}

template <class Number>
std::optional<Number> whole_number(std::string_view digits) {
    Number value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

/// Splits "[CODE arguments] text" (RFC 9051 section 7.1).
void read_text(std::string_view rest, ImapResponse& response) {
    if (!rest.starts_with('[')) {
        response.text = rest;
        return;
    }
    bool quoted = false;
    std::size_t end = 1;
    for (; end < rest.size() && (quoted || rest[end] != ']'); ++end) {
        if (rest[end] == '"') quoted = !quoted;
    }
    std::string_view inside = rest.substr(1, end - 1);
    response.code = upper(take_word(inside));
    response.arguments = inside;
    rest.remove_prefix(std::min(rest.size(), end + 1));
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    response.text = rest;
}

/// Reads the values that follow a response's name. `Literal` is ImapResponseParser's.
template <class Literal>
class ValueReader {
public:
    ValueReader(std::string_view line, std::size_t position, std::vector<Literal>& literals)
        : line_(line), position_(position), literals_(literals) {}

    /// All values up to the end of the line; nullopt where they are malformed.
    std::optional<std::vector<ImapValue>> all() {
        std::vector<ImapValue> values;
        for (;;) {
            skip_blanks();
            if (at_end()) return values;
            std::optional<ImapValue> value = one(0);
            if (!value) return std::nullopt;
            values.push_back(std::move(*value));
        }
    }

private:
    bool at_literal() const {
        return next_literal_ < literals_.size() && literals_[next_literal_].position == position_;
    }
    bool at_end() const { return position_ >= line_.size() && !at_literal(); }
    void skip_blanks() {
        while (!at_literal() && position_ < line_.size() && line_[position_] == ' ') ++position_;
    }

    std::optional<ImapValue> one(int depth) {
        if (at_literal()) return literal();
        if (line_[position_] == '(') return list(depth);
        if (line_[position_] == '"') return quoted();
        return atom();
    }

    ImapValue literal() {
        Literal& source = literals_[next_literal_++];
        return {ImapValue::Kind::string, std::move(source.bytes), source.cut, {}};
    }

    std::optional<ImapValue> list(int depth) {
        if (depth >= max_list_depth) return std::nullopt;
        ImapValue result{ImapValue::Kind::list};
        ++position_;
        for (;;) {
            skip_blanks();
            if (at_end()) return std::nullopt;
            if (!at_literal() && line_[position_] == ')') {
                ++position_;
                return result;
            }
            std::optional<ImapValue> value = one(depth + 1);
            if (!value) return std::nullopt;
            result.items.push_back(std::move(*value));
        }
    }

    std::optional<ImapValue> quoted() {
        ImapValue result{ImapValue::Kind::string};
        for (++position_; position_ < line_.size(); ++position_) {
            char c = line_[position_];
            if (c == '"') {
                ++position_;
                return result;
            }
            if (c == '\\' && position_ + 1 < line_.size()) c = line_[++position_];
            result.text += c;
        }
        return std::nullopt;
    }

    /// An atom, a flag or the name of a FETCH item: "BODY[HEADER.FIELDS (TO CC)]<0>" is one.
    std::optional<ImapValue> atom() {
        const std::size_t begin = position_;
        bool bracketed = false;
        for (; position_ < line_.size() && !at_literal(); ++position_) {
            const char c = line_[position_];
            if (c == '[') bracketed = true;
            if (c == ']') bracketed = false;
            if (!bracketed && (c == ' ' || c == '(' || c == ')' || c == '"')) break;
        }
        if (position_ == begin) return std::nullopt;
        const std::string_view text = line_.substr(begin, position_ - begin);
        if (upper(text) == "NIL") return ImapValue{};
        return ImapValue{ImapValue::Kind::atom, std::string{text}, false, {}};
    }

    std::string_view line_;
    std::size_t position_;
    std::vector<Literal>& literals_;
    std::size_t next_literal_ = 0;
};

}  // namespace

ImapResponseParser::Step ImapResponseParser::feed(std::string_view bytes) {
    std::size_t taken = 0;
    while (state_ == State::more && taken < bytes.size()) {
        const std::string_view rest = bytes.substr(taken);
        taken += in_literal_ ? feed_literal(rest) : feed_line(rest);
    }
    return {taken, state_};
}

ImapResponse ImapResponseParser::take() {
    ensure(state_ == State::response);
    ImapResponse response = std::move(response_);
    response_ = {};
    state_ = State::more;
    return response;
}

std::size_t ImapResponseParser::feed_line(std::string_view bytes) {
    const std::size_t end = bytes.find('\n');
    const bool whole = end != std::string_view::npos;
    const std::size_t length = whole ? end + 1 : bytes.size();
    if (line_.size() + length > limits_.line) {
        refuse("a response longer than " + std::to_string(limits_.line) + " bytes");
        return length;
    }
    line_.append(bytes.substr(0, length));
    line_bytes_ += length;
    if (whole) end_line();
    return length;
}

std::size_t ImapResponseParser::feed_literal(std::string_view bytes) {
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(missing_, bytes.size()));
    const std::size_t room = limits_.kept - kept_;
    Literal& literal = literals_.back();
    literal.bytes.append(bytes.substr(0, std::min(length, room)));
    literal.cut = literal.cut || length > room;
    kept_ += std::min(length, room);
    missing_ -= length;
    in_literal_ = missing_ > 0;
    return length;
}

void ImapResponseParser::end_line() {
    line_.pop_back();
    if (line_.ends_with('\r')) line_.pop_back();
    if (!begin_literal() && state_ != State::fault) complete();
}

/// Whether the line that has just ended announces a literal.
bool ImapResponseParser::begin_literal() {
    const std::optional<Announcement> announced = announcement_in(line_);
    if (!announced || !may_hold_literals(line_)) return false;
    const auto count = whole_number<std::uint64_t>(announced->count);
    if (!count || *count > limits_.promised) {
        refuse("a literal longer than " + std::to_string(limits_.promised) + " bytes");
        return false;
    }
    if (literals_.size() >= limits_.literals) {
        refuse("more than " + std::to_string(limits_.literals) + " literals in one response");
        return false;
    }
    line_.resize(announced->begin);
    Literal& literal = literals_.emplace_back();
    literal.position = line_.size();
    // Reserved by what comes, not by what is promised: a promise costs the server nothing.
    constexpr std::uint64_t trusted = 256 * 1024;
    literal.bytes.reserve(static_cast<std::size_t>(std::min(*count, trusted)));
    missing_ = *count;
    in_literal_ = missing_ > 0;
    return true;
}

void ImapResponseParser::complete() {
    std::string_view rest = line_;
    response_ = {};
    const std::string_view first = take_word(rest);
    if (first == "+") {
        response_.kind = ImapResponse::Kind::continuation;
        read_text(rest, response_);
    } else if (first != "*") {
        response_.kind = ImapResponse::Kind::tagged;
        response_.tag = first;
        response_.status = status_named(take_word(rest));
        if (first.empty() || response_.status == ImapStatus::none) {
            return refuse("a line that is no response");
        }
        read_text(rest, response_);
    } else if (const std::string_view word = take_word(rest);
               status_named(word) != ImapStatus::none) {
        response_.status = status_named(word);
        read_text(rest, response_);
    } else {
        response_.number = whole_number<std::uint32_t>(word);
        response_.name = upper(response_.number ? take_word(rest) : word);
        auto values = ValueReader<Literal>{line_, line_.size() - rest.size(), literals_}.all();
        // What we did not ask for may look as it likes. A FETCH that cannot be read may hide a
        // mail.
        if (!values && response_.name == "FETCH") return refuse("a malformed FETCH response");
        if (values) response_.values = std::move(*values);
    }
    line_.clear();
    literals_.clear();
    kept_ = 0;
    state_ = State::response;
}

void ImapResponseParser::refuse(std::string why) {
    fault_ = std::move(why);
    state_ = State::fault;
}

}  // namespace bellhop::parsers
