#include "rules/desk/desk_order.hpp"

#include <algorithm>
#include <utility>

#include "parsers/config/diagnostic.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/calendar/opening_hours.hpp"
#include "rules/desk/approval.hpp"
#include "rules/desk/crossed_answer.hpp"
#include "rules/desk/undo.hpp"
#include "rules/mail/customer_mail.hpp"
#include "rules/mail/parties.hpp"
#include "rules/sla/ticket_history.hpp"
#include "rules/ticket/doubt.hpp"
#include "rules/ticket/threading.hpp"

namespace bellhop::rules {
namespace {

using Result = boost::system::result<Actions, std::string>;

constexpr std::size_t longest_tag = 60;  // bytes
constexpr std::size_t most_tags = 50;    // of a ticket

/// "there is no status "opne"; there are: open, queued; did you mean "open"?"
std::string unknown(const std::string& kind,
                    const std::string& name,
                    const std::vector<std::string>& known) {
    std::string text = "there is no " + kind + " " + parsers::in_quotes(name) + "; there are: ";
    for (const std::string& each : known) {
        if (&each != &known.front()) text += ", ";
        text += each;
    }
    const std::string near = parsers::nearest(name, known);
    if (!near.empty()) text += "; did you mean " + parsers::in_quotes(near) + "?";
    return text;
}

class Clerk {
public:
    Clerk(const TicketInTime& subject,
          const DeskRules& desk,
          const std::string& actor,
          std::chrono::sys_seconds now)
        : subject_(subject), ticket_(subject.ticket), desk_(desk), actor_(actor), now_(now) {}

    Result operator()(const StatusOrder& order) const {
        Result actions = status_actions(order);
        if (actions.has_error() || actions->empty()) return actions;
        MailLabels labels{subject_.log};
        if (ticket_.status == status::waiting_approval && ends_approval(order.to)) {
            const ApprovalVerdict verdict{!is_done(order.to), actor_, approver(), order.reason};
            actions->push_back(
                tell_of_approval(verdict, subject_, desk_.policy, desk_.staff, labels, now_));
        } else if (resolves(*actions)) {
            actions->push_back(
                tell_resolved(subject_, desk_.policy, desk_.staff, order.reason, labels, now_));
        } else if (order.until) {
            TemplateValues values{{"visit_day", day_in_words(*order.until)}};
            if (!ticket_.restricted) values["reason"] = order.reason;
            const std::chrono::sys_seconds day_is_over =
                subject_.calendar.instant_of(*order.until + std::chrono::days{1}, {});
            actions->push_back(tell_requester(MailKind::visit, std::move(values), subject_,
                                              desk_.staff, labels, now_, day_is_over));
        }
        return actions;
    }

    Result operator()(const PriorityOrder& order) const {
        if (!parsers::contains(desk_.priorities, order.to)) {
            return unknown("priority", order.to, desk_.priorities);
        }
        Actions actions;
        if (ticket_.priority != order.to)
            actions.push_back(SetField{TicketField::priority, order.to, actor_, order.reason});
        // Whoever names a priority has settled what the words of the mail could not.
        if (const std::string second = second_choice(ticket_.tags); !second.empty())
            actions.push_back(RemoveTag{doubt_tag(second), actor_});
        return actions;
    }

    Result operator()(const AssignOrder& order) const {
        if (order.team.empty() && order.person.empty()) {
            return std::string{"say to whom: --team NAME or --to NAME"};
        }
        if (const People* known = desk_.staff.people) {
            const std::vector<std::string> teams = parsers::names_of(known->teams);
            const std::vector<std::string> people = parsers::names_of(known->technicians);
            if (!order.team.empty() && !parsers::contains(teams, order.team)) {
                return unknown("team", order.team, teams);
            }
            if (!order.person.empty() && !parsers::contains(people, order.person)) {
                return unknown("technician", order.person, people);
            }
        }
        Actions actions;
        if (!order.team.empty() && order.team != ticket_.team) {
            actions.push_back(SetField{TicketField::team, order.team, actor_, {}});
        }
        if (!order.person.empty() && order.person != ticket_.assignee) {
            actions.push_back(SetField{TicketField::assignee, order.person, actor_, {}});
        }
        return actions;
    }

    Result operator()(const ReplyOrder& order) const {
        if (order.text.find_first_not_of(" \t\r\n") == std::string::npos) {
            return std::string{"the reply is empty"};
        }
        if (ticket_.requester.address.empty()) {
            return std::string{"nobody knows the requester's address"};
        }
        SendReply reply{order.text, actor_, {}, {}, order.files};
        if (!order.requester_only) reply.copies = copies();
        Actions crossed = tell_of_crossed_answer(subject_.log, actor_, now_);
        if (order.status.empty()) {
            crossed.insert(crossed.begin(), std::move(reply));
            return crossed;
        }
        const Result status = status_actions(StatusOrder{order.status, {}, order.until});
        if (status.has_error()) return status;
        if (resolves(*status)) {
            reply.values = resolved_values(subject_, desk_.policy, now_);
            reply.values["resolved"] = "yes";
        } else if (order.until && !status->empty()) {
            reply.values["visit_day"] = day_in_words(*order.until);
        }
        Actions actions{std::move(reply)};
        append(std::move(crossed), actions);
        append(*status, actions);
        if (status->empty()) return actions;
        if (auto entry = announced(order.status)) actions.push_back(*std::move(entry));
        return actions;
    }

    Result operator()(const ParticipantOrder& order) const {
        if (order.add.empty() && order.remove.empty()) {
            return std::string{"say who: --add ADDRESS or --remove ADDRESS"};
        }
        Actions actions;
        if (!order.add.empty()) {
            if (!parsers::is_sendable(order.add)) {
                return parsers::in_quotes(order.add) + " is no mail address";
            }
            if (is_own_address(desk_.staff, order.add)) {
                return parsers::in_quotes(order.add) + " is an address of the desk itself";
            }
            const std::size_t most = most_participants;
            if (ticket_.participants.size() >= most) {
                return "no more than " + std::to_string(most) + " can take part";
            }
            if (!takes_part(ticket_, order.add)) {
                actions.push_back(SetParticipant{order.add, true, actor_});
            }
        }
        if (!order.remove.empty()) {
            if (parsers::address_key(order.remove) == requester_key()) {
                return std::string{"the requester always takes part"};
            }
            if (!takes_part(ticket_, order.remove)) {
                return parsers::in_quotes(order.remove) + " takes no part in it";
            }
            actions.push_back(SetParticipant{order.remove, false, actor_});
        }
        return actions;
    }

    Result operator()(const NoteOrder& order) const {
        if (order.text.find_first_not_of(" \t\r\n") == std::string::npos) {
            return std::string{"the note is empty"};
        }
        return Actions{AddNote{order.text, actor_}};
    }

    Result operator()(const ReopenOrder& order) const {
        if (!is_done(ticket_.status)) {
            return "it is not resolved: its status is " + parsers::in_quotes(ticket_.status);
        }
        return Actions{Reopen{order.reason, actor_, status::open}};
    }

    Result operator()(const AgreeOrder& order) const {
        if (is_done(ticket_.status)) return std::string{"it is resolved already"};
        if (order.due <= now_) return std::string{"the agreed instant is past"};
        TicketEvent event{now_, Event::agreed, actor_, {}, {}};
        event.detail = std::string{to_text(order.timer)} + " by " +
                       moment_for_log(subject_.calendar, order.due);
        event.values = {{"timer", std::string{to_text(order.timer)}}, {"due", to_text(order.due)}};
        MailLabels labels{subject_.log};
        const std::string due = moment_in_words(subject_.calendar, order.due, now_, subject_.style);
        TemplateValues values{{"due", due}};
        values[order.timer == TimerKind::response ? "answer_agreed" : "solution_agreed"] = "yes";
        return Actions{Record{std::move(event)},
                       tell_requester(MailKind::agreed, std::move(values), subject_, desk_.staff,
                                      labels, now_, order.due)};
    }

    Result operator()(const MergeOrder& order) const {
        const std::string number = std::to_string(static_cast<std::int64_t>(order.into));
        if (!desk_.other) return "there is no ticket " + number;
        const Ticket& other = *desk_.other;
        if (other.id == ticket_.id) return std::string{"a ticket is no part of itself"};
        if (is_done(other.status)) {
            return "ticket " + number + " is " + other.status + ": reopen it first";
        }
        // Who takes part in one would read what was told in confidence in the other.
        const bool is_same_person =
            parsers::address_key(other.requester.address) == requester_key();
        if ((ticket_.restricted || other.restricted) && !is_same_person) {
            return std::string{"what was told in confidence stays apart"};
        }
        Actions actions{MergeInto{other.id, actor_}};
        if (ticket_.status != status::closed) {
            actions.push_back(
                SetStatus{status::closed, "merged into ticket " + number, actor_, {}});
        }
        return actions;
    }

    Result operator()(const RequesterOrder& order) const {
        const std::string& address = order.requester.address;
        if (!parsers::is_sendable(address)) {
            return parsers::in_quotes(address) + " is no mail address";
        }
        if (is_own_address(desk_.staff, address)) {
            return parsers::in_quotes(address) + " is an address of the desk itself";
        }
        SetRequester set{order.requester, ticket_.school, {}, actor_};
        if (const People* known = desk_.staff.people) {
            set.school = known->sender(address).school;
            if (set.requester.name.empty()) set.requester.name = name_at(*known, address);
            // Who has only passed it on need not read what follows.
            const std::string& before = ticket_.requester.address;
            if (!known->technician_at(before).empty()) set.leaves = before;
        }
        if (set.requester == ticket_.requester) return Actions{};
        return Actions{std::move(set)};
    }

    Result operator()(const TagOrder& order) const {
        if (order.add.empty() && order.remove.empty()) {
            return std::string{"say which: TAG or --remove TAG"};
        }
        Actions actions;
        if (!order.add.empty() && !parsers::contains(ticket_.tags, order.add)) {
            if (order.add.size() > longest_tag ||
                order.add.find_first_of(" \t\r\n,") != std::string::npos) {
                return parsers::in_quotes(order.add) + " is no tag: one word of at most " +
                       std::to_string(longest_tag) + " bytes";
            }
            if (ticket_.tags.size() >= most_tags) {
                return "it has " + std::to_string(most_tags) + " tags, which is all it can have";
            }
            actions.push_back(AddTags{{order.add}, actor_});
        }
        if (!order.remove.empty()) {
            if (!parsers::contains(ticket_.tags, order.remove)) {
                return "it has no tag " + parsers::in_quotes(order.remove);
            }
            actions.push_back(RemoveTag{order.remove, actor_});
        }
        return actions;
    }

    Result operator()(const SpamOrder& order) const {
        Actions actions;
        if (!desk_.unsent.empty()) {
            actions.push_back(TakeBackMails{desk_.unsent, actor_, "nobody asks for help"});
        }
        if (!parsers::contains(ticket_.tags, "spam")) {
            actions.push_back(AddTags{{"spam"}, actor_});
        }
        if (ticket_.status != status::closed) {
            const std::string reason =
                order.reason.empty() ? std::string{"spam"} : "spam: " + order.reason;
            actions.push_back(SetStatus{status::closed, reason, actor_, {}});
        }
        return actions;
    }

    Result operator()(const UndoOrder&) const {
        return undo_actions(subject_, desk_.unsent, actor_, now_);
    }

private:
    static std::string name_at(const People& people, const std::string& address) {
        const std::string key = parsers::address_key(address);
        for (const Contact& contact : people.contacts) {
            if (parsers::address_key(contact.address) == key) return contact.name;
        }
        return people.technician_at(address);
    }

    Result status_actions(const StatusOrder& order) const {
        const std::vector<std::string> known = parsers::names_of(desk_.policy.statuses);
        if (!parsers::contains(known, order.to)) return unknown("status", order.to, known);
        if (order.to == "waiting_site_visit" && !order.until) {
            return std::string{"say on which day the visit is: --until 2026-11-02"};
        }
        if (order.until && order.to != "waiting_site_visit") {
            return std::string{"only \"waiting_site_visit\" waits for a day"};
        }
        if (order.until && *order.until <= subject_.calendar.wall_clock(now_).date) {
            return std::string{"the day of the visit is not after today"};
        }
        if (ticket_.status == order.to && !order.until) return Actions{};
        if (is_done(ticket_.status) && !is_done(order.to)) {
            return Actions{Reopen{order.reason, actor_, order.to}};
        }
        return Actions{SetStatus{order.to, order.reason, actor_,
                                 order.until ? to_text(*order.until) : std::string{}}};
    }

    /// The name of a contact who has decided himself; empty where the desk did for him.
    std::string approver() const {
        if (desk_.staff.people == nullptr) return {};
        for (const Contact& one : desk_.staff.people->contacts) {
            if (parsers::address_key(one.address) == parsers::address_key(actor_)) return one.name;
        }
        return {};
    }

    /// Whether the status says yes or no to what has waited for it.
    bool ends_approval(const std::string& to) const {
        return to == status::resolved || clock_of(desk_.policy.statuses, to) == ClockMode::run;
    }

    std::string day_in_words(std::chrono::local_days day) const {
        return date_in_words(day, subject_.calendar.wall_clock(now_).date, subject_.style);
    }

    std::string requester_key() const { return parsers::address_key(ticket_.requester.address); }

    /// Whoever takes part besides the requester. What is treated in confidence is for him alone.
    std::vector<std::string> copies() const {
        std::vector<std::string> addresses;
        if (ticket_.restricted) return addresses;
        for (const std::string& one : ticket_.participants) {
            const bool can_be_reached = one != requester_key() &&
                                        !is_own_address(desk_.staff, one) &&
                                        !mail_returned_from(subject_.log, one);
            if (can_be_reached) addresses.push_back(one);
        }
        return addresses;
    }

    /// Whether the requester is to hear that the ticket is resolved.
    static bool resolves(const Actions& actions) {
        return std::any_of(actions.begin(), actions.end(), [](const Action& action) {
            const auto* set = std::get_if<SetStatus>(&action);
            return set != nullptr && set->to == status::resolved;
        });
    }

    /// A reply that asks something need not be followed by a mail that says that it is asked.
    std::optional<Action> announced(const std::string& status) const {
        const ReminderRule* rule = reminder_rule(desk_.policy, status);
        if (rule == nullptr || !rule->tells_at_once) return std::nullopt;
        int waits = 1;
        for (const Cycle& cycle :
             cycles_of(clock_events_of(subject_.log), desk_.policy.statuses, now_)) {
            waits += static_cast<int>(
                std::count_if(cycle.stays.begin(), cycle.stays.end(),
                              [&](const StatusStay& stay) { return stay.status == status; }));
        }
        TicketEvent entry{now_, Event::reminder, actor_, "the reply says what is waited for", {}};
        entry.values = {{"status", status},
                        {"wait", std::to_string(waits)},
                        {"number", "0"},
                        {"of", std::to_string(rule->after_days.size())}};
        return Record{std::move(entry)};
    }

    bool is_done(const std::string& status) const {
        return clock_of(desk_.policy.statuses, status) == ClockMode::stop;
    }

    const TicketInTime& subject_;
    const Ticket& ticket_;
    const DeskRules& desk_;
    const std::string& actor_;
    std::chrono::sys_seconds now_;
};

}  // namespace

std::optional<TicketId> other_ticket_of(const DeskOrder& order) {
    const auto* merge = std::get_if<MergeOrder>(&order);
    return merge == nullptr ? std::nullopt : std::optional{merge->into};
}

Result actions_for(const DeskOrder& order,
                   const TicketInTime& subject,
                   const DeskRules& desk,
                   const std::string& actor,
                   std::chrono::sys_seconds now) {
    return std::visit(Clerk{subject, desk, actor, now}, order);
}

}  // namespace bellhop::rules
