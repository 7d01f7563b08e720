#include "rules/people/named_requester.hpp"

#include <algorithm>
#include <array>

#include "parsers/header/address.hpp"
#include "parsers/message/robot_address.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_lines = 500;
constexpr std::size_t longest_value = 320;  // bytes of an address, RFC 5321 section 4.5.3.1
constexpr std::string_view reply_to = "reply-to";

/// Folded, with single blanks, none at either end.
std::string squeezed(std::string_view text) {
    std::string result;
    const std::string low = parsers::folded(text);
    for (const char c : parsers::stripped(low)) {
        const bool blank = parsers::is_space(c);
        if (!blank) result += c;
        if (blank && !result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
}

/// What stands before and behind "*".
struct Form {
    std::string before = {};
    std::string behind = {};
};

Form form_of(std::string_view text) {
    const std::size_t star = std::min(text.find('*'), text.size());
    const std::string_view behind = text.substr(std::min(star + 1, text.size()));
    return {squeezed(text.substr(0, star)), squeezed(behind)};
}

class Finder {
public:
    Finder(const People* people, const std::vector<std::string>& own_addresses)
        : people_{people}, own_addresses_{own_addresses} {}

    /// The only person among `addresses` to whom the desk may write.
    std::optional<parsers::Address> person_in(
        const std::vector<parsers::Address>& addresses) const {
        const parsers::Address* found = nullptr;
        for (const parsers::Address& one : addresses) {
            if (one.address.empty()) continue;
            if (found != nullptr || !is_person(one.address)) return std::nullopt;
            found = &one;
        }
        return found == nullptr ? std::nullopt : std::optional{*found};
    }

    std::optional<parsers::Address> person_in_lines(const std::vector<std::string_view>& lines,
                                                    const Form& form) const {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const std::string line = squeezed(lines[i]);
            const std::size_t at = line.find(form.before);
            if (at == std::string::npos || (at > 0 && line[at - 1] != ' ')) continue;
            std::string value = line.substr(at + form.before.size());
            if (value.empty() && i + 1 < lines.size()) value = squeezed(lines[i + 1]);
            if (!form.behind.empty()) {
                const std::size_t end = value.find(form.behind);
                if (end == std::string::npos) continue;
                value.resize(end);
            }
            if (const auto person = person_named(parsers::trimmed(value))) return person;
        }
        return std::nullopt;
    }

private:
    bool is_person(const std::string& address) const {
        return parsers::is_sendable(address) && !parsers::is_robot_address(address) &&
               !parsers::contains(own_addresses_, parsers::address_key(address)) &&
               (people_ == nullptr || people_->technician_at(address).empty());
    }

    /// By his address, or by the name of one contact.
    std::optional<parsers::Address> person_named(std::string_view value) const {
        if (value.empty() || value.size() > longest_value) return std::nullopt;
        if (value.find('@') != std::string_view::npos)
            return person_in(parsers::parse_address_list(value));
        if (people_ == nullptr) return std::nullopt;
        std::vector<parsers::Address> found;
        for (const Contact& contact : people_->contacts) {
            if (squeezed(contact.name) == value) found.push_back({contact.name, contact.address});
        }
        return person_in(found);
    }

    const People* people_;
    const std::vector<std::string>& own_addresses_;
};

/// "Ann Example via Staff": a list has put its own address in From, for DMARC's sake. It names
/// itself in the header, too (RFC 2369, RFC 2919).
bool is_rewritten_by_list(const parsers::Message& message) {
    const bool is_list = message.has_field("List-Id") || message.has_field("List-Post") ||
                         message.has_field("List-Unsubscribe");
    const std::string name = parsers::folded(message.from->name);
    return is_list && (name.find(" via ") != std::string::npos || name.ends_with(" (list)"));
}

/// What a machine is called whose address people may write to, for all that is known.
bool is_named_as_machine(std::string_view address) {
    constexpr std::array<std::string_view, 18> names = {
        "scanner",   "scan",  "copier",    "printer",     "mfp",   "fax",
        "form",      "forms", "webform",   "website",     "web",   "www",
        "voicemail", "pbx",   "wordpress", "switchboard", "kiosk", "survey"};
    const std::string low = parsers::folded(address.substr(0, address.rfind('@')));
    std::string_view word = low;
    word = word.substr(0, word.find_first_of(".-_+0123456789"));
    return std::find(names.begin(), names.end(), word) != names.end();
}

}  // namespace

std::string fault_of_form(std::string_view form) {
    if (parsers::equal_ignoring_case(form, reply_to)) return {};
    if (std::count(form.begin(), form.end(), '*') != 1)
        return "\"*\" must stand once in it, for the address or the name";
    if (form_of(form).before.empty()) return "something must stand before \"*\"";
    return {};
}

std::optional<parsers::Address> named_requester(const parsers::Message& message,
                                                std::span<const std::string> forms,
                                                const People* people,
                                                const std::vector<std::string>& own_addresses) {
    const Finder finder{people, own_addresses};
    std::vector<std::string_view> lines;
    for (const std::string_view line : parsers::lines_of(message.text)) {
        if (lines.size() == most_lines) break;
        if (!parsers::stripped(line).empty()) lines.push_back(line);
    }
    for (const std::string& form : forms) {
        const auto found = parsers::equal_ignoring_case(form, reply_to)
                               ? finder.person_in(message.reply_to)
                               : finder.person_in_lines(lines, form_of(form));
        if (found) return found;
    }
    return std::nullopt;
}

std::optional<parsers::Address> requester_in_reply_to(
    const parsers::Message& message,
    const People* people,
    const std::vector<std::string>& own_addresses) {
    if (!message.from || message.reply_to.empty()) return std::nullopt;
    const std::string& from = message.from->address;
    const bool is_machine = parsers::is_robot_address(from) || is_named_as_machine(from) ||
                            is_rewritten_by_list(message);
    if (!is_machine) return std::nullopt;
    auto person = Finder{people, own_addresses}.person_in(message.reply_to);
    const bool is_same =
        person && parsers::address_key(person->address) == parsers::address_key(from);
    return is_same ? std::nullopt : person;
}

}  // namespace bellhop::rules
