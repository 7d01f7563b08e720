#include "parsers/header/address.hpp"

#include <algorithm>
#include <optional>

#include <unicode/idna.h>

#include "parsers/header/encoded_word.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"

namespace bellhop::parsers {
namespace {

constexpr int max_comment_depth = 20;
constexpr std::size_t max_name_bytes = 1024;  // of a display name, decoded
constexpr std::size_t max_address_bytes =
    1024;  // RFC 5321 allows 320; what is longer is no address

/// A display name: one line, no quotes around it, no blanks at its ends.
std::string display_name(std::string_view raw, std::string_view charset) {
    const std::string name = decode_encoded_words(raw, charset);
    std::string_view view = trimmed(name);
    // Outlook writes names as 'Ann Lee', and encoded words often hold the quotes.
    while (view.size() >= 2 && view.front() == view.back() &&
           (view.front() == '\'' || view.front() == '"')) {
        view = trimmed(view.substr(1, view.size() - 2));
    }
    return std::string{utf8_prefix(view, max_name_bytes)};
}

/// RFC 5322 section 4.4: comments inside an addr-spec say nothing.
std::string without_comments(std::string_view text) {
    std::string result;
    int depth = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"' && depth == 0) quoted = !quoted;
        if (c == '(' && !quoted) ++depth;
        if (depth == 0) result += c;
        if (c == ')' && !quoted && depth > 0) --depth;
    }
    return depth == 0 ? result : std::string{text};
}

/// An addr-spec as it may be compared: domain in lower case, without the blanks that RFC 5322
/// section 4.4 allows around "@" and ".". Any other blank stays: without it this would be somebody
/// else's address.
std::string addr_spec(std::string_view raw) {
    const std::string text = without_comments(raw.substr(0, max_address_bytes));
    std::string address;
    bool quoted = false;
    for (const char c : trimmed(text)) {
        if (c == '"') quoted = !quoted;
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') continue;
        if (c == ' ' && !quoted &&
            (address.ends_with('@') || address.ends_with('.') || address.ends_with(' '))) {
            continue;
        }
        while (!quoted && (c == '@' || c == '.') && address.ends_with(' ')) address.pop_back();
        address += c;
    }
    address = to_utf8(address, "utf-8");
    if (const std::size_t at = address.rfind('@'); at != std::string::npos) {
        std::transform(address.begin() + static_cast<std::ptrdiff_t>(at), address.end(),
                       address.begin() + static_cast<std::ptrdiff_t>(at), lower);
        while (address.ends_with('.')) address.pop_back();
    }
    return normalized(std::move(address));
}

/// What has been read of one mailbox.
struct Draft {
    std::string phrase = {};   // words before "<", raw; quoted strings without their quotes
    std::string bare = {};     // the same without loss: an addr-spec if no "<" comes
    std::string comment = {};  // the last one: "ann@example.org (Ann Lee)"
    std::optional<std::string> angle = {};
    bool quoted = false;  // the phrase holds a quoted string: a comma before it is no accident

    bool is_blank_draft() const { return !angle && trimmed(without_comments(bare)).empty(); }
};

class ListReader {
public:
    ListReader(std::string_view text, std::string_view charset) : text_{text}, charset_{charset} {}

    std::vector<Address> read() {
        while (at_ < text_.size() && addresses_.size() < max_addresses) step();
        finish();
        return std::move(addresses_);
    }

private:
    void step() {
        switch (text_[at_]) {
            case '"':
                quoted_string();
                return;
            case '(':
                comment();
                return;
            case '<':
                angle_address();
                return;
            case ',':
                separator();
                return;
            case ';':
                ++at_;
                finish();
                return;
            case ':':
                group_name();
                return;
            default:
                plain();
        }
    }

    void plain() {
        const std::size_t word = text_[at_] == '=' ? encoded_word_length(text_.substr(at_)) : 0;
        const std::size_t length = std::max<std::size_t>(word, 1);
        draft_.phrase += text_.substr(at_, length);
        draft_.bare += text_.substr(at_, length);
        at_ += length;
    }

    /// A quoted string without end is not one: its quote is an ordinary character.
    void quoted_string() {
        std::string content;
        std::size_t end = at_ + 1;
        for (; !quotes_unbalanced_ && end < text_.size() && text_[end] != '"'; ++end) {
            if (text_[end] == '\\' && end + 1 < text_.size()) ++end;
            content += text_[end];
        }
        if (quotes_unbalanced_ || end >= text_.size()) {
            quotes_unbalanced_ = true;
            draft_.phrase += ' ';
            ++at_;
            return;
        }
        draft_.phrase += content;
        draft_.bare += text_.substr(at_, end + 1 - at_);
        draft_.quoted = true;
        at_ = end + 1;
    }

    void comment() {
        std::string content;
        int depth = 0;
        std::size_t end = at_;
        for (; !comments_unbalanced_ && end < text_.size(); ++end) {
            const char c = text_[end];
            if (c == '\\' && end + 1 < text_.size()) {
                content += text_[++end];
                continue;
            }
            if (c == '(' && ++depth == 1) continue;
            if (c == ')' && --depth == 0) break;
            if (depth > max_comment_depth) break;
            content += c;
        }
        if (comments_unbalanced_ || end >= text_.size() || depth > max_comment_depth) {
            // Unbalanced: no parenthesis from here on means anything.
            comments_unbalanced_ = true;
            draft_.phrase += ' ';
            ++at_;
            return;
        }
        draft_.bare += text_.substr(at_, end + 1 - at_);
        at_ = end + 1;
        draft_.comment = std::move(content);
        draft_.phrase += ' ';
    }

    void angle_address() {
        const std::size_t end = text_.find_first_of(">,;", at_ + 1);
        // "<a@b" without end, and a route "<@x,@y:a@b>" (RFC 5322 section 4.4), which has commas.
        std::size_t close = end;
        if (close != std::string_view::npos && text_[close] != '>' && text_[at_ + 1] == '@') {
            close = text_.find('>', at_);
        }
        std::string_view content =
            text_.substr(at_ + 1, close == std::string_view::npos ? close : close - at_ - 1);
        if (content.starts_with('@')) {
            const std::size_t colon = content.rfind(':');
            if (colon != std::string_view::npos) content.remove_prefix(colon + 1);
        }
        // Seen in the wild: "<<a@b>>", "<mailto:a@b>".
        while (content.starts_with('<')) content.remove_prefix(1);
        if (starts_with_ignoring_case(content, "mailto:")) content.remove_prefix(7);
        if (!draft_.angle || draft_.angle->empty()) draft_.angle = std::string{trimmed(content)};
        if (close == std::string_view::npos) {
            at_ = text_.size();
        } else {
            at_ = text_[close] == '>' ? close + 1 : close;
        }
        while (at_ < text_.size() && text_[at_] == '>') ++at_;
    }

    /// "Lee, Ann <a@b>": an unquoted comma inside a name. A piece without "@" that a name with an
    /// angle address follows belongs to that name.
    void separator() {
        const bool is_name_piece = !draft_.angle && !trimmed(draft_.bare).empty() &&
                                   draft_.bare.find('@') == std::string::npos && !draft_.quoted;
        if (is_name_piece && name_goes_on()) {
            draft_.phrase += ',';
            draft_.bare += ',';
            ++at_;
            return;
        }
        ++at_;
        finish();
    }

    bool name_goes_on() const {
        constexpr std::size_t longest = 200;
        const std::string_view rest = text_.substr(at_ + 1, longest);
        const std::size_t stop = rest.find_first_of("<,;@:\"");
        return stop != std::string_view::npos && rest[stop] == '<' &&
               !trimmed(rest.substr(0, stop)).empty();
    }

    /// "Team: a@b, c@d;": the name of a group (RFC 5322 section 3.4) is nobody's address.
    void group_name() {
        ++at_;
        if (!draft_.angle && draft_.bare.find('@') == std::string::npos) draft_ = {};
    }

    void finish() {
        Draft draft = std::move(draft_);
        draft_ = {};
        if (draft.is_blank_draft()) return;
        Address address = draft.angle ? from_angle(draft) : from_bare(draft);
        if (address.name.empty() && address.address.empty()) return;
        addresses_.push_back(std::move(address));
    }

    std::string name_of(std::string_view raw) const { return display_name(raw, charset_); }

    Address from_angle(const Draft& draft) const {
        Address address{name_of(draft.phrase), addr_spec(*draft.angle)};
        if (address.name.empty()) address.name = name_of(draft.comment);
        // The angle brackets hold something else, and the address stands before them.
        const bool name_is_address = address.name.find('@') != std::string::npos &&
                                     address.name.find(' ') == std::string::npos;
        if (address.address.find('@') == std::string::npos && name_is_address) {
            address.address = addr_spec(address.name);
            address.name.clear();
        }
        return address;
    }

    /// "a@b", "a@b (Ann Lee)", "Ann Lee a@b", and a whole address inside one encoded word.
    Address from_bare(const Draft& draft) const {
        const std::string bare{trimmed(without_comments(draft.bare))};
        if (bare.find("=?") != std::string::npos) return from_encoded(draft, bare);
        // "MAILER-DAEMON", "root (Cron Daemon)": a name, for want of an address.
        if (bare.find('@') == std::string::npos) return {name_of(trimmed(draft.bare)), {}};
        if (bare.starts_with('"')) return {name_of(draft.comment), addr_spec(bare)};
        return from_words(draft, bare);
    }

    Address from_encoded(const Draft& draft, std::string_view bare) const {
        const std::string decoded = decode_encoded_words(bare, charset_);
        const std::size_t open = decoded.find('<');
        const std::size_t close = decoded.find('>', open == std::string::npos ? 0 : open);
        if (open != std::string::npos && close != std::string::npos) {
            return {name_of(decoded.substr(0, open)),
                    addr_spec(decoded.substr(open + 1, close - open - 1))};
        }
        if (decoded.find('@') != std::string::npos) return from_words(draft, decoded);
        return {name_of(draft.phrase), {}};
    }

    /// Where the domain that starts at `start` ends: blanks around its dots belong to it.
    static std::size_t end_of_domain(std::string_view words, std::size_t start) {
        constexpr std::string_view blanks = " \t";
        std::size_t end = std::min(words.find_first_of(blanks, start), words.size());
        while (end < words.size()) {
            const std::size_t next = words.find_first_not_of(blanks, end);
            // "example . org"; but in "example.org. Ann" the dot ends a sentence.
            const bool after_lone_dot =
                words[end - 1] == '.' && end > 1 && is_blank(words[end - 2]);
            if (next == std::string_view::npos || (words[next] != '.' && !after_lone_dot)) break;
            end = std::min(words.find_first_of(blanks, next), words.size());
        }
        return end;
    }

    /// Of several words the one with "@" is the address, the others are a name.
    Address from_words(const Draft& draft, std::string_view words) const {
        constexpr std::string_view blanks = " \t";
        const std::size_t at = words.rfind('@');
        // Blanks around the "@" (RFC 5322 section 4.4) belong to the address.
        const std::size_t local_end = words.find_last_not_of(blanks, at == 0 ? 0 : at - 1);
        const std::size_t before = local_end == std::string_view::npos || at == 0
                                       ? std::string_view::npos
                                       : words.find_last_of(blanks, local_end);
        const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
        const std::size_t domain = words.find_first_not_of(blanks, at + 1);
        const std::size_t end = end_of_domain(words, domain);
        const std::string name =
            std::string{words.substr(0, start)} + std::string{words.substr(end)};
        return {name_of(trimmed(name).empty() ? draft.comment : name),
                addr_spec(words.substr(start, end - start))};
    }

    std::string_view text_;
    std::string_view charset_;
    std::size_t at_ = 0;
    bool quotes_unbalanced_ =
        false;  // a quote without its partner was met: none is looked for again
    bool comments_unbalanced_ = false;  // the same for parentheses
    Draft draft_ = {};
    std::vector<Address> addresses_ = {};
};

/// The domain in its A-label form, so that "schüle.example" and "xn--schle-lva.example" are the
/// same.
std::string ascii_domain(std::string_view domain) {
    if (is_ascii(domain)) return std::string{domain};
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::IDNA> idna{
        icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII, status)};
    if (U_FAILURE(status)) return std::string{domain};
    std::string result;
    icu::StringByteSink<std::string> sink{&result};
    icu::IDNAInfo info;
    idna->nameToASCII_UTF8({domain.data(), static_cast<int32_t>(domain.size())}, sink, info,
                           status);
    // What the mapping turns into a blank or an "@" is no domain.
    const bool is_domain = std::all_of(result.begin(), result.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
    });
    return U_FAILURE(status) || info.hasErrors() || !is_domain ? std::string{domain} : result;
}

}  // namespace

std::vector<Address> parse_address_list(std::string_view field_body,
                                        std::string_view fallback_charset) {
    return ListReader{field_body, fallback_charset}.read();
}

std::string address_key(std::string_view address) {
    const std::string_view clean = trimmed(address);
    const std::size_t at = clean.rfind('@');
    if (at == std::string_view::npos) return lower_case(clean);
    return lower_case(clean.substr(0, at + 1)) + lower_case(ascii_domain(clean.substr(at + 1)));
}

std::string person_key(std::string_view address) {
    std::string key = address_key(address);
    const std::size_t plus = key.find('+');
    const std::size_t at = key.rfind('@');
    if (plus != std::string::npos && at != std::string::npos && plus > 0 && plus < at) {
        key.erase(plus, at - plus);
    }
    return key;
}

bool is_sendable(std::string_view address) {
    constexpr std::size_t max_local_part = 64;
    constexpr std::size_t max_domain = 255;
    constexpr std::size_t max_path = 254;
    const std::size_t at = address.find('@');
    if (at == 0 || at == std::string_view::npos ||
        address.find('@', at + 1) != std::string_view::npos) {
        return false;
    }
    const std::string_view domain = address.substr(at + 1);
    if (at > max_local_part || domain.empty() || domain.size() > max_domain ||
        address.size() > max_path) {
        return false;
    }
    if (domain.front() == '.' || domain.back() == '.' || domain.front() == '-') return false;
    return std::all_of(address.begin(), address.end(), [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return octet > 0x20 && octet != 0x7f &&
               std::string_view{"<>()[]\\,;:\""}.find(c) == std::string_view::npos;
    });
}

}  // namespace bellhop::parsers
