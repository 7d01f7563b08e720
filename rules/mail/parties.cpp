#include "rules/mail/parties.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "parsers/header/thread_fields.hpp"
#include "parsers/message/forwarded.hpp"
#include "parsers/message/robot_address.hpp"
#include "parsers/text/lists.hpp"
#include "rules/people/named_requester.hpp"

namespace bellhop::rules {
namespace {

/// The mail that a person forwards. One that answers nothing and holds the header of another mail
/// is forwarded, too, where its writer has put a subject of his own above it.
std::optional<parsers::Forwarded> forwarded_in(const parsers::Message& message) {
    if (message.forwarded) return message.forwarded;
    const bool answers = !message.in_reply_to.empty() || !message.references.empty() ||
                         parsers::subject_mark(message.subject) == parsers::SubjectMark::reply;
    if (answers) return std::nullopt;
    return parsers::find_forwarded("Fwd: " + message.subject, message.text);
}

class PartyFinder {
public:
    PartyFinder(const parsers::Message& message,
                const People* people,
                const std::vector<std::string>& own_addresses)
        : message_(message), people_(people), own_addresses_(own_addresses) {}

    Parties find() const {
        Parties parties;
        parties.requester = message_.from.value_or(parsers::Address{});
        if (const auto forwarded = forwarded_for_another()) {
            parties.requester = forwarded->from;
            parties.on_behalf = true;
            parties.subject = forwarded->subject;
        } else if (auto person = requester_in_reply_to(message_, people_, own_addresses_)) {
            parties.requester = std::move(*person);
            parties.named_by = NamedBy::reply_to;
        }
        const std::string key = parsers::address_key(parties.requester.address);
        if (!key.empty()) parties.participants = {key};
        if (!parties.on_behalf && parties.named_by == NamedBy::from) add_colleagues(parties);
        return parties;
    }

private:
    /// What a technician, or the desk's own mailbox, forwards that somebody has written whom the
    /// desk knows.
    std::optional<parsers::Forwarded> forwarded_for_another() const {
        if (people_ == nullptr || !message_.from) return std::nullopt;
        if (message_.kind != parsers::MessageKind::human) return std::nullopt;
        const bool is_own =
            parsers::contains(own_addresses_, parsers::address_key(message_.from->address));
        if (!is_own && people_->technician_at(message_.from->address).empty()) return std::nullopt;
        auto forwarded = forwarded_in(message_);
        if (!forwarded || !is_customer(forwarded->from.address)) return std::nullopt;
        return is_stranger(forwarded->from.address) ? std::nullopt : std::move(forwarded);
    }

    void add_colleagues(Parties& parties) const {
        if (people_ == nullptr) return;
        const std::string school = people_->sender(parties.requester.address).school;
        if (school.empty()) return;
        for (const auto* list : {&message_.to, &message_.cc}) {
            for (const parsers::Address& one : *list) {
                if (parties.participants.size() >= most_participants) return;
                const std::string key = parsers::address_key(one.address);
                const bool is_new = !parsers::contains(parties.participants, key);
                if (is_new && is_customer(one.address) &&
                    people_->sender(one.address).school == school) {
                    parties.participants.push_back(key);
                }
            }
        }
    }

    bool is_customer(const std::string& address) const {
        return parsers::is_sendable(address) && !parsers::is_robot_address(address) &&
               !parsers::contains(own_addresses_, parsers::address_key(address)) &&
               people_->technician_at(address).empty();
    }

    bool is_stranger(const std::string& address) const {
        return people_->sender(address).groups == std::vector<std::string>{"unknown"};
    }

    const parsers::Message& message_;
    const People* people_;
    const std::vector<std::string>& own_addresses_;
};

}  // namespace

Parties parties_of(const parsers::Message& message,
                   const People* people,
                   const std::vector<std::string>& own_addresses) {
    return PartyFinder{message, people, own_addresses}.find();
}

}  // namespace bellhop::rules
