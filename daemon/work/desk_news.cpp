#include "daemon/work/desk_news.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <ratio>
#include <string>
#include <utility>

#include "daemon/work/correspondence.hpp"
#include "daemon/work/ticket_sheet.hpp"
#include "parsers/text/digest.hpp"
#include "rules/desk/tell_words.hpp"
#include "rules/sla/ladder.hpp"
#include "rules/ticket/doubt.hpp"
#include "rules/ticket/subject_tag.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

using Quarter = std::chrono::duration<std::int64_t, std::ratio<15 * 60>>;  // of an hour

// Younger news has not waited, and a warning of something immediate is told all the same.
constexpr auto fresh = 1min;

/// One piece of news for one person.
struct Item {
    const rules::Ticket* ticket = nullptr;  // never null
    rules::PendingNews news = {};
};

class NewsDesk {
public:
    explicit NewsDesk(const Filing& filing)
        : filing_(filing),
          staff_(staff_of(filing.desk)),
          mails_(filing.store, filing.desk, filing.key, filing.now) {}

    void tell(const std::vector<Item>& items) {
        std::vector<std::string> order;
        std::map<std::string, std::vector<const Item*>> by_person;
        for (const Item& item : items) {
            std::vector<const Item*>& theirs = by_person[item.news.to];
            if (theirs.empty()) order.push_back(item.news.to);
            theirs.push_back(&item);
        }
        for (const std::string& person : order) tell_person(person, by_person[person]);
    }

private:
    void tell_person(const std::string& person, const std::vector<const Item*>& items) {
        const std::size_t most = most_an_hour();
        std::size_t left = most - std::min(most, mails_since(person, filing_.now - 1h));
        std::vector<const Item*> rest;
        for (const Item* item : items) {
            if (item->news.occasion != rules::Occasion::approval_wanted) {
                rest.push_back(item);
            } else if (left > 0) {
                // A yes or no is about one request: it stands in no digest, and waits rather.
                tell_alone(*item);
                --left;
            }
        }
        if (!rest.empty()) tell_in_time(person, rest, left);
    }

    /// What is too much stays pending, or goes as a digest: `left` mails more in this hour.
    void tell_in_time(const std::string& person,
                      const std::vector<const Item*>& items,
                      std::size_t left) {
        const auto quarter = std::chrono::floor<Quarter>(filing_.now);
        if (left == 0 && mails_since(person, quarter) > 0) return;
        const bool is_digest =
            items.size() > 1 && (items.size() > left || items.size() > threshold());
        if (is_digest || left == 0) return tell_as_digest(person, items);
        for (const Item* item : items) tell_alone(*item);
    }

    void tell_alone(const Item& item) {
        send(item);
        told(item, "by mail");
    }

    std::size_t threshold() const { return filing_.desk.policy.digest_threshold; }

    std::size_t most_an_hour() const {
        const rules::People* people = filing_.desk.rules.known_people();
        return people == nullptr ? rules::TellTable{}.most_an_hour : people->tell.most_an_hour;
    }

    std::size_t mails_since(const std::string& person, std::chrono::sys_seconds since) const {
        return filing_.store.outbox.automatic_mails_to(person, since);
    }

    void tell_as_digest(const std::string& person, const std::vector<const Item*>& items) {
        std::string list;
        for (const Item* item : items) list += line(*item) + "\n";
        mails_.digest(person, list, items.size(), only_ticket(items));
        for (const Item* item : items) told(*item, "in a digest");
    }

    /// That all items are about; null where they are about several.
    static const rules::Ticket* only_ticket(const std::vector<const Item*>& items) {
        const rules::Ticket* first = items.front()->ticket;
        const bool is_only = std::all_of(items.begin(), items.end(), [first](const Item* one) {
            return one->ticket->id == first->id;
        });
        return is_only ? first : nullptr;
    }

    std::string line(const Item& item) const {
        const rules::Ticket& ticket = *item.ticket;
        const std::string tag =
            rules::subject_tag(filing_.desk.settings.desk.ticket_tag, ticket.id);
        if (ticket.restricted) return tag + " (confidential): " + words(item);
        const char* doubt = ticket.is_requester_believed() ? "" : " (sender not proved)";
        return tag + " " + rules::priority_in_words(ticket) + " " +
               rules::harmless_line(ticket.subject) + ": " + words(item) + doubt;
    }

    /// Nobody's name and nobody's words where the ticket is treated in confidence.
    static std::string words(const Item& item) {
        const bool names_somebody =
            item.ticket->restricted && item.news.occasion != rules::Occasion::late;
        return names_somebody ? rules::occasion_words(item.news.occasion, {}, {}) : item.news.words;
    }

    void send(const Item& item) {
        const rules::PendingNews& news = item.news;
        const bool is_of_desk = rules::is_of_the_desk(staff_, news.to);
        rules::SendMail mail{entry_of(news.occasion).kind, news.to};
        mail.label = label_of(news);
        mail.until = news.until;
        mail.values = ticket_sheet(filing_, *item.ticket, message_for(item),
                                   is_of_desk ? SheetReader::desk : SheetReader::outside);
        mail.values["news"] = words(item);
        // For a desk that has a text of its own for these mails.
        if (news.occasion == rules::Occasion::late && !news.until) mail.values["breached"] = "yes";
        mail.values["reason"] = words(item);
        // What a reply does depends on what it answers, and on who replies.
        if (!is_of_desk) {
            mail.values["reader_is_outside"] = "yes";
            // He speaks for himself, not for the desk: kept with the ticket, and the desk hears it.
            if (mail.kind != rules::MailKind::approval) mail.reply = rules::ReplyMeans::note;
        } else if (mail.kind == rules::MailKind::notify) {
            mail.values["answers"] = "yes";
        } else {
            mail.values["keeps_note"] = "yes";
        }
        mail.shown = message_for(item);
        mails_.send(*item.ticket, mail);
    }

    /// Whoever is to say yes reads the request, whatever has been written since.
    std::optional<rules::MessageId> message_for(const Item& item) const {
        if (item.news.message || item.news.occasion != rules::Occasion::approval_wanted) {
            return item.news.message;
        }
        for (const storage::StoredMessage& one : filing_.store.tickets.messages(item.ticket->id)) {
            if (one.direction == storage::Direction::in) return one.id;
        }
        return std::nullopt;
    }

    /// Short whatever the step of a ladder is called, and the same for the same news.
    static std::string label_of(const rules::PendingNews& news) {
        const std::string digest =
            parsers::hex(parsers::sha256(news.key + "\n" + parsers::address_key(news.to)));
        return std::string{entry_of(entry_of(news.occasion).kind).label} + "-" +
               digest.substr(0, 12);
    }

    void told(const Item& item, const std::string& how) {
        filing_.store.tickets.record(item.ticket->id, told_event(item.news, how, filing_.now));
    }

    const Filing& filing_;
    rules::Staff staff_;
    Correspondence mails_;
};

}  // namespace

std::chrono::sys_seconds next_quarter(std::chrono::sys_seconds now) {
    return std::chrono::floor<Quarter>(now) + Quarter{1};
}

void tell_news(const Filing& filing, const std::vector<TicketNews>& news) {
    std::vector<Item> items;
    for (const TicketNews& one : news) {
        for (const rules::PendingNews& each : one.news) {
            const bool has_waited = each.at + fresh < filing.now;
            if (each.until && *each.until <= filing.now && has_waited) {
                filing.store.tickets.record(
                    one.ticket.id, told_event(each, "no more: it has happened", filing.now));
            } else {
                items.push_back({&one.ticket, each});
            }
        }
    }
    NewsDesk{filing}.tell(items);
}

}  // namespace bellhop::daemon
