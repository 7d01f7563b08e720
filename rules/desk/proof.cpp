#include "rules/desk/proof.hpp"

#include <algorithm>
#include <map>

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

/// "Tom <tom@desk.example>", "tom@desk.example": no group, no route, no comment that a program may
/// take for the address. `body` is raw.
bool is_plain(std::string_view body, std::string_view address) {
    body = parsers::trimmed(body);
    const std::size_t open = body.rfind('<');
    const std::string_view spec =
        open == std::string_view::npos ? body : body.substr(open + 1, body.size() - open - 2);
    const bool is_closed = open == std::string_view::npos || body.ends_with('>');
    const std::string_view name = open == std::string_view::npos ? "" : body.substr(0, open);
    const bool is_simple = name.find_first_of("<>@(),;:") == std::string_view::npos ||
                           (name.starts_with('"') && parsers::trimmed(name).ends_with('"') &&
                            std::count(name.begin(), name.end(), '"') == 2);
    return is_closed && is_simple && parsers::equal_ignoring_case(spec, address);
}

std::string joined_ids(const std::vector<std::string>& ids) {
    return parsers::joined(ids, " ");
}

}  // namespace

std::string plain_author(const parsers::Message& message) {
    const parsers::HeaderField* from = nullptr;
    for (const parsers::HeaderField& field : message.fields) {
        if (!parsers::equal_ignoring_case(field.name, "from")) continue;
        if (from != nullptr) return {};
        from = &field;
    }
    if (from == nullptr || !message.from || !parsers::is_sendable(message.from->address)) return {};
    const std::vector<parsers::Address> authors = parsers::parse_address_list(from->body);
    if (authors.size() != 1 || authors.front().address != message.from->address) return {};
    if (!is_plain(from->body, message.from->address)) return {};
    const std::string key = parsers::address_key(message.from->address);
    if (message.sender && parsers::address_key(message.sender->address) != key) return {};
    return message.from->address;
}

std::optional<Proof> proof_of(const parsers::Message& message,
                              const std::vector<TicketId>& tickets,
                              const std::vector<std::string>& readers,
                              const TokenKeys& keys,
                              const std::vector<std::string>& exposed) {
    if (message.kind != parsers::MessageKind::human || plain_author(message).empty()) return {};
    for (const std::string& id : ids_of(message)) {
        if (parsers::contains(exposed, parsers::lower_case(id))) continue;
        for (const std::string& reader : readers) {
            const auto proof = proof_in(id, reader, keys);
            if (proof && parsers::contains(tickets, proof->mail.ticket)) return proof;
        }
    }
    return {};
}

bool is_enough(const Proof& proof, Standing standing) {
    switch (standing) {
        case Standing::himself:
            return true;
        case Standing::claimed:
            return proof.reply == ReplyMeans::confirmation;
        case Standing::nobody:
            break;
    }
    return false;
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
