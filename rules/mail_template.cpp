#include "rules/mail_template.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <kainjow/mustache.hpp>

namespace bellhop::rules {
namespace {

using parsers::Diagnostics;
using parsers::in_quotes;
using parsers::TextSpan;

constexpr std::string_view tag_begin = "{{";
constexpr std::string_view tag_end = "}}";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

struct Section {
    std::string name = {};
    TextSpan where = {};
};

/// Walks the tags of a source and collects what is wrong with them. kainjow's parser stops at its
/// first complaint, and takes an unknown name for an empty value.
class TagCheck {
public:
    TagCheck(const std::string& file,
             std::string_view source,
             const std::vector<std::string>& known)
        : file_(file), source_(source), known_(known) {}

    Diagnostics run() && {
        std::size_t at = 0;
        while ((at = source_.find(tag_begin, at)) != std::string_view::npos) {
            const std::size_t end = source_.find(tag_end, at + tag_begin.size());
            if (end == std::string_view::npos) {
                complain(place(at, tag_begin.size()), "a tag is not closed", {"it ends with }}"});
                break;
            }
            const std::size_t length = end + tag_end.size() - at;
            check_tag(source_.substr(at + tag_begin.size(), end - at - tag_begin.size()),
                      place(at, length));
            at += length;
        }
        for (const Section& section : open_) {
            complain(section.where, "section " + in_quotes(section.name) + " is not closed",
                     {"write {{/" + section.name + "}} where it ends"});
        }
        parsers::sort_by_place(complaints_);
        return std::move(complaints_);
    }

private:
    void check_tag(std::string_view inside, const TextSpan& where) {
        const char kind = inside.empty() ? ' ' : inside.front();
        const std::string_view marks = "#^/!&>={";
        const bool has_mark = marks.find(kind) != std::string_view::npos;
        const std::string name{trimmed(has_mark ? inside.substr(1) : inside)};
        switch (kind) {
            case '!':
                return;
            case '#':
            case '^':
                check_name(name, where);
                open_.push_back({name, where});
                return;
            case '/':
                close_section(name, where);
                return;
            case '{':
            case '&':
                // SEC-16: a value is somebody else's text. It never goes out as markup.
                complain(where, "values always go out escaped", {"write {{name}} with two braces"});
                return;
            case '>':
            case '=':
                complain(where, "other templates and delimiters are not supported",
                         {"known here: {{name}}, {{#name}}...{{/name}}, {{^name}}...{{/name}}"});
                return;
            default:
                check_name(name, where);
        }
    }

    void check_name(const std::string& name, const TextSpan& where) {
        if (std::find(known_.begin(), known_.end(), name) != known_.end()) return;
        std::vector<std::string> hints;
        const std::string near = parsers::nearest(name, known_);
        if (!near.empty()) {
            hints.push_back("did you mean {{" + near + "}}?");
        } else {
            std::string all;
            for (const std::string& each : known_) all += (all.empty() ? "" : ", ") + each;
            hints.push_back("known here: " + all);
        }
        complain(where, "unknown placeholder " + in_quotes(name), std::move(hints));
    }

    void close_section(const std::string& name, const TextSpan& where) {
        if (!open_.empty() && open_.back().name == name) {
            open_.pop_back();
            return;
        }
        const auto opened =
            std::find_if(open_.rbegin(), open_.rend(),
                         [&name](const Section& each) { return each.name == name; });
        if (opened == open_.rend()) {
            complain(where, "section " + in_quotes(name) + " ends here but does not begin",
                     {"it begins with {{#" + name + "}} or {{^" + name + "}}"});
            return;
        }
        const Section& inner = open_.back();
        complain(where,
                 "section " + in_quotes(name) + " ends while " + in_quotes(inner.name) + " is open",
                 {"close " + in_quotes(inner.name) + ", which begins in line " +
                  std::to_string(inner.where.line) + ", before it"});
        open_.erase(std::prev(opened.base()), open_.end());
    }

    /// Positions only ever grow, so that lines are counted once.
    TextSpan place(std::size_t at, std::size_t length) {
        for (std::size_t end = source_.find('\n', line_begin_); end < at;
             end = source_.find('\n', line_begin_)) {
            line_begin_ = end + 1;
            ++line_;
        }
        const std::size_t line_end = std::min(source_.find('\n', at), source_.size());
        return {file_, line_, at - line_begin_ + 1, std::min(length, line_end - at)};
    }

    void complain(TextSpan where, std::string message, std::vector<std::string> hints) {
        complaints_.push_back({std::move(where), std::move(message), std::move(hints)});
    }

    const std::string& file_;
    std::string_view source_;
    const std::vector<std::string>& known_;
    std::vector<Section> open_ = {};
    std::size_t line_ = 1;
    std::size_t line_begin_ = 0;
    Diagnostics complaints_ = {};
};

std::string as_it_is(const std::string& value) {
    return value;
}

/// Also inside an attribute's quotes. Lines of a value stay lines.
std::string as_html(const std::string& value) {
    std::string result;
    for (const char c : value) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            case '\n':
                result += "<br>\n";
                break;
            default:
                result += c;
        }
    }
    return result;
}

}  // namespace

boost::system::result<MailTemplate, Diagnostics> MailTemplate::create(
    const std::string& file,
    std::string source,
    Escaping escaping,
    const std::vector<std::string>& known) {
    // An editor's byte order mark would stand in front of every mail; carriage returns would hide
    // from kainjow that a line holds nothing but a section's tag.
    if (source.starts_with("\xef\xbb\xbf")) source.erase(0, 3);
    std::erase(source, '\r');
    Diagnostics complaints = TagCheck{file, source, known}.run();
    if (!complaints.empty()) return complaints;
    const kainjow::mustache::mustache parsed{source};
    if (!parsed.is_valid()) {
        // What TagCheck lets pass kainjow understands; should they ever differ, say so at load.
        return Diagnostics{{{file, 1, 1, 1}, parsed.error_message(), {}}};
    }
    MailTemplate result;
    result.source_ = std::move(source);
    result.escaping_ = escaping;
    return result;
}

std::string MailTemplate::render(const TemplateValues& values) const {
    kainjow::mustache::data data;
    for (const auto& [name, value] : values) {
        // For kainjow an empty text is true; for people who write {{#phone}} it is not.
        data.set(name,
                 value.empty() ? kainjow::mustache::data{false} : kainjow::mustache::data{value});
    }
    kainjow::mustache::mustache mustache{source_};
    mustache.set_custom_escape(escaping_ == Escaping::html ? as_html : as_it_is);
    return mustache.render(data);
}

}  // namespace bellhop::rules
