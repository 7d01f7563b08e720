#include "daemon/control/status.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "daemon/view/output.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using std::chrono::sys_seconds;

constexpr std::size_t most_counted = 1000;

json::object status_of(const storage::Store& store, const MailboxSettings& mailbox) {
    json::object status{{"name", mailbox.name}, {"address", mailbox.address}};
    const auto cursor = store.ledger.cursor(mailbox.name);
    if (!cursor) return status;
    status["last_poll"] = rules::to_text(cursor->polled_at);
    const std::vector<storage::LedgerEntry> last = store.ledger.list(mailbox.name, {}, 1);
    if (!last.empty()) status["last_mail"] = rules::to_text(last.front().at);
    status["to_be_moved"] =
        store.ledger.unprocessed(mailbox.name, cursor->uidvalidity, 0, most_counted).size();
    return status;
}

json::object outbox_status(const storage::Store& store) {
    const storage::OutboxSummary outbox = store.outbox.summary();
    json::object status{{"queued", outbox.queued}, {"failed", outbox.failed}};
    if (outbox.oldest_queued_at) status["oldest_queued"] = rules::to_text(*outbox.oldest_queued_at);
    const std::string held = store.facts.find("outbox_held");
    if (!held.empty()) status["held"] = held;
    return status;
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(json::string_view{name.data(), name.size()});
    return value != nullptr && value->is_string() ? std::string{value->get_string().c_str()} : "";
}

std::int64_t number_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(json::string_view{name.data(), name.size()});
    boost::system::error_code none;
    return value != nullptr ? value->to_number<std::int64_t>(none) : 0;
}

std::string counted(std::int64_t number) {
    const bool is_cut = number >= static_cast<std::int64_t>(most_counted);
    return std::to_string(number) + (is_cut ? " or more" : "");
}

/// "5 min ago"; "never" where there is no instant.
std::string ago(const std::string& instant, sys_seconds now) {
    const std::optional<sys_seconds> at = rules::parse_instant(instant);
    if (!at) return "never";
    const std::chrono::seconds span = std::max(now - *at, std::chrono::seconds{0});
    if (span < std::chrono::minutes{2}) return fmt::format("{} s ago", span.count());
    if (span < std::chrono::hours{2})
        return fmt::format("{} min ago", span / std::chrono::minutes{1});
    if (span < std::chrono::days{2}) return fmt::format("{} h ago", span / std::chrono::hours{1});
    return fmt::format("{} days ago", span / std::chrono::days{1});
}

std::string daemon_in_words(const json::object& status, sys_seconds now) {
    const json::value* daemon = status.if_contains("daemon");
    if (daemon == nullptr || !daemon->is_object()) return "no daemon runs\n";
    const json::object& of = daemon->get_object();
    std::string text = fmt::format("daemon      process {}, started {}\n", number_in(of, "process"),
                                   ago(text_in(of, "since"), now));
    const json::value* duties = of.if_contains("duties");
    if (duties == nullptr || !duties->is_array()) return text;
    for (const json::value& one : duties->get_array()) {
        if (!one.is_object() || number_in(one.get_object(), "failures") == 0) continue;
        text += fmt::format("  FAILS     {}, {} times in a row: {}\n",
                            on_one_line(text_in(one.get_object(), "name"), 60),
                            number_in(one.get_object(), "failures"),
                            on_one_line(text_in(one.get_object(), "error"), 200));
    }
    return text;
}

std::string mailbox_in_words(const json::object& mailbox, sys_seconds now) {
    std::string text =
        fmt::format("mailbox     {} <{}>: last poll {}, last mail {}\n", text_in(mailbox, "name"),
                    text_in(mailbox, "address"), ago(text_in(mailbox, "last_poll"), now),
                    ago(text_in(mailbox, "last_mail"), now));
    const std::int64_t waiting = number_in(mailbox, "to_be_moved");
    if (waiting > 0)
        text += fmt::format("            taken and not moved yet: {}\n", counted(waiting));
    return text;
}

}  // namespace

json::object status_of(const storage::Store& store, const Desk& desk) {
    json::array mailboxes;
    for (const MailboxSettings& one : desk.settings.mailboxes) {
        mailboxes.emplace_back(status_of(store, one));
    }
    json::array withheld;
    for (const storage::WithheldRow& row : store.withheld.list()) {
        withheld.push_back(json::object{{"mailbox", row.key.mailbox},
                                        {"uid", row.key.uid},
                                        {"since", rules::to_text(row.mail.since)},
                                        {"asked_again", rules::to_text(row.mail.ask_at)},
                                        {"reason", row.mail.words}});
        if (withheld.size() == most_counted) break;
    }
    return {{"mailboxes", std::move(mailboxes)},
            {"withheld", std::move(withheld)},
            {"outbox", outbox_status(store)},
            {"quarantine", store.quarantine.list(false).size()}};
}

std::string in_words(const json::object& status, sys_seconds now) {
    std::string text = daemon_in_words(status, now);
    for (const json::value& one : status.at("mailboxes").as_array()) {
        text += mailbox_in_words(one.as_object(), now);
    }
    for (const json::value& one : status.at("withheld").as_array()) {
        const json::object& mail = one.as_object();
        text +=
            fmt::format("waits       mail {} of {} since {}: {}\n", number_in(mail, "uid"),
                        on_one_line(text_in(mail, "mailbox"), 40), ago(text_in(mail, "since"), now),
                        on_one_line(text_in(mail, "reason"), 200));
    }
    const json::object& outbox = status.at("outbox").as_object();
    text += fmt::format("outbox      {} wait to be sent", counted(number_in(outbox, "queued")));
    const std::string oldest = text_in(outbox, "oldest_queued");
    if (!oldest.empty()) text += ", the oldest since " + ago(oldest, now);
    text += fmt::format("; {} failed\n", counted(number_in(outbox, "failed")));
    const std::string held = text_in(outbox, "held");
    if (!held.empty())
        text += "  HELD      the relay takes nothing since " + on_one_line(held, 200) + '\n';
    return text + fmt::format("quarantine  {} mails\n", number_in(status, "quarantine"));
}

}  // namespace bellhop::daemon
