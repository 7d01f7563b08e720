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
#include "rules/evidence/machine_says.hpp"
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

/// "backups", "alerts-noreply"
bool is_machines_name(std::string_view part) {
    constexpr std::size_t short_name = 4;  // bytes: "ups" is not the beginning of "upson"
    return std::any_of(std::begin(machine_words::senders), std::end(machine_words::senders),
                       [part](std::string_view name) {
                           return name.size() > short_name ? part.starts_with(name) : part == name;
                       });
}

/// 13:41:07 near the beginning of the line: nobody writes seconds.
bool is_of_a_log(std::string_view line) {
    constexpr std::size_t near = 24;
    const std::string_view begin = line.substr(0, near);
    for (std::size_t at = 0; at + 8 <= begin.size(); ++at) {
        bool fits = true;
        for (std::size_t i = 0; i < 8; ++i)
            fits = fits && (i % 3 == 2 ? begin[at + i] == ':' : parsers::is_digit(begin[at + i]));
        if (fits) return true;
    }
    return false;
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
        const std::string lower = parsers::lower_case(subject);
        for (const std::string_view word : words_of(lower)) {
            is_announced_ = is_announced_ || is_one_of(machine_words::announcements, word);
            is_personal_ = is_personal_ || is_one_of(machine_words::personal, word);
        }
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
        sent_by_machine_ = std::any_of(words.begin(), words.end(), is_machines_name);
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
        has_log_ = has_log_ || is_of_a_log(line);
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
        signs += has_log_ ? 1 : 0;
        signs += is_announced_ ? 1 : 0;
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
    bool has_log_ = false;
    bool is_announced_ = false;
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
