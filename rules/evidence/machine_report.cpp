#include "rules/evidence/machine_report.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/plain_text.hpp"
#include "rules/evidence/machine_words.hpp"

namespace bellhop::rules {
namespace {

using parsers::trimmed;

constexpr std::size_t most_lines = 100;
constexpr std::size_t longest_line = 400;  // bytes; what is longer is no field
constexpr std::size_t longest_key = 30;    // bytes
constexpr std::size_t longest_tag = 4;     // words before the first colon of a subject
constexpr std::size_t most_key_signs = 3;  // more fields say no more
constexpr std::size_t told_in_prose = 15;  // lines that are asked where no field tells
constexpr std::size_t enough_signs = 3;    // of a machine; two where it says how the thing is

/// How grave, by the names that machines give it.
constexpr std::pair<std::string_view, MachineSeverity> severities[] = {
    {"critical", MachineSeverity::critical},
    {"severe", MachineSeverity::critical},
    {"disaster", MachineSeverity::critical},
    {"emergency", MachineSeverity::critical},
    {"fatal", MachineSeverity::critical},
    {"high", MachineSeverity::critical},
    {"urgent", MachineSeverity::critical},
    {"sev0", MachineSeverity::critical},
    {"sev1", MachineSeverity::critical},
    {"error", MachineSeverity::error},
    {"major", MachineSeverity::error},
    {"average", MachineSeverity::error},
    {"failed", MachineSeverity::error},
    {"failure", MachineSeverity::error},
    {"sev2", MachineSeverity::error},
    {"warning", MachineSeverity::warning},
    {"minor", MachineSeverity::warning},
    {"medium", MachineSeverity::warning},
    {"moderate", MachineSeverity::warning},
    {"degraded", MachineSeverity::warning},
    {"sev3", MachineSeverity::warning},
    {"informational", MachineSeverity::information},
    {"information", MachineSeverity::information},
    {"info", MachineSeverity::information},
    {"notice", MachineSeverity::information},
    {"low", MachineSeverity::information},
    {"sev4", MachineSeverity::information}};

template <class List, class Value>
bool is_one_of(const List& list, const Value& value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

/// What a short text says of the thing.
enum class Says { nothing, ill, well, well_again };

/// Runs of letters, digits and what stands within names, as they are written.
std::vector<std::string_view> words_of(std::string_view text) {
    const auto is_part = [](char c) {
        return parsers::is_alpha(c) || parsers::is_digit(c) || parsers::is_octet_8bit(c) ||
               c == '\'' || c == '-' || c == '/';
    };
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_part(text[end])) ++end;
        if (end > at && text.substr(at, end - at) != "-")
            words.push_back(text.substr(at, end - at));
        at = std::max(end, at + 1);
    }
    return words;
}

bool is_nought(std::string_view word) {
    return word == "0" || word == "no" || word == "zero" || word == "none" || word == "without";
}

/// One word in its place; `before` and `after` may be empty.
Says word_says(std::string_view before, std::string_view word, std::string_view after) {
    using namespace machine_words;
    if (is_nought(before) || after == "0" || after == "none") return Says::nothing;
    const bool is_denied = before == "not" || before == "never" || before == "isn't";
    if (word == "back" && after != "up" && after != "online" && after != "to" && after != "in")
        return Says::nothing;
    if (word == "recovery" && (after.starts_with("point") || after == "media"))
        return Says::nothing;
    if (word == "down" && (before == "was" || before == "were")) return Says::nothing;
    if (is_one_of(well_again, word)) return is_denied ? Says::ill : Says::well_again;
    if (is_one_of(well, word)) return is_denied ? Says::ill : Says::well;
    const std::pair pair{word, after};
    if (is_one_of(ill, word) || is_one_of(ill_pairs, pair)) return Says::ill;
    return Says::nothing;
}

/// What is wrong outweighs what is well, unless it is well again.
Says says(std::string_view text) {
    const std::string lower = parsers::lower_case(text);
    const std::vector<std::string_view> words = words_of(lower);
    Says all = Says::nothing;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view before = i > 0 ? words[i - 1] : std::string_view{};
        const std::string_view after = i + 1 < words.size() ? words[i + 1] : std::string_view{};
        if (is_one_of(machine_words::beside_the_matter, words[i])) break;
        if (words[i] == "no" && after == "longer") return Says::well_again;
        const Says one = word_says(before, words[i], after);
        if (one == Says::well_again) return one;
        if (one == Says::ill || all == Says::nothing) all = one == Says::nothing ? all : one;
    }
    return all;
}

MachineSeverity severity_in(std::string_view text) {
    const std::string lower = parsers::lower_case(text);
    for (const std::string_view word : words_of(lower)) {
        for (const auto& [name, severity] : severities) {
            if (word == name) return severity;
        }
    }
    return MachineSeverity::unknown;
}

struct Field {
    std::string key = {};  // lower case
    std::string_view value = {};
};

/// "Key: value", "Key = value", "Key     value" of a line.
Field field_of(std::string_view line) {
    while (!line.empty() && !parsers::is_alpha(line.front())) {
        if (parsers::is_digit(line.front())) return {};
        line.remove_prefix(1);
    }
    std::size_t end = std::min({line.find(':'), line.find('='), line.find("  "), line.find('\t')});
    if (end == std::string_view::npos || end > longest_key) return {};
    const std::string_view key = trimmed(line.substr(0, end));
    std::string_view value = trimmed(line.substr(end));
    if (value.starts_with(':') || value.starts_with('=')) value = trimmed(value.substr(1));
    return {parsers::lower_case(key), value};
}

/// Reads one mail, line by line.
class ReportReader {
public:
    void read_subject(std::string_view subject) {
        std::string_view rest = trimmed(subject);
        while (rest.starts_with('[')) {
            const std::size_t end = std::min(rest.find(']'), rest.size() - 1);
            read_bracket(rest.substr(1, end - 1));
            rest = trimmed(rest.substr(end + 1));
        }
        if (rest.starts_with("**")) {
            read_bracket(words_of(rest).empty() ? "" : words_of(rest).front());
        } else if (const std::size_t colon = rest.find(':'); colon != std::string_view::npos) {
            const std::string_view tag = rest.substr(0, colon);
            if (words_of(tag).size() <= longest_tag) read_tag(tag);
        }
        subject_ = says(rest);
        if (severity_ == MachineSeverity::unknown)
            severity_ = severity_in(rest.substr(0, longest_key));
    }

    void read_sender(std::string_view from, std::string_view name) {
        const std::string lower = parsers::lower_case(std::string{from.substr(0, from.find('@'))} +
                                                      ' ' + std::string{name});
        std::string parted = lower;  // "alerts-noreply", "ups-main": by their parts
        std::replace(parted.begin(), parted.end(), '-', ' ');
        std::vector<std::string_view> words = words_of(parted);
        for (const std::string_view word : words_of(lower)) words.push_back(word);
        sent_by_machine_ = std::any_of(words.begin(), words.end(), [](std::string_view word) {
            return is_one_of(machine_words::senders, word);
        });
    }

    void read_line(std::string_view line) {
        line = trimmed(line.substr(0, longest_line));
        if (line.empty()) return;
        const std::string lower = parsers::lower_case(line);
        has_footer_ =
            has_footer_ ||
            std::any_of(std::begin(machine_words::footers), std::end(machine_words::footers),
                        [&](std::string_view each) { return lower.find(each) != lower.npos; });
        for (const std::string_view word : words_of(lower))
            is_personal_ = is_personal_ || is_one_of(machine_words::personal, word);
        const std::size_t known = keys_.size();
        read_field(field_of(line));
        // date=2026-11-05 devname=FG100 level="warning": many fields in a line
        if (std::count(line.begin(), line.end(), '=') > 2) {
            for (std::size_t at = 0; at < line.size();) {
                const std::size_t end = end_of_pair(line, at);
                read_field(field_of(line.substr(at, end - at)));
                at = end + 1;
            }
        }
        if (keys_.size() == known) read_prose(line);
    }

    std::optional<MachineReport> report(bool is_automatic) const {
        std::size_t signs = tag_signs_ + std::min(keys_.size(), most_key_signs);
        signs += sent_by_machine_ ? 1 : 0;
        signs += has_footer_ ? 1 : 0;
        signs += is_automatic ? 1 : 0;
        if (is_personal_ && !sent_by_machine_ && !is_automatic && !has_bracket_)
            return std::nullopt;
        const MachineState state = state_of();
        if (signs + (state == MachineState::unknown ? 0 : 1) < enough_signs) return std::nullopt;
        return MachineReport{state, severity_};
    }

private:
    /// "Failed", "FIRING:3", "Low".
    void read_bracket(std::string_view text) {
        if (words_of(text).size() == 1 && severity_ == MachineSeverity::unknown)
            severity_ = severity_in(text);
        const std::string lower = parsers::lower_case(text);
        if (lower == "low") return;  // how grave, not that something runs out
        const Says said = says(text);
        if (said == Says::nothing) return;
        has_bracket_ = true;
        tag_signs_ = 2;
        if (tag_ == Says::nothing) tag_ = said;
    }

    void read_tag(std::string_view text) {
        const Says said = says(text);
        if (said == Says::nothing) return;
        tag_signs_ = std::max<std::size_t>(tag_signs_, 1);
        if (tag_ == Says::nothing) tag_ = said;
    }

    void read_field(const Field& field) {
        using namespace machine_words;
        if (is_one_of(state_keys, field.key)) {
            const Says said = says(field.value);
            if (said != Says::nothing) field_ = said;  // the last one is of the whole
            if (severity_ == MachineSeverity::unknown) severity_ = severity_in(field.value);
        } else if (is_one_of(severity_keys, field.key)) {
            const MachineSeverity severity = severity_in(field.value);
            if (severity != MachineSeverity::unknown) severity_ = severity;
        } else if (is_one_of(event_keys, field.key)) {
            if (event_ == Says::nothing) event_ = says(field.value);
        } else if (!is_one_of(other_keys, field.key)) {
            return;
        }
        if (!is_one_of(keys_, field.key)) keys_.push_back(field.key);
    }

    void read_prose(std::string_view line) {
        if (++prose_lines_ > told_in_prose) return;
        if (severity_ == MachineSeverity::unknown && line.find(" - ") < longest_key)
            severity_ = severity_in(line.substr(0, line.find(" - ")));  // "Severe - UPS: ..."
        if (prose_ == Says::nothing) prose_ = says(line);
    }

    static std::size_t end_of_pair(std::string_view line, std::size_t at) {
        const std::size_t equals = std::min(line.find('=', at), line.size() - 1);
        const bool is_quoted = equals + 1 < line.size() && line[equals + 1] == '"';
        const std::size_t from =
            is_quoted ? std::min(line.find('"', equals + 2), line.size()) : equals;
        return std::min(line.find(' ', from), line.size());
    }

    MachineState state_of() const {
        for (const Says said : {tag_, subject_, field_, event_, prose_}) {
            if (said != Says::nothing)
                return said == Says::ill ? MachineState::ill : MachineState::well;
        }
        return MachineState::unknown;
    }

    Says tag_ = Says::nothing;
    Says subject_ = Says::nothing;
    Says field_ = Says::nothing;
    Says event_ = Says::nothing;
    Says prose_ = Says::nothing;
    MachineSeverity severity_ = MachineSeverity::unknown;
    std::vector<std::string> keys_ = {};  // known ones, each once
    std::size_t tag_signs_ = 0;
    std::size_t prose_lines_ = 0;
    bool has_bracket_ = false;
    bool has_footer_ = false;
    bool is_personal_ = false;
    bool sent_by_machine_ = false;
};

}  // namespace

std::string_view name_of(MachineSeverity severity) {
    switch (severity) {
        case MachineSeverity::unknown:
            return "";
        case MachineSeverity::information:
            return "information";
        case MachineSeverity::warning:
            return "warning";
        case MachineSeverity::error:
            return "error";
        case MachineSeverity::critical:
            return "critical";
    }
    never_reached();
}

std::optional<MachineReport> machine_report(const MachineMail& mail) {
    ReportReader reader;
    reader.read_subject(mail.subject);
    reader.read_sender(mail.from, mail.from_name);
    std::size_t lines = 0;
    for (const std::string_view line : parsers::lines_of(mail.body)) {
        if (++lines > most_lines) break;
        reader.read_line(line);
    }
    return reader.report(mail.is_automatic);
}

}  // namespace bellhop::rules
