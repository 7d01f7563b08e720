#include "parsers/message/header_block.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_name =
    256;  // RFC 5322 has no bound but the line's; no field is named longer

/// Without these a mail cannot be understood: kept once even where the limits are used up.
constexpr std::array<std::string_view, 14> indispensable{"from",
                                                         "sender",
                                                         "reply-to",
                                                         "to",
                                                         "cc",
                                                         "subject",
                                                         "date",
                                                         "message-id",
                                                         "references",
                                                         "in-reply-to",
                                                         "content-type",
                                                         "content-transfer-encoding",
                                                         "content-disposition",
                                                         "auto-submitted"};

struct Line {
    std::string_view text = {};  // without its line end
    std::size_t next = 0;        // where the next line starts
    bool ends_in_cr = false;     // alone
};

/// The line at `start`. "\r\r\n", a known damage, is one line end.
Line line_at(std::string_view bytes, std::size_t start) {
    std::size_t end = start;
    while (end < bytes.size() && bytes[end] != '\r' && bytes[end] != '\n') ++end;
    if (end == bytes.size()) return {bytes.substr(start), end};
    std::size_t next = end;
    while (next < bytes.size() && next < end + 2 && bytes[next] == '\r') ++next;
    if (next < bytes.size() && bytes[next] == '\n') {
        return {bytes.substr(start, end - start), next + 1};
    }
    return {bytes.substr(start, end - start), end + 1, bytes[end] == '\r'};
}

/// Length of the field name that `line` starts with, or 0 where it is no header field.
std::size_t field_name_length(std::string_view line) {
    const std::size_t colon = line.substr(0, max_name).find(':');
    if (colon == std::string_view::npos) return 0;
    std::string_view name = line.substr(0, colon);
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    const bool printable = std::all_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != '\x7f';
    });
    return printable ? name.size() : 0;
}

bool is_blank_line(std::string_view line) {
    return std::all_of(line.begin(), line.end(), is_blank);
}

bool is_continuation(std::string_view line) {
    return !line.empty() && is_blank(line.front());
}

/// A mailbox file's separator that was taken for the first header line.
bool is_mbox_line(std::string_view line) {
    if (line.starts_with('>')) line.remove_prefix(1);
    return line.starts_with("From ") && line.find(':') != 4;
}

class Reader {
public:
    Reader(std::string_view bytes, const MessageLimits& limits) : bytes_{bytes}, limits_{limits} {}

    void skip_before_first_field() {
        if (bytes_.starts_with("\xef\xbb\xbf")) at_ = 3;
        while (at_ < bytes_.size()) {
            const Line line = line_at(bytes_, at_);
            if (!is_blank_line(line.text) && !is_mbox_line(line.text)) return;
            // A mail that is all blank lines has an empty header, and a body of nothing.
            at_ = line.next;
        }
    }

    HeaderBlock read() {
        while (at_ < bytes_.size()) {
            const Line line = line_at(bytes_, at_);
            if (line.text.empty() || (is_blank_line(line.text) && ends_header(line.next))) {
                block_.has_end = line.text.empty();
                at_ = line.next;
                break;
            }
            if (line.ends_in_cr) block_.has_bare_cr = true;
            if (is_continuation(line.text) && open_) {
                extend(line.text);
            } else if (const std::size_t name = field_name_length(line.text); name > 0) {
                begin(line.text, name);
            } else if (breaks_off() && line.text.find('>') != std::string_view::npos) {
                extend(line.text);
            } else if (!continues_after(line.next)) {
                break;
            } else {
                block_.has_junk = true;
                open_ = false;
                if (is_continuation(line.text)) keep_ = false;
            }
            at_ = line.next;
        }
        block_.body_start = at_;
        return std::move(block_);
    }

private:
    /// A line of blanks: part of a folded field (RFC 5322 section 4.2) only if the header goes on
    /// after it.
    bool ends_header(std::size_t next) const {
        const std::string_view following = line_at(bytes_, next).text;
        return field_name_length(following) == 0 && !is_continuation(following);
    }

    /// Whether, past a line that is no field, the header goes on: a field that mail has comes
    /// before the next empty line. What is no header is body: the writer's words must not get lost
    /// in a header.
    bool continues_after(std::size_t next) const {
        constexpr int most_junk_lines = 20;
        for (int i = 0; i < most_junk_lines && next < bytes_.size(); ++i) {
            const Line line = line_at(bytes_, next);
            if (is_blank_line(line.text)) return false;
            if (is_known(line.text)) return true;
            next = line.next;
        }
        return false;
    }

    /// Whether the open field ends inside an address or a message-id: some program wrapped the line
    /// without a blank before its rest.
    bool breaks_off() const {
        if (!open_ || !keep_) return false;
        const std::string& body = block_.fields.back().body;
        const std::size_t last = body.find_last_of("<>");
        // "I <3 you" is nobody's address.
        return last != std::string::npos && body[last] == '<' &&
               body.find(' ', last) == std::string::npos;
    }

    static bool is_known(std::string_view line) {
        const std::string_view name = line.substr(0, field_name_length(line));
        return std::any_of(
                   indispensable.begin(), indispensable.end(),
                   [&](std::string_view known) { return equal_ignoring_case(known, name); }) ||
               equal_ignoring_case(name, "received") || equal_ignoring_case(name, "return-path") ||
               equal_ignoring_case(name, "mime-version") || starts_with_ignoring_case(name, "x-") ||
               starts_with_ignoring_case(name, "content-");
    }

    bool has_room(std::string_view name) {
        if (kept_bytes_ < limits_.header_bytes && block_.fields.size() < limits_.fields)
            return true;
        block_.truncated = true;
        return std::any_of(
                   indispensable.begin(), indispensable.end(),
                   [&](std::string_view known) { return equal_ignoring_case(known, name); }) &&
               block_.field(name).data() == nullptr;
    }

    void begin(std::string_view line, std::size_t name_length) {
        const std::string_view name = line.substr(0, name_length);
        open_ = true;
        keep_ = has_room(name);
        if (!keep_) return;
        const std::string_view body = trimmed(line.substr(line.find(':') + 1));
        block_.fields.push_back({std::string{name}, {}});
        append(body);
    }

    /// RFC 5322 section 2.2.3: unfolding leaves the blanks; one is enough for every reader we have.
    void extend(std::string_view line) {
        if (!keep_) return;
        std::string& body = block_.fields.back().body;
        const std::string_view more = trimmed(line);
        if (body.size() >= max_field_bytes) {
            block_.truncated = true;
            return;
        }
        if (!body.empty() && !more.empty()) body += ' ';
        append(more);
    }

    void append(std::string_view text) {
        std::string& body = block_.fields.back().body;
        const std::size_t room = max_field_bytes - std::min(max_field_bytes, body.size());
        if (text.size() > room) block_.truncated = true;
        text = text.substr(0, room);
        kept_bytes_ += text.size();
        const std::size_t start = body.size();
        body += text;
        const auto end =
            std::remove(body.begin() + static_cast<std::ptrdiff_t>(start), body.end(), '\0');
        if (end != body.end()) block_.has_nul = true;
        body.erase(end, body.end());
    }

    std::string_view bytes_;
    const MessageLimits& limits_;
    HeaderBlock block_ = {};
    std::size_t at_ = 0;
    std::size_t kept_bytes_ = 0;
    bool open_ = false;  // a field that continuation lines belong to
    bool keep_ = false;  // ... and that is kept
};

}  // namespace

std::string_view HeaderBlock::field(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const HeaderField& field) {
        return equal_ignoring_case(field.name, name);
    });
    return found == fields.end() ? std::string_view{} : std::string_view{found->body};
}

HeaderBlock read_header_block(std::string_view bytes,
                              HeaderOwner owner,
                              const MessageLimits& limits) {
    Reader reader{bytes, limits};
    if (owner == HeaderOwner::message) reader.skip_before_first_field();
    return reader.read();
}

}  // namespace bellhop::parsers
