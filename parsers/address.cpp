#include "parsers/address.hpp"

#include <algorithm>
#include <optional>

#include <unicode/idna.h>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/encoded_word.hpp"

namespace bellhop::parsers {
namespace {

constexpr int max_comment_depth = 20;
constexpr std::size_t max_name_bytes = 1024;  // of a display name, decoded
constexpr std::size_t max_address_bytes =
    1024;  // RFC 5321 allows 320; what is longer is no address

/// A display name: one line, no quotes around it, no blanks at its ends.
std::string display_name(std::string_view raw) {
    std::string name = decode_encoded_words(raw);
    std::string_view view = trimmed(name);
    // Outlook writes names as 'Ann Lee', and encoded words often hold the quotes.
    while (view.size() >= 2 && view.front() == view.back() &&
           (view.front() == '\'' || view.front() == '"')) {
        view = trimmed(view.substr(1, view.size() - 2));
    }
    return std::string{utf8_prefix(view, max_name_bytes)};
}

/// An addr-spec as it may be compared: no blanks, domain in lower case.
std::string addr_spec(std::string_view raw) {
    std::string address;
    bool quoted = false;
    for (const char c : raw.substr(0, max_address_bytes)) {
        if (c == '"') quoted = !quoted;
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f' || (c == ' ' && !quoted)) continue;
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

    bool is_blank_draft() const {
        return trimmed(bare).empty() && trimmed(comment).empty() && !angle;
    }
};

class ListReader {
public:
    explicit ListReader(std::string_view text) : text_{text} {}

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
        for (; end < text_.size() && text_[end] != '"'; ++end) {
            if (text_[end] == '\\' && end + 1 < text_.size()) ++end;
            content += text_[end];
        }
        if (end >= text_.size()) {
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
        for (; end < text_.size(); ++end) {
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
        if (end >= text_.size() || depth > max_comment_depth) {
            // Unbalanced: the parenthesis means nothing.
            draft_.phrase += ' ';
            unbalanced_ = true;
            while (at_ < text_.size() && text_[at_] == '(') ++at_;
            return;
        }
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
        if (draft_.angle || draft_.bare.find('@') != std::string::npos) return;
        if (equal_ignoring_case(trimmed(draft_.bare), "mailto")) {
            draft_ = {};
            return;
        }
        draft_ = {};
    }

    void finish() {
        Draft draft = std::move(draft_);
        draft_ = {};
        if (draft.is_blank_draft()) return;
        Address address = draft.angle ? from_angle(draft) : from_bare(draft);
        if (address.name.empty() && address.address.empty()) return;
        addresses_.push_back(std::move(address));
    }

    static Address from_angle(const Draft& draft) {
        Address address{display_name(draft.phrase), addr_spec(*draft.angle)};
        if (address.name.empty()) address.name = display_name(draft.comment);
        // The angle brackets hold something else, and the address stands before them.
        if (address.address.find('@') == std::string::npos &&
            address.name.find('@') != std::string::npos &&
            address.name.find(' ') == std::string::npos) {
            address.address = addr_spec(address.name);
            address.name.clear();
        }
        return address;
    }

    /// "a@b", "a@b (Ann Lee)", "Ann Lee a@b", and a whole address inside one encoded word.
    static Address from_bare(const Draft& draft) {
        const std::string_view bare = trimmed(draft.bare);
        if (bare.find("=?") != std::string_view::npos) {
            const std::string decoded = decode_encoded_words(bare);
            const std::size_t open = decoded.find('<');
            const std::size_t close = decoded.find('>', open);
            if (open != std::string::npos && close != std::string::npos) {
                return {display_name(decoded.substr(0, open)),
                        addr_spec(std::string_view{decoded}.substr(open + 1, close - open - 1))};
            }
            if (decoded.find('@') != std::string::npos && decoded.find(' ') == std::string::npos) {
                return {display_name(draft.comment), addr_spec(decoded)};
            }
            return {display_name(draft.phrase), {}};
        }
        if (bare.find('@') == std::string_view::npos) return nameless(draft, bare);
        return with_words(draft, bare);
    }

    /// "MAILER-DAEMON", "root (Cron Daemon)": a local part alone, if it is one word.
    static Address nameless(const Draft& draft, std::string_view bare) {
        if (bare.find(' ') == std::string_view::npos && !draft.quoted && is_ascii(bare)) {
            return {display_name(draft.comment), addr_spec(bare)};
        }
        return {display_name(draft.phrase), {}};
    }

    /// Of several words the one with "@" is the address, the others are a name.
    static Address with_words(const Draft& draft, std::string_view bare) {
        if (bare.find('"') != std::string_view::npos && bare.starts_with('"')) {
            return {display_name(draft.comment), addr_spec(bare)};
        }
        std::size_t at = bare.rfind('@');
        std::size_t start = bare.find_last_of(" \t", at == 0 ? 0 : at - 1);
        // Blanks around the "@" (RFC 5322 section 4.4) belong to the address.
        const std::size_t word_end = bare.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
        if (start != std::string_view::npos && word_end != std::string_view::npos &&
            word_end < start) {
            start = bare.find_last_of(" \t", word_end);
        }
        const std::size_t domain = bare.find_first_not_of(" \t", at + 1);
        const std::size_t end =
            domain == std::string_view::npos ? domain : bare.find_first_of(" \t", domain);
        const std::size_t from = start == std::string_view::npos ? 0 : start + 1;
        Address address{
            {}, addr_spec(bare.substr(from, end == std::string_view::npos ? end : end - from))};
        std::string name{bare.substr(0, from)};
        if (end != std::string_view::npos) name += bare.substr(end);
        address.name = display_name(trimmed(name).empty() ? std::string_view{draft.comment} : name);
        return address;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool unbalanced_ = false;
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
    return U_FAILURE(status) || info.hasErrors() ? std::string{domain} : result;
}

}  // namespace

std::vector<Address> parse_address_list(std::string_view field_body) {
    return ListReader{field_body}.read();
}

std::string address_key(std::string_view address) {
    const std::string_view clean = trimmed(address);
    const std::size_t at = clean.rfind('@');
    if (at == std::string_view::npos) return lower_case(clean);
    return lower_case(clean.substr(0, at + 1)) + lower_case(ascii_domain(clean.substr(at + 1)));
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
