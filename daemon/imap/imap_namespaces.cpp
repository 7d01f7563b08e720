#include "daemon/imap/imap_namespaces.hpp"

#include <algorithm>

#include "parsers/text/ascii.hpp"

namespace bellhop::daemon {
namespace {

bool begins_with(const std::string& folder, const std::string& prefix) {
    // RFC 9051 section 5.1: INBOX is the same in any case.
    return !prefix.empty() && folder.size() >= prefix.size() &&
           parsers::equal_ignoring_case(folder.substr(0, prefix.size()), prefix);
}

}  // namespace

/// `(("INBOX." ".") ("#mh/" "/"))`, or NIL.
std::vector<ImapNamespaces::Namespace> ImapNamespaces::namespaces_in(
    const parsers::ImapValue& list) {
    constexpr std::size_t most = 100;  // no server has so many
    std::vector<Namespace> found;
    for (const parsers::ImapValue& one : list.items) {
        if (one.items.size() < 2 || found.size() >= most) continue;
        found.push_back({one.items[0].text, one.items[1].text});
    }
    return found;
}

bool ImapNamespaces::take(const parsers::ImapResponse& response) {
    if (response.name != "NAMESPACE") return false;
    personal_.clear();
    others_.clear();
    for (std::size_t i = 0; i < response.values.size(); ++i) {
        std::vector<Namespace> found = namespaces_in(response.values[i]);
        std::vector<Namespace>& place = i == 0 ? personal_ : others_;
        place.insert(place.end(), found.begin(), found.end());
    }
    return false;
}

std::string ImapNamespaces::name_of(std::string folder) const {
    const auto names = [&folder](const Namespace& one) { return begins_with(folder, one.prefix); };
    if (parsers::equal_ignoring_case(folder, "INBOX") || personal_.empty() ||
        std::any_of(others_.begin(), others_.end(), names) ||
        std::any_of(personal_.begin(), personal_.end(), names)) {
        return folder;
    }
    const auto& [prefix, separator] = personal_.front();
    // The first part that the operator has written may name INBOX with another separator.
    if (!separator.empty() && separator != "/" && folder.find(separator) == std::string::npos) {
        std::replace(folder.begin(), folder.end(), '/', separator.front());
    }
    return begins_with(folder, prefix) ? folder : prefix + folder;
}

}  // namespace bellhop::daemon
