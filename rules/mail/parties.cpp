#include "rules/mail/parties.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "parsers/header/thread_fields.hpp"
#include "parsers/message/forwarded.hpp"
#include "parsers/message/robot_address.hpp"
#include "parsers/text/lists.hpp"
#include "rules/mail/asker.hpp"

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
    PartyFinder(const parsers::Message& message, const Staff& staff, Standing standing)
        : message_(message), staff_(staff), people_(staff.people), standing_(standing) {}

    Parties find() const {
        Parties parties;
        parties.requester = message_.from.value_or(parsers::Address{});
        const auto asker = asker_behind(message_);
        parties.is_named_by_program = asker && people_ != nullptr && is_customer(asker->address);
        if (parties.is_named_by_program) parties.requester = *asker;
        if (const auto forwarded = forwarded_for_another()) {
            parties.requester = forwarded->from;
            parties.on_behalf = true;
            parties.subject = forwarded->subject;
        }
        if (parties.is_named_by_program) return parties;
        const std::string key = parsers::address_key(parties.requester.address);
        if (!key.empty() && standing_ != Standing::nobody) parties.participants = {key};
        if (!parties.on_behalf) add_colleagues(parties);
        return parties;
    }

private:
    /// What somebody of the desk forwards that somebody has written whom the desk knows.
    std::optional<parsers::Forwarded> forwarded_for_another() const {
        if (people_ == nullptr || !message_.from) return std::nullopt;
        if (standing_ != Standing::himself) return std::nullopt;
        if (message_.kind != parsers::MessageKind::human) return std::nullopt;
        if (!is_of_the_desk(staff_, message_.from->address)) return std::nullopt;
        auto forwarded = forwarded_in(message_);
        if (!forwarded || !is_customer(forwarded->from.address)) return std::nullopt;
        return is_stranger(forwarded->from.address) ? std::nullopt : std::move(forwarded);
    }

    void add_colleagues(Parties& parties) const {
        if (people_ == nullptr || standing_ != Standing::himself) return;
        const Sender requester = people_->sender(parties.requester.address);
        const std::string& school = requester.school;
        if (school.empty()) return;
        for (const auto* list : {&message_.to, &message_.cc}) {
            for (const parsers::Address& one : *list) {
                if (parties.participants.size() >= most_participants) return;
                const std::string key = parsers::address_key(one.address);
                const bool is_new = !parsers::contains(parties.participants, key);
                if (!is_new || !is_customer(one.address)) continue;
                const Sender colleague = people_->sender(one.address);
                const bool may_read = !is_pupil(colleague) || is_pupil(requester);
                if (colleague.school == school && may_read) parties.participants.push_back(key);
            }
        }
    }

    static bool is_pupil(const Sender& sender) {
        return parsers::contains(sender.groups, std::string_view{"pupil"});
    }

    bool is_customer(const std::string& address) const {
        return parsers::is_sendable(address) && !parsers::is_robot_address(address) &&
               !is_of_the_desk(staff_, address);
    }

    bool is_stranger(const std::string& address) const {
        return people_->sender(address).groups == std::vector<std::string>{"unknown"};
    }

    const parsers::Message& message_;
    const Staff& staff_;
    const People* people_;
    Standing standing_;
};

}  // namespace

Parties parties_of(const parsers::Message& message, const Staff& staff, Standing standing) {
    return PartyFinder{message, staff, standing}.find();
}

Standing standing_of_requester(const Parties& parties, Standing author) {
    const bool is_too_much = parties.is_named_by_program && author == Standing::himself;
    return is_too_much ? Standing::claimed : author;
}

}  // namespace bellhop::rules
