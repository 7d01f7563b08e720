#include "parsers/message/forwarded.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "parsers/reply/informal_date.hpp"
#include "parsers/reply/mail_header_words.hpp"
#include "parsers/reply/reply_markers.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_lines = 5000;  // of the text, in which the forwarded mail must begin
constexpr std::size_t max_value = 1000;  // bytes of one header line's value

constexpr std::array<std::string_view, 27> forward_prefixes = {
    "fwd:",    "fw:",      "wg:",     "tr:",    "tr :",        "rv:",        "enc:",
    "i:",      "inoltra:", "doorst:", "vb:",    "vs:",         "pd:",        "ilt:",
    "пересл:", "fwd：",    "转发:",   "转发：", "轉寄:",       "轉寄：",     "전달:",
    "fwd :",   "[fwd:",    "vl:",     "trs:",   "továbbítás:", "přeposláno:"};

constexpr std::array<std::string_view, 39> forward_words = {
    "forward",       "weitergeleitet", "transféré",    "transmis",
    "réexpédié",     "reenviado",      "encaminhad",   "reencaminhad",
    "inoltrat",      "doorgestuurd",   "videresendt",  "vidarebefordrat",
    "välitetty",     "edelleen",       "przekazan",    "přeposlan",
    "továbbított",   "пересылаем",     "переслан",     "转发",
    "轉寄",          "転送",           "전달",         "iletilen",
    "redirecţionat", "preposlan",      "proslijeđen",  "προωθημέν",
    "הועבר",         "معاد توجيه",     "doorgezonden", "edasi",
    "persiųst",      "pārsūtī",        "framsent",     "diteruskan",
    "chuyển tiếp",   "reenviat",       "redirected"};

/// "---------- Forwarded message ---------", "Begin forwarded message:".
bool is_forward_separator(const TextLine& line) {
    return is_message_separator(line) && has_any(line.low, forward_words);
}

struct Place {
    std::size_t header = 0;  // the line at which the header block begins
    std::size_t size = 0;    // of the block; 0 where nothing was found
};

Place find_header(std::span<const TextLine> lines, bool forward_subject) {
    bool announced = forward_subject;
    for (std::size_t i = 0; i < std::min(lines.size(), max_lines); ++i) {
        if (lines[i].is_empty()) continue;
        if (is_forward_separator(lines[i])) {
            announced = true;
            continue;
        }
        if (!announced) continue;
        if (const std::size_t size = header_block_at(lines.subspan(i)); size > 0) return {i, size};
    }
    return {};
}

std::string_view without_quote_marks(std::string_view line) {
    while (!line.empty() && (line[0] == '>' || is_blank(line[0]))) line.remove_prefix(1);
    return line;
}

struct Values {
    std::string from = {};
    std::string date = {};
    std::string subject = {};
    bool has_from = false;
    bool has_date = false;
    bool has_subject = false;
};

Values read_values(std::span<const TextLine> block) {
    Values values;
    std::string* current = nullptr;
    for (const TextLine& line : block) {
        const auto header = header_line(line.low);
        if (!header) {
            const std::string_view more = stripped(without_quote_marks(line.text));
            if (current != nullptr && !more.empty() && current->size() + more.size() < max_value) {
                *current += ' ';
                *current += more;
            }
            continue;
        }
        const auto first_of = [&](std::string& value, bool& has) {
            current = has ? nullptr : &value;
            has = true;
        };
        current = nullptr;
        if (header->kind == HeaderLineKind::from) first_of(values.from, values.has_from);
        if (header->kind == HeaderLineKind::date) first_of(values.date, values.has_date);
        if (header->kind == HeaderLineKind::subject) first_of(values.subject, values.has_subject);
        if (current != nullptr)
            *current = utf8_prefix(stripped(line.text.substr(header->value_at)), max_value);
    }
    return values;
}

std::string_view without_wrapping(std::string_view name) {
    constexpr std::string_view around = " \t\"'<>[]()*_,;";
    const std::size_t first = name.find_first_not_of(around);
    if (first == name.npos) return {};
    return name.substr(first, name.find_last_not_of(around) - first + 1);
}

/// "Ann Lee <ann@example.org>", "Ann Lee [mailto:ann@example.org]", "ann@example.org<mailto:…>",
/// "Ann Lee".
Address read_sender(std::string_view value) {
    const std::size_t at = value.find('@');
    if (at == value.npos) return {std::string{without_wrapping(value)}, {}};
    constexpr std::string_view ends = " \t<>[]()\"',;:|";
    const std::size_t before = value.find_last_of(ends, at);
    const std::size_t begin = before == value.npos ? 0 : before + 1;
    const std::size_t end = std::min(value.find_first_of(ends, at), value.size());
    std::string_view name = value.substr(0, begin);
    constexpr std::string_view mailto = "mailto:";
    if (folded(name).ends_with(mailto)) name.remove_suffix(mailto.size());
    std::string address{value.substr(begin, end - begin)};
    const std::size_t sign = address.find('@');
    const std::string domain = lower_case(address.substr(sign));
    address.replace(sign, std::string::npos, domain);
    return {std::string{without_wrapping(name)}, std::move(address)};
}

bool is_address_list_line(const TextLine& line) {
    const std::string_view low = stripped(line.low);
    return low.find('@') != low.npos &&
           (low.ends_with('>') || low.ends_with(',') || low.ends_with(';'));
}

/// The lines behind the header block, without the quote marks that Apple Mail puts before all of
/// it.
std::string read_text(std::span<const TextLine> lines, bool quoted) {
    std::string text;
    for (const TextLine& line : lines) {
        std::string_view shown = line.text;
        if (quoted && shown.starts_with('>')) {
            shown.remove_prefix(1);
            if (shown.starts_with(' ')) shown.remove_prefix(1);
        }
        if (text.empty() && stripped(shown).empty()) continue;
        text += shown;
        text += '\n';
    }
    while (text.ends_with('\n') || text.ends_with(' ')) text.pop_back();
    return text;
}

}  // namespace

bool is_forward_subject(std::string_view subject) {
    const std::string low = folded(subject.substr(0, 100));
    return starts_with_any(stripped(low), forward_prefixes);
}

std::optional<Forwarded> find_forwarded(std::string_view subject, std::string_view text) {
    const bool forward_subject = is_forward_subject(subject);
    // Most mails are no forwards, and hold nothing that looks like the line above one.
    constexpr std::array<std::string_view, 5> hints = {
        "---", "forwarded message:", "weitergeleitete", "message réexpédié", "message transféré"};
    if (!forward_subject && !has_any(text, hints)) return {};
    const std::string low = folded(text);
    const std::vector<TextLine> lines = text_lines(text, low);
    const std::span<const TextLine> all{lines};
    const Place place = find_header(all, forward_subject);
    if (place.size == 0) return {};
    const Values values = read_values(all.subspan(place.header, place.size));
    if (!values.has_from) return {};
    Forwarded forwarded;
    forwarded.from = read_sender(values.from);
    if (forwarded.from.name.empty() && forwarded.from.address.empty()) return {};
    forwarded.subject = values.subject;
    if (values.has_date) forwarded.date = read_informal_date(values.date);
    std::size_t body = place.header + place.size;
    // A long To or Cc at the end of the header goes on until a line is empty.
    while (body < lines.size() && is_address_list_line(lines[body])) ++body;
    forwarded.text = read_text(all.subspan(body), lines[place.header].text.starts_with('>'));
    return forwarded;
}

}  // namespace bellhop::parsers
