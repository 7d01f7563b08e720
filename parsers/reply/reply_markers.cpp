#include "parsers/reply/reply_markers.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "parsers/reply/mail_header_words.hpp"
#include "parsers/reply/reply_words.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

using namespace reply_words;

constexpr std::size_t max_attribution_lines =
    7;  // seen: name, "<", link, ">" each on a line of its own
constexpr std::size_t max_attribution_bytes = 600;  // two long names with links in them
constexpr std::size_t max_header_lines = 24;        // of a block; long To fields are wrapped
constexpr std::size_t max_separator_bytes = 160;

bool is_clock_time_at(std::string_view text, std::size_t i) {
    const auto digit = [&](std::size_t at) { return at < text.size() && is_digit(text[at]); };
    if (i == 0 || !is_digit(text[i - 1])) return false;
    const bool separates = text[i] == ':' || text[i] == '.' || text[i] == 'h';
    if (!separates || !digit(i + 1) || !digit(i + 2)) return false;
    // "15.05.2021" is no time.
    return text[i] != '.' || !(digit(i + 3) || (i + 3 < text.size() && text[i + 3] == '.'));
}

struct Signs {
    bool address = false;  // something like <ann@example.org>
    bool clock = false;
    bool year = false;
    bool digit = false;
};

Signs signs_of(std::string_view low) {
    Signs signs;
    signs.address = low.find('@') != low.npos;
    for (std::size_t i = 0; i < low.size(); ++i) {
        if (is_digit(low[i])) {
            signs.digit = true;
            const bool begins = i == 0 || !is_digit(low[i - 1]);
            const std::string_view four = low.substr(i, 4);
            const bool ends = i + 4 >= low.size() || !is_digit(low[i + 4]);
            if (begins && ends && (four.starts_with("19") || four.starts_with("20")) &&
                std::all_of(four.begin(), four.end(), is_digit) && four.size() == 4) {
                signs.year = true;
            }
        } else if (is_clock_time_at(low, i)) {
            signs.clock = true;
        }
    }
    return signs;
}

std::string_view without_ornaments(std::string_view low) {
    const std::size_t first = low.find_first_not_of(" \t-*_|()[]/#");
    if (first == low.npos) return {};
    const std::size_t last = low.find_last_not_of(" \t-*_|\r/#");
    return low.substr(first, last - first + 1);
}

bool begins_like_attribution(std::string_view low) {
    for (const std::string_view each : attribution_beginnings) {
        if (low.starts_with(each) && low.size() > each.size() && low[each.size()] == ' ')
            return true;
    }
    return starts_with_any(low, attribution_beginnings_east_asia);
}

std::string_view last_word(std::string_view low) {
    const std::size_t blank = low.find_last_of(" \t,");
    return blank == low.npos ? low : low.substr(blank + 1);
}

bool is_first_person(std::string_view word) {
    return std::find(first_person.begin(), first_person.end(), word) != first_person.end();
}

struct Verb {
    bool found = false;
    bool at_end = false;
};

/// Looks for the verb of an attribution in `body`, which has no final colon any more.
/// With `colon` the verb may stand up to 120 bytes before the end ("wrote the following on ...:"),
/// without it only at the end: most lines of a mail are decided by their last letters.
Verb find_verb(std::string_view body, bool colon) {
    constexpr std::size_t tail = 160;  // bytes: the longest verb and what may stand behind it
    for (const std::string_view ending : {"(a)", "(-a)", "(в)", "(ла)"}) {
        if (body.ends_with(ending)) body = stripped(body.substr(0, body.size() - ending.size()));
    }
    const std::size_t from = body.size() > tail ? body.size() - tail : 0;
    for (const std::string_view verb : attribution_verbs) {
        std::size_t at = body.npos;
        if (body.ends_with(verb)) {
            at = body.size() - verb.size();
        } else if (colon) {
            at = body.substr(from).rfind(verb);
            if (at != body.npos) at += from;
        }
        if (at == body.npos) continue;
        const std::size_t end = at + verb.size();
        const bool word_before = at > 0 && is_alpha(body[at - 1]);
        const bool word_behind = end < body.size() && is_alpha(body[end]);
        if (word_before || word_behind) continue;
        const std::string_view behind = stripped(body.substr(end));
        if (is_first_person(last_word(stripped(body.substr(0, at))))) return {};
        if (behind.empty()) return {true, true};
        if (is_first_person(behind.substr(0, behind.find(' ')))) return {};
        if (behind.size() <= 120) return {true, false};
    }
    return {};
}

/// "2016-03-03 17:21 GMT+01:00 Ann", "2011/4/7 Ann <ann@example.org>": Gmail without a verb.
bool is_dated_sender(std::string_view low, const Signs& signs) {
    if (low.size() < 10 || !low.starts_with("20") || !is_digit(low[3])) return false;
    if (low[4] != '-' && low[4] != '/' && !low.substr(4).starts_with("年")) return false;
    if (low.ends_with('>') && signs.address && low.find('<') != low.npos) return true;
    return signs.clock && low.size() < 120 && low.find(" gmt") != low.npos && !low.ends_with('.');
}

MarkerStrength judge_attribution(std::string_view joined) {
    std::string_view body = without_ornaments(joined);
    const Signs signs = signs_of(body);
    if (!signs.digit && !signs.address) return MarkerStrength::none;
    const bool colon = body.ends_with(':') || body.ends_with("：");
    if (colon) body = stripped(body.substr(0, body.size() - (body.ends_with(':') ? 1 : 3)));
    const bool begins = begins_like_attribution(body);
    const Verb verb = find_verb(body, colon);
    const bool dated = signs.clock || signs.year;
    if (verb.at_end) {
        if (signs.clock && (begins || signs.year || signs.address)) return MarkerStrength::strong;
        if (signs.address && (begins || signs.year)) return MarkerStrength::strong;
        // "Ann <ann@example.org> wrote:"
        if (colon && signs.address && body.find('<') != body.npos && body.size() < 150)
            return MarkerStrength::strong;
        if (begins && signs.year) return MarkerStrength::weak;
        return MarkerStrength::none;
    }
    if (verb.found && colon && (begins || (signs.clock && signs.year)) && dated) {
        return signs.clock || signs.address ? MarkerStrength::strong : MarkerStrength::weak;
    }
    if (is_dated_sender(body, signs)) return MarkerStrength::strong;
    const bool bracketed = signs.address && (body.ends_with('>') || body.ends_with(')'));
    if (colon && bracketed && signs.clock && signs.year) return MarkerStrength::strong;
    return MarkerStrength::none;
}

/// "On Tuesday at 10:15 the head wrote:" is how people tell it; programs put year or address.
bool is_machine_written(std::string_view joined) {
    const Signs signs = signs_of(joined);
    return signs.address || signs.year;
}

/// Whether more lines may belong to an attribution that has begun with `joined`.
bool may_continue(std::string_view joined, std::string_view next_low) {
    if (is_quoted(next_low)) {
        // The ">" of "<mailto:…>" may stand at the beginning of a line.
        return std::count(joined.begin(), joined.end(), '<') >
               std::count(joined.begin(), joined.end(), '>');
    }
    return joined.size() + next_low.size() < max_attribution_bytes;
}

/// "From: ann@example.org Date: Thu, 24 Mar 2016 08:07:12": a header block that lost its line ends.
bool is_header_in_one_line(std::string_view low) {
    const auto header = header_line(low);
    if (!header || header->kind != HeaderLineKind::from) return false;
    const std::size_t date = std::min(low.find(" date: "), low.find(" sent: "));
    if (date == low.npos || low.substr(0, date).find('@') == low.npos) return false;
    return signs_of(low.substr(date)).clock;
}

}  // namespace

bool TextLine::is_empty() const {
    return stripped(text).empty();
}

std::vector<TextLine> text_lines(std::string_view text, std::string_view low) {
    std::vector<TextLine> lines;
    for (const std::string_view line : lines_of(text)) {
        const auto offset = static_cast<std::size_t>(line.data() - text.data());
        lines.push_back({line, low.substr(offset, line.size())});
    }
    return lines;
}

Attribution attribution_at(std::span<const TextLine> lines) {
    if (lines.empty() || lines[0].low.size() > max_attribution_bytes) return {};
    const std::string_view first = without_ornaments(lines[0].low);
    if (first.size() < 4) return {};
    const bool has_digit = std::any_of(first.begin(), first.end(), is_digit);
    const bool has_address = first.find('@') != first.npos;
    if (!has_digit && !has_address) return {};
    if (const MarkerStrength strength = judge_attribution(first);
        strength != MarkerStrength::none) {
        return {strength, 1, is_machine_written(first)};
    }
    const bool begins = begins_like_attribution(first);
    const bool digit_first = is_digit(first[0]);
    if (!has_digit || (!begins && !digit_first && !has_address)) return {};
    std::string joined{first};
    std::size_t empty_lines = 0;
    for (std::size_t n = 1; n < std::min(lines.size(), max_attribution_lines); ++n) {
        if (lines[n].is_empty()) {
            if (++empty_lines > 1) break;
            continue;
        }
        // What begins an attribution itself ends no other line: "5 - quick and kind" stands above
        // it.
        const bool begins_anew = begins_like_attribution(without_ornaments(lines[n].low));
        if ((begins_anew && !begins) || !may_continue(joined, lines[n].low)) break;
        joined += ' ';
        joined += stripped(lines[n].low);
        const bool complete =
            joined.ends_with(':') || joined.ends_with("：") || joined.ends_with('-');
        const MarkerStrength strength = complete ? judge_attribution(joined) : MarkerStrength::none;
        if (strength == MarkerStrength::strong)
            return {strength, n + 1, is_machine_written(joined)};
    }
    return {};
}

std::size_t attribution_behind_text(const TextLine& line) {
    constexpr std::size_t npos = std::string_view::npos;
    const std::string_view low = line.low;
    if (low.size() > max_attribution_bytes || !stripped(low).ends_with(':') ||
        low.find('@') == npos)
        return npos;
    for (const std::string_view beginning :
         {" on ", "-on ", " am ", " le ", " el ", " il ", " em ", " op "}) {
        const std::size_t at = low.rfind(beginning);
        if (at == npos || at == 0) continue;
        if (judge_attribution(low.substr(at + 1)) == MarkerStrength::strong) return at + 1;
    }
    return npos;
}

bool is_message_separator(const TextLine& line) {
    const std::string_view low = stripped(line.low);
    if (low.size() < 6 || low.size() > max_separator_bytes) return false;
    if (is_header_in_one_line(low)) return true;
    const std::size_t leader = std::min(low.find_first_not_of("-_=*~#> —–"), low.size());
    const std::string_view words = low.substr(leader);
    const bool led = leader >= 2 && low[0] != ' ';
    const bool closed = words.ends_with(':') || words.ends_with('-') || words.ends_with('_') ||
                        words.ends_with('*');
    constexpr std::array<std::string_view, 9> requests = {
        "please", "reply", "write", "type", "bitte", "antwort", "répon", "por favor", "svara"};
    const bool requests_reply = leader > 0 || closed || starts_with_any(words, requests);
    if (requests_reply && has_any(words, reply_above)) return true;
    if (!led && !(closed && words.size() < 60)) return false;
    if (starts_with_any(words, original_message)) {
        return led || words.starts_with("begin forwarded") || words.starts_with("anfang der") ||
               words.starts_with("début du message");
    }
    if (without_ornaments(low) == "previous replies") return true;
    return led && starts_with_any(words, original_message_east_asia);
}

std::size_t header_block_at(std::span<const TextLine> lines) {
    struct Block {
        unsigned kinds = 0;
        bool address = false;
        bool dated = false;
        bool clock = false;
        std::size_t end = 0;
    } block;
    std::size_t strays = 0;  // lines since the last header line
    for (std::size_t i = 0; i < std::min(lines.size(), max_header_lines); ++i) {
        const std::string_view low = lines[i].low;
        const auto header = header_line(low);
        if (!header) {
            if (i == 0) return 0;
            if (++strays > 2) break;
            block.address = block.address || (!lines[i].is_empty() && low.find('@') != low.npos);
            continue;
        }
        strays = 0;
        block.kinds |= 1U << static_cast<unsigned>(header->kind);
        const std::string_view value = low.substr(header->value_at);
        const Signs signs = signs_of(value.substr(0, 200));
        block.address = block.address || signs.address;
        block.dated =
            block.dated || (header->kind == HeaderLineKind::date && (signs.clock || signs.year));
        block.clock = block.clock || (header->kind == HeaderLineKind::date && signs.clock);
        block.end = i + 1;
    }
    const auto has = [&](HeaderLineKind kind) {
        return ((block.kinds >> static_cast<unsigned>(kind)) & 1U) != 0;
    };
    const int distinct = std::popcount(block.kinds);
    const bool from = has(HeaderLineKind::from);
    const bool date = has(HeaderLineKind::date);
    if (distinct >= 3 && (from || date) && (block.address || block.clock)) return block.end;
    const bool pair = date && (from || has(HeaderLineKind::to));
    return pair && block.address && block.dated ? block.end : 0;
}

bool is_framed_above_header(std::span<const TextLine> lines) {
    constexpr std::size_t frame = 4;          // dashes on either side
    constexpr std::size_t lines_between = 2;  // empty ones
    const std::string_view words = stripped(lines[0].text);
    const std::size_t first = words.find_first_not_of('-');
    if (first == words.npos || first < frame || words.size() > max_separator_bytes) return false;
    if (words.size() - words.find_last_not_of('-') <= frame) return false;
    std::size_t next = 1;
    while (next < lines.size() && next <= lines_between && lines[next].is_empty()) ++next;
    return next < lines.size() && header_block_at(lines.subspan(next)) > 0;
}

bool is_rule(std::string_view line) {
    line = stripped(line);
    if (line.empty()) return false;
    while (!line.empty()) {
        if (std::string_view{"-_=~#*+"}.find(line[0]) != std::string_view::npos) {
            line.remove_prefix(1);
        } else if (line.starts_with("—") || line.starts_with("–") || line.starts_with("ᐧ")) {
            line.remove_prefix(3);
        } else {
            return false;
        }
    }
    return true;
}

bool is_quoted(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == line.npos) return false;
    line.remove_prefix(first);
    if (line[0] == '>') return true;
    const std::size_t mark = line.substr(0, 4).find('>');
    if (mark == line.npos || mark == 0) return false;
    const bool initials =
        std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(mark),
                    [](char c) { return c >= 'A' && c <= 'Z'; });
    return initials && (line.size() == mark + 1 || is_blank(line[mark + 1]));
}

}  // namespace bellhop::parsers
