#include "parsers/message/mime_outline.hpp"

#include <algorithm>
#include <cstring>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_boundary = 8192;  // RFC 2046 allows 70
constexpr std::size_t guess_window =
    64 * 1024;  // where the first delimiter of a multipart is looked for

std::string_view without_trailing_blanks(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// The end of the line that starts at `start`: the position of its "\n", or the size.
std::size_t line_end(std::string_view bytes, std::size_t start) {
    const void* found = std::memchr(bytes.data() + start, '\n', bytes.size() - start);
    return found == nullptr
               ? bytes.size()
               : static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
}

/// Where the next line begins that starts with "--", from the line at `start` on, or the size.
/// Looks for dashes, not for lines: no base64 has one.
std::size_t dashed_line(std::string_view bytes, std::size_t start) {
    while (start < bytes.size()) {
        const std::size_t dash = bytes.find('-', start);
        if (dash == std::string_view::npos) break;
        const bool begins_line = dash == start || bytes[dash - 1] == '\n';
        if (begins_line && bytes.compare(dash, 2, "--") == 0) return dash;
        start = line_end(bytes, dash) + 1;
    }
    return bytes.size();
}

/// Which Content-Type counts where there are several: a multipart that names its boundary says more
/// than the text/plain that some gateway put before it.
ParameterField content_type_of(const HeaderBlock& header, std::string_view assumed) {
    ParameterField type;
    for (const HeaderField& field : header.fields) {
        if (!equal_ignoring_case(field.name, "content-type")) continue;
        ParameterField candidate = parse_parameter_field(field.body);
        const bool is_multipart =
            candidate.value.starts_with("multipart/") && !candidate.parameter("boundary").empty();
        if (type.value.empty() || is_multipart) type = std::move(candidate);
        if (is_multipart) break;
    }
    // RFC 2045 section 5.2: what is no media type is text/plain.
    if (type.value == "text" || type.value == "plain") type.value = "text/plain";
    if (type.value == "html") type.value = "text/html";
    if (type.value.find('/') == std::string::npos) type.value = assumed;
    return type;
}

class Scanner {
public:
    Scanner(std::string_view bytes, const MessageLimits& limits) : bytes_{bytes}, limits_{limits} {}

    Outline scan() {
        open_part(0, HeaderOwner::message);
        while ((!open_.empty() || closed_) && at_ < bytes_.size() && !full_) {
            const std::size_t start = dashed_line(bytes_, at_);
            if (start == bytes_.size()) break;
            const std::size_t end = line_end(bytes_, start);
            at_ = std::min(end + 1, bytes_.size());
            delimiter_line(start, bytes_.substr(start + 2, end - start - 2));
        }
        finish();
        return std::move(outline_);
    }

private:
    struct Open {
        std::string boundary = {};
        std::size_t part = 0;  // index of the multipart
        bool has_parts = false;
    };

    /// Reads the header of a part at `start` and gets ready for what its type wants.
    void open_part(std::size_t start, HeaderOwner owner) {
        OutlinePart part;
        part.header = read_header_block(bytes_.substr(start), owner, limits_);
        part.depth = static_cast<int>(open_.size());
        const bool in_digest =
            !open_.empty() && outline_.parts[open_.back().part].type.value == "multipart/digest";
        part.type = content_type_of(part.header, in_digest ? "message/rfc822" : "text/plain");
        at_ = start + part.header.body_start;
        part.body = bytes_.substr(at_);
        note_header_defects(part);
        leaf_ = outline_.parts.size();
        outline_.parts.push_back(std::move(part));
        if (outline_.parts.back().type.value.starts_with("multipart/")) open_multipart();
    }

    void open_multipart() {
        OutlinePart& part = outline_.parts.back();
        if (static_cast<int>(open_.size()) >= limits_.nesting) {
            part.is_too_deep = true;
            defect("nested_too_deep",
                   "body parts are nested too deep; the inner ones are kept as one attachment");
            return;
        }
        const std::string_view declared = without_trailing_blanks(part.type.parameter("boundary"));
        std::string boundary{declared.substr(0, max_boundary)};
        if (boundary.empty() || !occurs_soon(boundary)) {
            if (std::string guess = guessed_boundary(); !guess.empty()) {
                defect(boundary.empty() ? "missing_boundary" : "wrong_boundary",
                       "the boundary between body parts is not the declared one");
                boundary = std::move(guess);
            }
        }
        if (boundary.empty()) {
            defect("missing_boundary",
                   "a multipart names no boundary; its text is taken as a whole");
            part.type = {"text/plain", {}};
            return;
        }
        part.is_multipart = true;
        open_.push_back({std::move(boundary), outline_.parts.size() - 1, false});
        leaf_ = none;
    }

    bool occurs_soon(const std::string& boundary) const {
        return bytes_.substr(at_, guess_window + boundary.size()).find("--" + boundary) !=
               std::string_view::npos;
    }

    /// The first line of the body that looks like a delimiter: "--" and a word, and a header or
    /// nothing after it.
    std::string guessed_boundary() const {
        const std::size_t stop = std::min(bytes_.size(), at_ + guess_window);
        for (std::size_t start = at_; start < stop;) {
            const std::size_t end = line_end(bytes_, start);
            const std::string_view line =
                without_trailing_blanks(bytes_.substr(start, end - start));
            start = end + 1;
            if (line.size() < 4 || line.size() > max_boundary || !line.starts_with("--")) continue;
            const std::string_view word = line.substr(2);
            if (match(word).first != none || word.find(' ') != std::string_view::npos) return {};
            if (start >= bytes_.size()) return {};
            const std::string_view next = bytes_.substr(start, 8);
            if (starts_with_ignoring_case(next, "content-")) return std::string{word};
        }
        return {};
    }

    /// Which open multipart a delimiter belongs to, innermost first, and whether it closes it.
    std::pair<std::size_t, bool> match(std::string_view word) const {
        for (std::size_t level = open_.size(); level-- > 0;) {
            const std::string& boundary = open_[level].boundary;
            if (!word.starts_with(boundary)) continue;
            const std::string_view rest = word.substr(boundary.size());
            if (rest.empty() || rest == "--") return {level, !rest.empty()};
        }
        return loose_match(word);
    }

    /// RFC 2046 section 5.1.1: it is sufficient that the line begins with the boundary. So it is
    /// for one that no text begins with, where a blank follows; and where its end is cut short.
    std::pair<std::size_t, bool> loose_match(std::string_view word) const {
        constexpr std::size_t unlikely_in_text = 6;
        for (std::size_t level = open_.size(); level-- > 0;) {
            const std::string& boundary = open_[level].boundary;
            if (!word.starts_with(boundary)) continue;
            const auto signs = static_cast<std::size_t>(
                std::count_if(boundary.begin(), boundary.end(),
                              [](char c) { return is_alpha(c) || is_digit(c); }));
            if (signs < unlikely_in_text) continue;
            const std::string_view rest = word.substr(boundary.size());
            if (rest == "-") return {level, true};
            // The boundary may end in blanks, which do not count.
            if (is_space(rest.front())) return {level, trimmed(rest) == "--"};
            if (rest.size() > 2 && rest.starts_with("--") && is_space(rest[2]))
                return {level, true};
        }
        return {none, false};
    }

    void delimiter_line(std::size_t start, std::string_view line) {
        const std::string_view word = without_trailing_blanks(line);
        auto [level, closes] = match(word);
        if (level == none && closed_ && closed_->part < outline_.parts.size() &&
            word == closed_->boundary &&
            outline_.parts[closed_->part].depth == static_cast<int>(open_.size())) {
            // Closed too early: parts go on under the same boundary.
            defect("closed_too_early", "body parts follow the end of their multipart");
            open_.push_back(*closed_);
            outline_.parts[closed_->part].is_multipart = true;
            level = open_.size() - 1;
        }
        if (level == none) return;
        end_leaf(start);
        if (level + 1 < open_.size()) {
            defect("unterminated_boundary", "an inner multipart is not closed");
            close_above(level, start);
        }
        closed_.reset();
        if (closes) {
            closed_ = open_.back();
            close_above(level == 0 ? none : level - 1, start);
            return;
        }
        open_[level].has_parts = true;
        if (outline_.parts.size() >= limits_.parts) {
            defect("too_many_parts", "the mail has too many body parts; the rest is left out");
            full_ = true;
            return;
        }
        open_part(at_, HeaderOwner::body_part);
    }

    /// Ends the bodies of the multiparts above `level` (none: of all).
    void close_above(std::size_t level, std::size_t end) {
        const std::size_t keep = level == none ? 0 : level + 1;
        while (open_.size() > keep) {
            OutlinePart& part = outline_.parts[open_.back().part];
            end_body(part, end);
            if (!open_.back().has_parts) {
                part.is_multipart = false;
                part.type = {"text/plain", {}};
                defect("boundary_not_found",
                       "the boundary of a multipart does not occur; its text is taken as a whole");
            }
            open_.pop_back();
        }
        leaf_ = none;
    }

    void end_leaf(std::size_t end) {
        if (leaf_ != none) end_body(outline_.parts[leaf_], end);
        leaf_ = none;
    }

    /// RFC 2046 section 5.1.1: the line end before a delimiter belongs to the delimiter.
    void end_body(OutlinePart& part, std::size_t end) {
        const auto start = static_cast<std::size_t>(part.body.data() - bytes_.data());
        // From the bytes: a multipart that was closed too early has been cut once before.
        std::string_view body = bytes_.substr(start, end > start ? end - start : 0);
        if (body.ends_with('\n')) body.remove_suffix(1);
        if (body.ends_with('\r')) body.remove_suffix(1);
        part.body = body;
    }

    void finish() {
        if (!open_.empty() && !full_) {
            defect("unterminated_boundary",
                   "the mail ends before its last boundary: it may have been cut");
        }
        if (!open_.empty()) {
            // The last leaf runs to the end of the bytes; nothing follows that it could be told
            // from.
            const std::size_t leaf = leaf_;
            const std::string_view body =
                leaf == none ? std::string_view{} : outline_.parts[leaf].body;
            close_above(none, bytes_.size());
            if (leaf != none) outline_.parts[leaf].body = body;
        }
    }

    void note_header_defects(const OutlinePart& part) {
        const HeaderBlock& header = part.header;
        if (header.truncated)
            defect("header_too_large", "header fields beyond the limit are left out");
        if (header.has_junk) defect("junk_in_header", "lines in the header are no header fields");
        if (header.has_nul) defect("nul_bytes", "the mail holds NUL bytes; they are left out");
        if (header.has_bare_cr) defect("bare_cr", "lines end in CR alone");
        // A part without a body needs none: its delimiter ends it.
        const bool needs_end = !part.body.empty() || (part.depth == 0 && !header.fields.empty());
        if (!header.has_end && needs_end)
            defect("no_header_end", "no empty line parts the header from the body");
    }

    /// Each code once: a hostile mail has thousands.
    void defect(std::string_view code, std::string_view text) {
        const bool known = std::any_of(outline_.defects.begin(), outline_.defects.end(),
                                       [&](const Defect& d) { return d.code == code; });
        if (!known) outline_.defects.push_back({std::string{code}, std::string{text}});
    }

    static constexpr std::size_t none = std::string_view::npos;

    std::string_view bytes_;
    const MessageLimits& limits_;
    Outline outline_ = {};
    std::vector<Open> open_ = {};
    std::optional<Open> closed_ = {};  // the last multipart that was closed
    std::size_t at_ = 0;
    std::size_t leaf_ = none;  // the part whose body is being scanned
    bool full_ = false;
};

}  // namespace

Outline outline_of(std::string_view bytes, const MessageLimits& limits) {
    return Scanner{bytes, limits}.scan();
}

}  // namespace bellhop::parsers
