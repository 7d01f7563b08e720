#include "rules/letter/mail_template.hpp"

#include <algorithm>
#include <utility>

#include "parsers/text/ascii.hpp"
#include "parsers/text/html_escape.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::TextSpan;

constexpr std::string_view tag_begin = "{{";
constexpr std::string_view tag_end = "}}";

struct Tag {
    char mark = ' ';  // "#", "^", "/", "!" and so on; a blank for a value
    std::string name = {};
    std::size_t begin = 0;  // [begin, end) in the source, with the braces
    std::size_t end = 0;
    TextSpan where = {};
};

/// Finds the tags of a source. Positions only ever grow, so that lines are counted once.
class TagReader {
public:
    TagReader(const std::string& file, std::string_view source) : file_(file), source_(source) {}

    std::vector<Tag> read(Diagnostics& complaints) {
        std::vector<Tag> tags;
        std::size_t at = 0;
        while ((at = source_.find(tag_begin, at)) != std::string_view::npos) {
            const std::size_t inside = at + tag_begin.size();
            const std::size_t closed = source_.find(tag_end, inside);
            if (closed == std::string_view::npos) {
                complaints.push_back(
                    {place(at, tag_begin.size()), "a tag is not closed", {"it ends with }}"}});
                break;
            }
            tags.push_back(tag_of(source_.substr(inside, closed - inside)));
            tags.back().begin = at;
            tags.back().end = closed + tag_end.size();
            tags.back().where = place(at, tags.back().end - at);
            at = tags.back().end;
        }
        return tags;
    }

private:
    static Tag tag_of(std::string_view inside) {
        constexpr std::string_view marks = "#^/!&>={";
        Tag tag;
        if (!inside.empty() && marks.find(inside.front()) != std::string_view::npos) {
            tag.mark = inside.front();
            inside.remove_prefix(1);
        }
        tag.name = parsers::trimmed(inside);
        return tag;
    }

    TextSpan place(std::size_t at, std::size_t length) {
        for (std::size_t end = source_.find('\n', line_begin_); end < at;
             end = source_.find('\n', line_begin_)) {
            line_begin_ = end + 1;
            ++line_;
        }
        const std::size_t line_end = std::min(source_.find('\n', at), source_.size());
        return {file_, line_, at - line_begin_ + 1, std::min(length, line_end - at)};
    }

    const std::string& file_;
    std::string_view source_;
    std::size_t line_ = 1;
    std::size_t line_begin_ = 0;
};

/// Collects what is wrong with the tags.
class TagCheck {
public:
    TagCheck(const std::vector<std::string>& known, Diagnostics& complaints)
        : known_(known), complaints_(complaints) {}

    void run(const std::vector<Tag>& tags) {
        for (const Tag& tag : tags) check(tag);
        for (const Tag* section : open_) {
            complain(section->where, "section " + in_quotes(section->name) + " is not closed",
                     {"write {{/" + section->name + "}} where it ends"});
        }
        parsers::sort_by_place(complaints_);
    }

private:
    void check(const Tag& tag) {
        switch (tag.mark) {
            case '!':
                return;
            case '#':
            case '^':
                check_name(tag);
                open_.push_back(&tag);
                return;
            case '/':
                close_section(tag);
                return;
            case '{':
            case '&':
                // SEC-16: a value is somebody else's text. It never goes out as markup.
                complain(tag.where, "values always go out escaped",
                         {"write {{name}} with two braces"});
                return;
            case '>':
            case '=':
                complain(tag.where, "other templates and delimiters are not supported",
                         {"known here: {{name}}, {{#name}}...{{/name}}, {{^name}}...{{/name}}"});
                return;
            default:
                check_name(tag);
        }
    }

    void check_name(const Tag& tag) {
        if (std::find(known_.begin(), known_.end(), tag.name) != known_.end()) return;
        std::vector<std::string> hints;
        const std::string near = parsers::nearest(tag.name, known_);
        if (!near.empty()) {
            hints.push_back("did you mean {{" + near + "}}?");
        } else {
            hints.push_back("known here: " + parsers::joined(known_, ", "));
        }
        complain(tag.where, "unknown placeholder " + in_quotes(tag.name), std::move(hints));
    }

    void close_section(const Tag& tag) {
        const auto opened = std::find_if(open_.rbegin(), open_.rend(), [&tag](const Tag* each) {
            return each->name == tag.name;
        });
        if (opened == open_.rend()) {
            complain(tag.where, "section " + in_quotes(tag.name) + " ends here but does not begin",
                     {"it begins with {{#" + tag.name + "}} or {{^" + tag.name + "}}"});
            return;
        }
        if (opened != open_.rbegin()) {
            const Tag& inner = *open_.back();
            complain(tag.where,
                     "section " + in_quotes(tag.name) + " ends while " + in_quotes(inner.name) +
                         " is open",
                     {"close " + in_quotes(inner.name) + ", which begins in line " +
                      std::to_string(inner.where.line) + ", before it"});
        }
        open_.erase(std::prev(opened.base()), open_.end());
    }

    void complain(const TextSpan& where, std::string message, std::vector<std::string> hints) {
        complaints_.push_back({where, std::move(message), std::move(hints)});
    }

    const std::vector<std::string>& known_;
    Diagnostics& complaints_;
    std::vector<const Tag*> open_ = {};
};

/// A tag that prints nothing, alone on its line, would leave an empty line behind: it is widened to
/// the line with its end.
void take_whole_line(Tag& tag, std::string_view source) {
    if (tag.mark == ' ') return;
    std::size_t begin = tag.begin;
    while (begin > 0 && (source[begin - 1] == ' ' || source[begin - 1] == '\t')) --begin;
    std::size_t end = tag.end;
    while (end < source.size() && (source[end] == ' ' || source[end] == '\t')) ++end;
    const bool is_alone =
        (begin == 0 || source[begin - 1] == '\n') && (end == source.size() || source[end] == '\n');
    if (!is_alone) return;
    tag.begin = begin;
    tag.end = std::min(end + 1, source.size());
}

/// Lines of a value stay lines.
std::string as_html(const std::string& value) {
    std::string html = parsers::html_escaped(value);
    for (std::size_t at = html.find('\n'); at != std::string::npos;) {
        html.replace(at, 1, "<br>\n");
        at = html.find('\n', at + 5);
    }
    return html;
}

}  // namespace

boost::system::result<MailTemplate, Diagnostics> MailTemplate::create(
    const std::string& file,
    std::string source,
    Escaping escaping,
    const std::vector<std::string>& known) {
    // An editor's byte order mark would stand in front of every mail.
    if (source.starts_with("\xef\xbb\xbf")) source.erase(0, 3);
    std::erase(source, '\r');
    Diagnostics complaints;
    std::vector<Tag> tags = TagReader{file, source}.read(complaints);
    TagCheck{known, complaints}.run(tags);
    if (!complaints.empty()) return complaints;

    MailTemplate result;
    result.escaping_ = escaping;
    std::size_t at = 0;
    std::vector<std::size_t> open;
    for (Tag& tag : tags) {
        take_whole_line(tag, source);
        result.pieces_.push_back({PieceKind::text, source.substr(at, tag.begin - at)});
        at = tag.end;
        if (tag.mark == '!') continue;
        const std::size_t index = result.pieces_.size();
        if (tag.mark == '/') {
            result.pieces_[open.back()].end = index;
            open.pop_back();
        } else if (tag.mark != ' ') {
            open.push_back(index);
        }
        const PieceKind kind = tag.mark == '#'   ? PieceKind::section
                               : tag.mark == '^' ? PieceKind::inverted_section
                               : tag.mark == '/' ? PieceKind::section_end
                                                 : PieceKind::value;
        result.pieces_.push_back({kind, tag.name});
    }
    result.pieces_.push_back({PieceKind::text, source.substr(at)});
    return result;
}

std::string MailTemplate::render(const TemplateValues& values) const {
    const std::string nothing;
    std::string mail;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const Piece& piece = pieces_[i];
        if (piece.kind == PieceKind::text) {
            mail += piece.text;
            continue;
        }
        const auto found = values.find(piece.text);
        const std::string& value = found == values.end() ? nothing : found->second;
        const bool is_hidden = (piece.kind == PieceKind::section && value.empty()) ||
                               (piece.kind == PieceKind::inverted_section && !value.empty());
        if (is_hidden) i = piece.end;
        if (piece.kind == PieceKind::value) {
            mail += escaping_ == Escaping::html ? as_html(value) : value;
        }
    }
    return mail;
}

}  // namespace bellhop::rules
