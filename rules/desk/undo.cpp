#include "rules/desk/undo.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;
using Result = boost::system::result<Actions, std::string>;

constexpr const char* taken_back = "taken back";

std::optional<TicketField> field_of(Event event) {
    for (const TicketField field :
         {TicketField::priority, TicketField::team, TicketField::assignee, TicketField::category}) {
        if (event_of(field) == event) return field;
    }
    return std::nullopt;
}

const std::string& value_of(const Ticket& ticket, TicketField field) {
    switch (field) {
        case TicketField::priority:
            return ticket.priority;
        case TicketField::team:
            return ticket.team;
        case TicketField::assignee:
            return ticket.assignee;
        case TicketField::category:
            break;
    }
    return ticket.category;
}

/// Goes through the entries of one order, and finds what undoes each.
class Undoing {
public:
    Undoing(const TicketInTime& subject,
            const std::vector<std::string>& unsent,
            const std::string& actor,
            sys_seconds now)
        : ticket_(subject.ticket),
          log_(subject.log),
          calendar_(subject.calendar),
          unsent_(unsent),
          actor_(actor),
          now_(now) {}

    Result find() && {
        const auto at = last_order();
        if (!at) return std::string{"there is nothing of yours to take back"};
        bool has_begun = false;  // what stands before in the same second is not of the order
        for (const TicketEvent& entry : log_) {
            if (entry.at != *at) continue;
            has_begun = has_begun || entry.actor == actor_;
            if (entry.actor == actor_) take_back(entry);
            if (has_begun) take_back_mail(entry);
        }
        if (!complaint_.empty()) return complaint_;
        if (actions_.empty() && !did_something_) return std::string{"a note stays; write another"};
        if (!mails_.empty()) {
            actions_.insert(actions_.begin(), TakeBackMails{mails_, actor_, taken_back});
        }
        TicketEvent undone{now_, Event::undone, actor_, {}, {{"at", to_text(*at)}}};
        undone.detail = "what was ordered " + moment_for_log(calendar_, *at);
        actions_.push_back(Record{std::move(undone)});
        return std::move(actions_);
    }

private:
    /// Entries that an order of a person makes.
    static bool is_of_order(const TicketEvent& entry) {
        static const std::set<Event> kinds{
            Event::status, Event::priority,  Event::team,       Event::assignee,    Event::category,
            Event::tag,    Event::reopened,  Event::note,       Event::participant, Event::agreed,
            Event::merged, Event::requester, Event::agent_reply};
        const auto event = event_of(entry.type);
        return event && kinds.contains(*event);
    }

    std::optional<sys_seconds> last_order() const {
        std::set<std::string, std::less<>> undone;
        for (auto entry = log_.rbegin(); entry != log_.rend(); ++entry) {
            if (entry->actor != actor_) continue;
            const std::string at = to_text(entry->at);
            if (entry->type == Event::undone) {
                undone.emplace(rules::value_of(*entry, "at"));
                undone.insert(at);  // what took it back is no order of its own
            } else if (is_of_order(*entry) && !undone.contains(at)) {
                return entry->at;
            }
        }
        return std::nullopt;
    }

    void take_back(const TicketEvent& entry) {
        const auto event = event_of(entry.type);
        if (!event) return;
        if (const auto field = field_of(*event)) return take_back_field(entry, *field);
        switch (*event) {
            case Event::status:
                return take_back_status(entry);
            case Event::participant:
                return take_back_participant(entry);
            case Event::tag:
                return take_back_tag(entry);
            case Event::requester:
                return take_back_requester(entry);
            case Event::agreed:
                did_something_ = true;
                return;
            case Event::agent_reply:
                return take_back_reply(entry);
            case Event::reopened:
                complaint_ = "it has been reopened: that counts; set its status instead";
                return;
            case Event::merged:
                complaint_ = "a merge stays";
                return;
            default:
                return;
        }
    }

    void take_back_field(const TicketEvent& entry, TicketField field) {
        if (value_of(ticket_, field) != rules::value_of(entry, "to")) return changed_since(entry);
        actions_.push_back(
            SetField{field, std::string{rules::value_of(entry, "from")}, actor_, taken_back});
    }

    void take_back_status(const TicketEvent& entry) {
        if (ticket_.status != rules::value_of(entry, "to")) return changed_since(entry);
        const std::string before{rules::value_of(entry, "from")};
        actions_.push_back(SetStatus{before, taken_back, actor_, day_awaited(before)});
    }

    /// The day of a visit that the status waited for when it was set.
    std::string day_awaited(const std::string& status) const {
        for (auto entry = log_.rbegin(); entry != log_.rend(); ++entry) {
            if (entry->type != Event::status || rules::value_of(*entry, "to") != status) continue;
            return std::string{rules::value_of(*entry, "until")};
        }
        return {};
    }

    void take_back_participant(const TicketEvent& entry) {
        const std::string added{rules::value_of(entry, "added")};
        const std::string removed{rules::value_of(entry, "removed")};
        actions_.push_back(SetParticipant{added.empty() ? removed : added, added.empty(), actor_});
    }

    void take_back_tag(const TicketEvent& entry) {
        const std::string added{rules::value_of(entry, "added")};
        const std::string removed{rules::value_of(entry, "removed")};
        if (!added.empty()) actions_.push_back(RemoveTag{added, actor_});
        if (!removed.empty()) actions_.push_back(AddTags{{removed}, actor_});
    }

    void take_back_requester(const TicketEvent& entry) {
        const parsers::Address before{std::string{rules::value_of(entry, "name_before")},
                                      std::string{rules::value_of(entry, "from")}};
        if (ticket_.requester.address != rules::value_of(entry, "to")) return changed_since(entry);
        actions_.push_back(SetRequester{
            before, std::string{rules::value_of(entry, "school_before")}, ticket_.requester.address,
            actor_, proof_level_named(rules::value_of(entry, "proof_before"))});
    }

    void take_back_reply(const TicketEvent& entry) {
        const std::string mail{rules::value_of(entry, "mail")};
        if (!parsers::contains(unsent_, mail)) {
            complaint_ = "the reply has left already";
        } else {
            add_mail(mail);
        }
    }

    /// What an order has told the requester by itself: that it is resolved, a visit.
    void take_back_mail(const TicketEvent& entry) {
        const auto mail = mail_event_of(entry.type);
        if (!mail || mail->step != MailStep::queued) return;
        if (entry_of(mail->kind).reader != MailReader::requester) return;
        const std::string id{rules::value_of(entry, "message_id")};
        if (id.empty()) return;  // the entry that a reminder counts, which has the same name
        if (parsers::contains(unsent_, id)) {
            add_mail(id);
        } else if (mail->kind != MailKind::reply) {  // which speaks for itself
            complaint_ = "the requester has been told already";
        }
    }

    void add_mail(const std::string& id) {
        did_something_ = true;
        if (!parsers::contains(mails_, id)) mails_.push_back(id);
    }

    void changed_since(const TicketEvent& entry) {
        complaint_ = "its " + entry.type.text() + " has been changed since";
    }

    const Ticket& ticket_;
    const std::vector<TicketEvent>& log_;
    const BusinessCalendar& calendar_;
    const std::vector<std::string>& unsent_;
    const std::string& actor_;
    sys_seconds now_;
    Actions actions_ = {};
    std::vector<std::string> mails_ = {};
    std::string complaint_ = {};
    bool did_something_ = false;
};

}  // namespace

Result undo_actions(const TicketInTime& subject,
                    const std::vector<std::string>& unsent,
                    const std::string& actor,
                    sys_seconds now) {
    return Undoing{subject, unsent, actor, now}.find();
}

}  // namespace bellhop::rules
