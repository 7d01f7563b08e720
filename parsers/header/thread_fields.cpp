#include "parsers/header/thread_fields.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

/// A message-id without blanks, control characters and brackets, valid UTF-8.
std::string clean_id(std::string_view raw) {
    raw = utf8_prefix(raw, max_message_id_bytes);
    std::string id;
    // The reading of foreign bytes comes first: it makes blanks and control characters, too.
    for (const char c : is_utf8(raw) ? std::string{raw} : to_utf8(raw, {})) {
        if (static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '<' && c != '>') id += c;
    }
    return std::string{utf8_prefix(id, max_message_id_bytes)};
}

/// The next "<...>" from `at`; both ends npos where there is none. A second "<" starts anew.
std::pair<std::size_t, std::size_t> next_bracketed(std::string_view text, std::size_t at) {
    std::size_t open = text.find('<', at);
    if (open == std::string_view::npos) return {open, open};
    std::size_t close = open + 1;
    for (; close < text.size() && text[close] != '>'; ++close) {
        if (text[close] == '<') open = close;
    }
    return {open, close};
}

using Mark = std::pair<std::string_view, SubjectMark>;

// What mail programs put before a subject: English, German, Dutch, Nordic, Romance, Slavic and
// other languages, in lower case, as UTF-8.
constexpr std::array<Mark, 47> marks{{
    {"re", SubjectMark::reply},           {"aw", SubjectMark::reply},
    {"antw", SubjectMark::reply},         {"antwort", SubjectMark::reply},
    {"antwoord", SubjectMark::reply},     {"sv", SubjectMark::reply},
    {"vs", SubjectMark::reply},           {"ad", SubjectMark::reply},
    {"rif", SubjectMark::reply},          {"r", SubjectMark::reply},
    {"res", SubjectMark::reply},          {"odp", SubjectMark::reply},
    {"ynt", SubjectMark::reply},          {"cevap", SubjectMark::reply},
    {"yanıt", SubjectMark::reply},        {"bls", SubjectMark::reply},
    {"atb", SubjectMark::reply},          {"ats", SubjectMark::reply},
    {"vá", SubjectMark::reply},           {"válasz", SubjectMark::reply},
    {"rép", SubjectMark::reply},          {"réf", SubjectMark::reply},
    {"σχετ", SubjectMark::reply},         {"απ", SubjectMark::reply},
    {"на", SubjectMark::reply},           {"отв", SubjectMark::reply},
    {"ответ", SubjectMark::reply},        {"re aw", SubjectMark::reply},
    {"回复", SubjectMark::reply},         {"回覆", SubjectMark::reply},
    {"答复", SubjectMark::reply},         {"返信", SubjectMark::reply},
    {"fwd", SubjectMark::forward},        {"fw", SubjectMark::forward},
    {"wg", SubjectMark::forward},         {"doorst", SubjectMark::forward},
    {"vb", SubjectMark::forward},         {"vl", SubjectMark::forward},
    {"tr", SubjectMark::forward},         {"rv", SubjectMark::forward},
    {"i", SubjectMark::forward},          {"enc", SubjectMark::forward},
    {"pd", SubjectMark::forward},         {"ilt", SubjectMark::forward},
    {"továbbítás", SubjectMark::forward}, {"转发", SubjectMark::forward},
    {"轉寄", SubjectMark::forward},
}};

struct FoundMark {
    SubjectMark mark = SubjectMark::none;
    std::size_t length = 0;
};

/// "Re:", "Re[2]:", "Re (2):", "RE :" and the full-width colon at the start of `subject`.
FoundMark mark_at_start(std::string_view subject) {
    constexpr std::string_view wide_colon = "：";
    for (const auto& [word, mark] : marks) {
        if (!starts_with_ignoring_case(subject, word)) continue;
        std::size_t at = word.size();
        while (at < subject.size() && is_blank(subject[at])) ++at;
        if (at < subject.size() &&
            (subject[at] == '[' || subject[at] == '(' || subject[at] == '^')) {
            const std::size_t digits = at + 1;
            std::size_t end = digits;
            while (end < subject.size() && is_digit(subject[end])) ++end;
            const bool closed =
                end < subject.size() && (subject[end] == ']' || subject[end] == ')');
            if (end > digits && closed) at = end + 1;
        }
        while (at < subject.size() && is_blank(subject[at])) ++at;
        if (at < subject.size() && subject[at] == ':') return {mark, at + 1};
        if (subject.substr(at).starts_with(wide_colon)) return {mark, at + wide_colon.size()};
    }
    return {};
}

}  // namespace

std::vector<std::string> parse_message_ids(std::string_view field_body) {
    std::vector<std::string> ids;
    std::unordered_set<std::string> seen;
    const auto keep = [&](std::string_view raw) {
        std::string id = clean_id(raw);
        if (!id.empty() && seen.insert(id).second) ids.push_back(std::move(id));
    };
    if (field_body.find('<') == std::string_view::npos) {
        // No brackets at all: the words with an "@" are what was meant, or the only word.
        std::string_view rest = trimmed(field_body);
        if (rest.find_first_of(" \t") == std::string_view::npos) {
            keep(rest);
            return ids;
        }
        while (!rest.empty()) {
            const std::size_t end = rest.find_first_of(" \t,;");
            const std::string_view word = rest.substr(0, end);
            if (word.find('@') != std::string_view::npos) keep(word);
            if (end == std::string_view::npos) break;
            rest.remove_prefix(end + 1);
        }
    }
    std::size_t at = 0;
    while (at < field_body.size()) {
        const auto [open, close] = next_bracketed(field_body, at);
        if (open == std::string_view::npos) break;
        keep(field_body.substr(open + 1, close - open - 1));
        at = close + 1;
    }
    if (ids.size() > max_message_ids) ids.erase(ids.begin(), ids.end() - max_message_ids);
    return ids;
}

std::string parse_message_id(std::string_view field_body) {
    const auto [open, close] = next_bracketed(field_body, 0);
    if (open == std::string_view::npos) return clean_id(trimmed(field_body));
    return clean_id(field_body.substr(open + 1, close - open - 1));
}

SubjectMark subject_mark(std::string_view subject) {
    return mark_at_start(trimmed(subject)).mark;
}

std::string base_subject(std::string_view subject) {
    constexpr std::string_view forwarded = "(fwd)";
    constexpr int max_marks = 100;
    subject = trimmed(subject);
    for (int i = 0; i < max_marks; ++i) {
        const FoundMark found = mark_at_start(subject);
        if (found.mark == SubjectMark::none) break;
        subject = trimmed(subject.substr(found.length));
    }
    for (int i = 0; i < max_marks && subject.size() >= forwarded.size(); ++i) {
        const std::string_view end = subject.substr(subject.size() - forwarded.size());
        if (!equal_ignoring_case(end, forwarded)) break;
        subject = trimmed(subject.substr(0, subject.size() - forwarded.size()));
    }
    return std::string{subject};
}

}  // namespace bellhop::parsers
