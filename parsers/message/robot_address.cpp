#include "parsers/message/robot_address.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view separators = ".-_+= ";

// All names are compared without separators: no-reply, no_reply and No.Reply are one word.

/// At the beginning of the local part or of a word in it, whatever follows; written in one,
/// anywhere.
constexpr std::array nobody_names{
    "noreply"sv,     "noreplies"sv,     "donotreply"sv,       "dontreply"sv,    "noanswer"sv,
    "noresponse"sv,  "noresponder"sv,   "nichtantworten"sv,   "keineantwort"sv, "nepasrepondre"sv,
    "naoresponda"sv, "nonrispondere"sv, "nietbeantwoorden"sv, "svarainte"sv,    "nieodpowiadac"sv,
    "unattended"sv,  "autoreply"sv,     "autoresponder"sv};

/// The whole local part.
constexpr std::array program_names{"mailerdaemon"sv, "postmaster"sv, "daemon"sv, "nobody"sv,
                                   "wwwdata"sv,      "apache"sv,     "cron"sv,   "listserv"sv,
                                   "majordomo"sv,    "mailman"sv,    "usenet"sv, "uucp"sv,
                                   "bounce"sv,       "bounces"sv};

constexpr std::array role_names{"abuse"sv, "root"sv, "hostmaster"sv, "webmaster"sv};

/// Of mailing lists, of variable envelope senders and of addresses signed for bounces.
constexpr std::array program_beginnings{"owner-"sv,   "bounce+"sv,  "bounce-"sv, "bounces+"sv,
                                        "bounces-"sv, "msprvs1="sv, "prvs="sv};
constexpr std::array program_endings{"-request"sv, "-bounces"sv, "-bounce"sv, "-owner"sv};

std::string without_separators(std::string_view text) {
    std::string word;
    for (const char c : text) {
        if (separators.find(c) == std::string_view::npos) word += c;
    }
    return word;
}

template <class Names>
bool has(const Names& names, std::string_view word) {
    return std::find(names.begin(), names.end(), word) != names.end();
}

bool says_that_nobody_reads(std::string_view local) {
    for (const std::string_view name : nobody_names) {
        if (local.find(name) != std::string_view::npos) return true;
    }
    // "jobs-no-reply", but not "nino.reply".
    for (std::size_t at = 0; at < local.size(); ++at) {
        const bool begins_word =
            at == 0 || separators.find(local[at - 1]) != std::string_view::npos;
        if (!begins_word) continue;
        const std::string rest = without_separators(local.substr(at));
        const auto begins = [&rest](std::string_view name) { return rest.starts_with(name); };
        if (std::any_of(nobody_names.begin(), nobody_names.end(), begins)) return true;
    }
    return false;
}

}  // namespace

AddressReader reader_of(std::string_view address) {
    // Octets, RFC 5321 section 4.5.3.1: a longer one cannot be written to.
    constexpr std::size_t longest = 320;
    const std::string folded_address = folded(address.substr(0, longest));
    const std::string_view local =
        std::string_view{folded_address}.substr(0, folded_address.rfind('@'));
    if (says_that_nobody_reads(local)) return AddressReader::nobody;
    const std::string word = without_separators(local);
    const bool is_program =
        has(program_names, word) ||
        std::any_of(program_beginnings.begin(), program_beginnings.end(),
                    [local](std::string_view one) { return local.starts_with(one); }) ||
        std::any_of(program_endings.begin(), program_endings.end(),
                    [local](std::string_view one) { return local.ends_with(one); });
    if (is_program) return AddressReader::program;
    return has(role_names, word) ? AddressReader::role : AddressReader::person;
}

bool is_robot_address(std::string_view address) {
    const AddressReader reader = reader_of(address);
    return reader == AddressReader::program || reader == AddressReader::nobody;
}

}  // namespace bellhop::parsers
