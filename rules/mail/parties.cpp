#include "rules/mail/parties.hpp"

#include <algorithm>

#include "parsers/message/robot_address.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

class PartyFinder {
public:
    PartyFinder(const parsers::Message& message,
                const People* people,
                const std::vector<std::string>& own_addresses)
        : message_(message), people_(people), own_addresses_(own_addresses) {}

    Parties find() const {
        Parties parties;
        parties.requester = message_.from.value_or(parsers::Address{});
        if (speaks_for_another()) {
            parties.requester = message_.forwarded->from;
            parties.on_behalf = true;
        }
        const std::string key = parsers::address_key(parties.requester.address);
        if (!key.empty()) parties.participants = {key};
        if (!parties.on_behalf) add_colleagues(parties);
        return parties;
    }

private:
    /// Whether a technician forwards what somebody has written whom the desk knows.
    bool speaks_for_another() const {
        if (people_ == nullptr || !message_.from || !message_.forwarded) return false;
        if (message_.kind != parsers::MessageKind::human) return false;
        if (people_->technician_at(message_.from->address).empty()) return false;
        const std::string& author = message_.forwarded->from.address;
        return is_customer(author) && !is_stranger(author);
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
