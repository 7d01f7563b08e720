#include "daemon/work/ticket_sheet.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "daemon/work/outage_parts.hpp"
#include "daemon/work/ticket_clocks.hpp"
#include "parsers/message/forwarded.hpp"
#include "parsers/message/parse_message.hpp"
#include "parsers/text/lists.hpp"
#include "rules/desk/mail_orders.hpp"
#include "rules/desk/outage.hpp"
#include "rules/mail/greeting_name.hpp"
#include "rules/mail/notice_text.hpp"
#include "rules/sla/told_due.hpp"
#include "rules/ticket/doubt.hpp"
#include "rules/ticket/subject_tag.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t most_earlier = 3;       // tickets of the same person
constexpr std::size_t most_alike = 3;         // tickets that look like the same trouble
constexpr std::size_t most_looked_at = 200;   // for those
constexpr std::size_t most_attachments = 20;  // that are named
constexpr std::chrono::hours alike_within{24};

class SheetWriter {
public:
    SheetWriter(const Filing& filing, const rules::Ticket& ticket)
        : filing_(filing),
          desk_(filing.desk),
          ticket_(ticket),
          calendar_(calendar_of(desk_, ticket.school)),
          style_(word_style_of(desk_, ticket.school)) {}

    rules::TemplateValues write(std::optional<rules::MessageId> message, SheetReader reader) {
        add("requester_address", ticket_.requester.address);
        if (const auto mail = message_to_show(message)) show(*mail);
        add("holder", ticket_.assignee.empty() ? ticket_.team : ticket_.assignee);
        add("due", due_in_words());
        add("parts", parts_in_words());
        if (reader == SheetReader::desk) {
            add("parts", first_in_words());
            add("perhaps", rules::second_choice(ticket_.tags));
            add("earlier", earlier());
            add("alike", alike());
        }
        return std::move(values_);
    }

private:
    void add(const std::string& name, std::string value) {
        if (!value.empty()) values_[name] = std::move(value);
    }

    std::optional<storage::StoredMessage> message_to_show(
        std::optional<rules::MessageId> message) const {
        if (message) {
            auto found = filing_.store.tickets.find_message(*message);
            if (found && found->ticket == ticket_.id) return found;
        }
        std::optional<storage::StoredMessage> latest;
        for (storage::StoredMessage& one : filing_.store.tickets.messages(ticket_.id)) {
            const bool is_theirs =
                one.direction == storage::Direction::in && one.kind == parsers::MessageKind::human;
            if (is_theirs) latest = std::move(one);
        }
        return latest;
    }

    void show(const storage::StoredMessage& mail) {
        rules::QuotedWords words = rules::quoted_words(words_of(mail));
        if (words.is_cut) words.text += "\n[...]";
        add("words", words.text);
        add("quotation", rules::as_quotation(words.text));
        const bool is_believed = mail.author.standing == rules::Standing::himself;
        const bool is_requester = is_believed && mail.from.address == ticket_.requester.address;
        const std::string& name = is_requester ? ticket_.requester.name : mail.from.name;
        const std::string who = name.empty() ? mail.from.address : rules::spoken_name(name);
        if (!words.text.empty())
            add("words_by", rules::harmless_line(who) + ", " + was_at(mail.at));
        if (mail.author.was_judged()) add("sender_proof", rules::in_words(mail.author));
        add("phone", rules::signed_phone(mail.text));
        add("attachments", attachments_of(mail));
    }

    /// What somebody has written; of a mail that he forwards all of it: his remark alone says
    /// little.
    std::string words_of(const storage::StoredMessage& mail) const {
        const std::string& own = mail.reply_text.empty() ? mail.text : mail.reply_text;
        if (!parsers::is_forward_subject(mail.subject)) {
            return is_of_technician(mail) ? without_orders(own) : own;
        }
        if (parsers::find_forwarded(mail.subject, mail.text)) return mail.text;
        const auto bytes = filing_.store.blobs.get(mail.raw_sha256);
        const auto file = bytes ? parsers::parse_message(*bytes).forwarded : std::nullopt;
        return file ? own + "\n\n" + file->from.address + ":\n" + file->text : own;
    }

    bool is_of_technician(const storage::StoredMessage& mail) const {
        return desk_.rules.people && !desk_.rules.people->technician_at(mail.from.address).empty();
    }

    std::string without_orders(const std::string& text) const {
        const rules::MailOrders orders = rules::read_mail_orders(
            text,
            {&*desk_.rules.people, desk_.policy.priorities, {}, calendar_, filing_.now, style_});
        return orders.has_any() && !orders.letter.empty() ? orders.letter : text;
    }

    static std::string attachments_of(const storage::StoredMessage& mail) {
        std::vector<std::string> names;
        std::size_t more = 0;
        for (const storage::StoredAttachment& one : mail.attachments) {
            // Logos of signatures have no name worth reading.
            const bool is_shown = one.disposition == parsers::Disposition::attachment ||
                                  (!one.filename.empty() && one.content_id.empty());
            if (!is_shown) continue;
            if (names.size() == most_attachments) {
                ++more;
                continue;
            }
            names.push_back(
                (one.filename.empty() ? one.content_type : rules::harmless_line(one.filename)) +
                " (" + size_in_words(one.size) + ")");
        }
        if (more > 0) names.push_back("and " + std::to_string(more) + " more");
        return parsers::joined(names, ", ");
    }

    static std::string size_in_words(std::uint64_t bytes) {
        constexpr std::uint64_t kilo = 1000;
        if (bytes < kilo) return std::to_string(bytes) + " bytes";
        if (bytes < kilo * kilo) return std::to_string(bytes / kilo) + " kB";
        return std::to_string(bytes / (kilo * kilo)) + " MB";
    }

    std::string at(std::chrono::sys_seconds instant) const {
        return moment_in_words(calendar_, instant, filing_.now, style_);
    }

    /// What has been is told to the minute that it was in; what is to be, rounded up.
    std::string was_at(std::chrono::sys_seconds instant) const {
        return at(std::chrono::floor<std::chrono::minutes>(instant));
    }

    std::string due_in_words() const {
        if (desk_.policy.versions.empty()) return {};
        const TicketClocks clocks =
            clocks_of(desk_, ticket_, filing_.store.tickets.events(ticket_.id), filing_.now);
        std::vector<std::string> parts;
        for (const auto& [timer, what] :
             {std::pair{&clocks.response, "answer"}, std::pair{&clocks.resolution, "solution"}}) {
            const bool is_late = timer->state == rules::TimerState::breached;
            const auto due = rules::told_due(*timer, calendar_);
            if (!due || (timer->state != rules::TimerState::running && !is_late)) continue;
            parts.push_back(std::string{what} + (is_late ? " was due by " : " by ") + at(*due));
        }
        return parsers::joined(parts, "; ");
    }

    std::string parts_in_words() const {
        const std::size_t parts =
            open_parts(filing_.store.tickets, desk_.policy.statuses, ticket_.id).size();
        if (parts == 0) return {};
        return parts == 1 ? "one other has reported it; an answer reaches him, too"
                          : std::to_string(parts) +
                                " others have reported it; an answer reaches them, too";
    }

    std::string first_in_words() const {
        const auto first = open_first_of(filing_.store.tickets, desk_.policy.statuses, ticket_.id);
        if (!first) return {};
        return "a part of " + tag_and_subject(*first) +
               "; an answer to that one reaches all who have reported it";
    }

    std::string tag_and_subject(const rules::Ticket& one) const {
        return rules::subject_tag(desk_.settings.desk.ticket_tag, one.id) + " " +
               (one.restricted ? "(confidential)" : rules::harmless_line(one.subject));
    }

    /// "[HELP#3] Printer, resolved, Monday 2 November, 9 am"
    std::string line(const rules::Ticket& one) const {
        return tag_and_subject(one) + ", " + rules::name_of_status(desk_.policy, one.status) +
               ", " + was_at(one.opened_at);
    }

    std::string earlier() const {
        std::vector<std::string> lines;
        for (const rules::Ticket& one :
             filing_.store.lists.latest_of(ticket_.requester.address, ticket_.id, most_earlier)) {
            lines.push_back(line(one));
        }
        return parsers::joined(lines, "\n");
    }

    /// What the gateway has linked with it, and what came from the same school about the same
    /// within a day.
    std::string alike() const {
        std::vector<rules::TicketId> found;
        std::vector<std::string> lines;
        const auto add_line = [&](const rules::Ticket& one) {
            const bool is_new = one.id != ticket_.id && !parsers::contains(found, one.id) &&
                                one.requester != ticket_.requester && lines.size() < most_alike;
            if (!is_new) return;
            found.push_back(one.id);
            lines.push_back(line(one));
        };
        for (const storage::TicketLink& link : filing_.store.tickets.links(ticket_.id)) {
            const bool is_said = link.kind == rules::part_of_outage && values_.contains("parts");
            if (is_said) continue;
            if (const auto other = filing_.store.tickets.find(link.other)) add_line(*other);
        }
        if (!ticket_.category.empty() && !ticket_.school.empty()) {
            std::vector<rules::Ticket> recent = filing_.store.tickets.opened_between(
                ticket_.opened_at - alike_within, ticket_.opened_at, most_looked_at);
            std::reverse(recent.begin(), recent.end());
            for (const rules::Ticket& one : recent) {
                if (one.school == ticket_.school && one.category == ticket_.category) add_line(one);
            }
        }
        return parsers::joined(lines, "\n");
    }

    const Filing& filing_;
    const Desk& desk_;
    const rules::Ticket& ticket_;
    const rules::BusinessCalendar& calendar_;
    rules::WordStyle style_;
    rules::TemplateValues values_ = {};
};

}  // namespace

rules::TemplateValues ticket_sheet(const Filing& filing,
                                   const rules::Ticket& ticket,
                                   std::optional<rules::MessageId> message,
                                   SheetReader reader) {
    if (ticket.restricted) return {};
    return SheetWriter{filing, ticket}.write(message, reader);
}

}  // namespace bellhop::daemon
