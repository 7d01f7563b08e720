#include "rules/desk/proof.hpp"

#include <algorithm>
#include <map>

#include "parsers/message/plain_author.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_ids = 100;  // of a mail, from the newest

/// Newest first: what it answers, then what that answered.
std::vector<std::string> ids_of(const parsers::Message& message) {
    std::vector<std::string> ids = message.in_reply_to;
    ids.insert(ids.end(), message.references.rbegin(), message.references.rend());
    if (ids.size() > most_ids) ids.resize(most_ids);
    return ids;
}

/// Whether the mail names its writer plainly. Another Sender means that somebody else has sent it.
bool has_plain_writer(const parsers::Message& message) {
    const auto author = parsers::plain_author(message);
    if (!author || !message.from) return false;
    const std::string key = parsers::address_key(*author);
    if (parsers::address_key(message.from->address) != key) return false;
    return !message.sender || parsers::address_key(message.sender->address) == key;
}

/// What our tokens stand in. Relays rewrite the domain, and so can whoever wants an id to look new.
std::string token_part(std::string_view id) {
    return parsers::lower_case(id.substr(0, id.rfind('@')));
}

std::string joined_ids(const std::vector<std::string>& ids) {
    return parsers::joined(ids, " ");
}

}  // namespace

std::optional<Proof> proof_of(const parsers::Message& message,
                              const std::vector<TicketId>& tickets,
                              const std::vector<std::string>& readers,
                              const TokenKeys& keys,
                              const std::vector<std::string>& exposed) {
    if (message.kind != parsers::MessageKind::human || !has_plain_writer(message)) return {};
    std::vector<std::string> shown;
    for (const std::string& id : exposed) shown.push_back(token_part(id));
    for (const std::string& id : ids_of(message)) {
        if (parsers::contains(shown, token_part(id))) continue;
        for (const std::string& reader : readers) {
            const auto proof = proof_in(id, reader, keys);
            if (proof && parsers::contains(tickets, proof->mail.ticket)) return proof;
        }
    }
    return {};
}

Actions expose(const parsers::Message& message,
               std::optional<TicketId> here,
               const TokenKeys& keys,
               std::chrono::sys_seconds at) {
    std::map<std::optional<TicketId>, std::vector<std::string>> shown;  // by ticket
    const std::string writer = message.from ? message.from->address : std::string{};
    const bool is_automatic = message.kind != parsers::MessageKind::human;
    for (const std::string& id : ids_of(message)) {
        if (is_automatic && proof_in(id, writer, keys)) continue;  // it was sent to him
        const auto own = read_message_id(id, keys);
        if (!own || own->second != Genuine::yes || !is_bound(id)) continue;
        const std::string lower = parsers::lower_case(id);
        shown[std::nullopt].push_back(lower);
        if (own->first.ticket != here) shown[own->first.ticket].push_back(lower);
    }
    Actions actions;
    for (const auto& [ticket, ids] : shown) {
        actions.push_back(Record{{at,
                                  Event::token_exposed,
                                  "gateway",
                                  "others have read it: a reply to it proves nothing any more",
                                  {{"mails", joined_ids(ids)}}},
                                 ticket});
    }
    return actions;
}

std::vector<std::string> exposed_ids(const std::vector<TicketEvent>& log) {
    std::vector<std::string> ids;
    for (const TicketEvent& entry : log) {
        if (entry.type != Event::token_exposed) continue;
        std::string_view list = value_of(entry, "mails");
        while (!list.empty()) {
            const std::size_t end = std::min(list.find(' '), list.size());
            ids.emplace_back(list.substr(0, end));
            list.remove_prefix(std::min(end + 1, list.size()));
        }
    }
    return ids;
}

}  // namespace bellhop::rules
