#include "rules/mail/asker.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "parsers/message/robot_address.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

/// What such machines call themselves before the "@".
constexpr std::array<std::string_view, 24> machines{
    "form", "forms",    "webform",   "webforms", "contactform", "website", "web",     "webmaster",
    "www",  "www-data", "wordpress", "drupal",   "scanner",     "scan",    "scans",   "copier",
    "mfp",  "mfd",      "printer",   "fax",      "voicemail",   "survey",  "surveys", "kiosk"};

/// "scanner-office@", "webforms@", "mfp3@": one of its words.
bool is_machine(std::string_view address) {
    const std::string local = parsers::lower_case(address.substr(0, address.find('@')));
    std::string word;
    const auto is_known = [&word] {
        return std::find(machines.begin(), machines.end(), word) != machines.end();
    };
    for (const char c : local) {
        if (parsers::is_alpha(c)) {
            word += c;
        } else {
            if (is_known()) return true;
            word.clear();
        }
    }
    return is_known() || std::find(machines.begin(), machines.end(), local) != machines.end();
}

/// "Bert via Staff list": the list has put itself into From, as DMARC makes it.
bool is_of_a_list(const parsers::Message& message) {
    const bool names_a_list = message.has_field("List-Id") || message.has_field("List-Post") ||
                              message.has_field("X-Original-From");
    return names_a_list && message.from->name.find(" via ") != std::string::npos;
}

}  // namespace

std::optional<parsers::Address> asker_behind(const parsers::Message& message) {
    if (!message.from || message.reply_to.size() != 1) return std::nullopt;
    const std::string& sender = message.from->address;
    const parsers::Address& asker = message.reply_to.front();
    const bool is_other = parsers::address_key(asker.address) != parsers::address_key(sender);
    const bool is_for_somebody =
        parsers::is_robot_address(sender) || is_machine(sender) || is_of_a_list(message);
    if (!is_other || !is_for_somebody || parsers::is_robot_address(asker.address)) {
        return std::nullopt;
    }
    return asker;
}

}  // namespace bellhop::rules
