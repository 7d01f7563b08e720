#include "daemon/control/status.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "daemon/desk/watched_folder.hpp"
#include "daemon/view/output.hpp"
#include "daemon/work/mail_budget.hpp"
#include "daemon/work/trouble_round.hpp"
#include "parsers/header/domain_name.hpp"
#include "rules/access/provider_answer.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using std::chrono::sys_seconds;

constexpr std::size_t most_counted = 1000;
constexpr std::size_t most_named = 5;  // mails, each with a line of its own

json::object status_of(const storage::Store& store, const MailboxSettings& mailbox) {
    json::object status{{"name", mailbox.name}, {"address", mailbox.address}};
    if (store.generations.is_unread(mailbox.name)) status["to_be_read_again"] = true;
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
    json::object status{
        {"queued", outbox.queued}, {"failed", outbox.failed}, {"given_up", outbox.given_up}};
    if (outbox.oldest_queued_at) status["oldest_queued"] = rules::to_text(*outbox.oldest_queued_at);
    const std::string held = store.facts.find("outbox_held");
    if (!held.empty()) status["held"] = held;
    const std::string advice = rules::advice_on(held);
    if (!advice.empty()) status["advice"] = advice;
    json::array failed;
    for (const storage::OutboxMail& mail :
         store.outbox.list({{storage::OutboxState::failed}, most_named})) {
        failed.push_back(json::object{{"number", static_cast<std::int64_t>(mail.id)},
                                      {"kind", name_of(mail.kind)},
                                      {"recipient", mail.recipient},
                                      {"reply", mail.last_reply}});
    }
    status["newest_failed"] = std::move(failed);
    return status;
}

json::array newest_quarantined(const storage::Store& store) {
    json::array mails;
    for (const storage::QuarantinedMail& mail : store.quarantine.list(false, most_named)) {
        mails.push_back(json::object{{"number", static_cast<std::int64_t>(mail.id)},
                                     {"mailbox", mail.key.mailbox},
                                     {"at", rules::to_text(mail.at)},
                                     {"reason", mail.reason}});
    }
    return mails;
}

json::array withheld_mails(const storage::Store& store) {
    json::array withheld;
    for (const storage::WithheldRow& row : store.withheld.list()) {
        withheld.push_back(json::object{{"mailbox", row.key.mailbox},
                                        {"uid", row.key.uid},
                                        {"since", rules::to_text(row.mail.since)},
                                        {"asked_again", rules::to_text(row.mail.ask_at)},
                                        {"given_up", row.mail.given_up},
                                        {"reason", row.mail.words}});
        if (withheld.size() == most_counted) break;
    }
    return withheld;
}

json::object to_json(const WorkDone& work) {
    return {{"name", work.name}, {"at", rules::to_text(work.at)}, {"words", work.words}};
}

json::array all_work_done(const storage::Store& store) {
    json::array all;
    for (const WorkDone& work : work_done(store)) all.push_back(to_json(work));
    return all;
}

json::array troubles_told(const storage::Store& store) {
    json::array all;
    for (const rules::ToldTrouble& one : told_troubles(store)) {
        all.push_back(json::object{{"cause", one.cause},
                                   {"since", rules::to_text(one.since)},
                                   {"told_at", rules::to_text(one.told_at)},
                                   {"headline", one.headline}});
    }
    return all;
}

void add_kept_back(json::object& status, const KeptBack& kept) {
    if (!kept.since) return;
    json::object object{{"answers", kept.answers},
                        {"collected", kept.collected},
                        {"since", rules::to_text(*kept.since)}};
    if (kept.ticket) object["ticket"] = static_cast<std::int64_t>(kept.ticket->id);
    status["kept_back"] = std::move(object);
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

/// Empty where there is none, as from a daemon of an earlier version.
const json::array& list_in(const json::object& object, std::string_view name) {
    static const json::array none;
    const json::value* value = object.if_contains(json::string_view{name.data(), name.size()});
    return value != nullptr && value->is_array() ? value->get_array() : none;
}

bool flag_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(json::string_view{name.data(), name.size()});
    return value != nullptr && value->is_bool() && value->get_bool();
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

/// What the words of a provider mean.
std::string advice_in_words(const json::object& object) {
    const std::string advice = text_in(object, "advice");
    return advice.empty() ? "" : "            = " + on_one_line(advice, 600) + '\n';
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
        text += fmt::format("  FAILS     {}, {} times in a row, first {}: {}\n",
                            on_one_line(text_in(one.get_object(), "name"), 60),
                            number_in(one.get_object(), "failures"),
                            ago(text_in(one.get_object(), "since"), now),
                            on_one_line(text_in(one.get_object(), "error"), 200));
        text += advice_in_words(one.get_object());
    }
    return text;
}

std::string login_in_words(const json::object& login, sys_seconds now) {
    const std::string user = text_in(login, "user");
    std::string text = fmt::format("login       [oauth.{}]{}: ", text_in(login, "oauth"),
                                   user.empty() ? "" : " for " + on_one_line(user, 60));
    const std::string until = text_in(login, "token_until");
    text += until.empty() ? "no access token" : "access token until " + until;
    for (const json::value& one : list_in(login, "credentials_until")) {
        if (one.is_string()) text += fmt::format(", credential until {}", one.as_string().c_str());
    }
    text += '\n';
    if (text_in(login, "error").empty()) return text;
    text += fmt::format("  FAILS     since {}: {}\n", ago(text_in(login, "failing_since"), now),
                        on_one_line(text_in(login, "error"), 300));
    return text + advice_in_words(login);
}

std::string mailbox_in_words(const json::object& mailbox, sys_seconds now) {
    std::string text =
        fmt::format("mailbox     {} <{}>: last poll {}, last mail {}\n", text_in(mailbox, "name"),
                    text_in(mailbox, "address"), ago(text_in(mailbox, "last_poll"), now),
                    ago(text_in(mailbox, "last_mail"), now));
    const std::int64_t waiting = number_in(mailbox, "to_be_moved");
    if (waiting > 0)
        text += fmt::format("            taken and not moved yet: {}\n", counted(waiting));
    if (!text_in(mailbox, "marks_refused_since").empty()) {
        text += fmt::format("  FAILS     the server moves or flags no mail since {}: {}\n",
                            ago(text_in(mailbox, "marks_refused_since"), now),
                            on_one_line(text_in(mailbox, "marks_reply"), 200));
    }
    if (flag_in(mailbox, "to_be_read_again"))
        text += "  HELD      to be read again after the restore; nothing is sent before\n";
    return text;
}

std::string withheld_in_words(const json::object& mail, sys_seconds now) {
    return fmt::format("{}mail {} of {} since {}: {}\n",
                       flag_in(mail, "given_up") ? "given up    " : "waits       ",
                       number_in(mail, "uid"), on_one_line(text_in(mail, "mailbox"), 40),
                       ago(text_in(mail, "since"), now), on_one_line(text_in(mail, "reason"), 200));
}

std::string outbox_in_words(const json::object& outbox, sys_seconds now) {
    std::string text =
        fmt::format("outbox      {} wait to be sent", counted(number_in(outbox, "queued")));
    const std::string oldest = text_in(outbox, "oldest_queued");
    if (!oldest.empty()) text += ", the oldest since " + ago(oldest, now);
    text += fmt::format("; {} failed", counted(number_in(outbox, "failed")));
    const std::int64_t given_up = number_in(outbox, "given_up");
    if (given_up > 0) text += fmt::format(", {} of them given up", counted(given_up));
    text += '\n';
    const std::string held = text_in(outbox, "held");
    if (!held.empty())
        text += "  HELD      the relay takes nothing since " + on_one_line(held, 200) + '\n';
    text += advice_in_words(outbox);
    for (const json::value& one : list_in(outbox, "newest_failed")) {
        const json::object& mail = one.as_object();
        text += fmt::format("  failed    {}, {} to {}: {}\n", number_in(mail, "number"),
                            text_in(mail, "kind"),
                            parsers::readable_address(text_in(mail, "recipient")),
                            on_one_line(text_in(mail, "reply"), 200));
    }
    return text;
}

std::string quarantine_in_words(const json::object& status, sys_seconds now) {
    std::string text = fmt::format("quarantine  {} mails\n", number_in(status, "quarantine"));
    for (const json::value& one : list_in(status, "newest_quarantined")) {
        const json::object& mail = one.as_object();
        text +=
            fmt::format("            {}, {}, {}: {}\n", number_in(mail, "number"),
                        on_one_line(text_in(mail, "mailbox"), 40), ago(text_in(mail, "at"), now),
                        on_one_line(text_in(mail, "reason"), 200));
    }
    return text;
}

std::string kept_back_in_words(const json::object& status, sys_seconds now) {
    const json::value* kept = status.if_contains("kept_back");
    if (kept == nullptr || !kept->is_object()) return {};
    const json::object& of = kept->get_object();
    std::string text = fmt::format(
        "flood       since {}: {} answers withheld within a day, {} mails collected",
        ago(text_in(of, "since"), now), number_in(of, "answers"), number_in(of, "collected"));
    const std::int64_t ticket = number_in(of, "ticket");
    return text + (ticket > 0 ? fmt::format(" in ticket {}\n", ticket) : "\n");
}

std::string work_in_words(const json::object& status, sys_seconds now) {
    std::string text;
    for (const json::value& one : list_in(status, "work")) {
        const json::object& work = one.as_object();
        text +=
            fmt::format("last        {}, {}: {}\n", on_one_line(text_in(work, "name"), 60),
                        ago(text_in(work, "at"), now), on_one_line(text_in(work, "words"), 200));
    }
    const std::int64_t waiting = number_in(status, "waiting_for_index");
    if (waiting > 0) text += fmt::format("index       {} mails wait for it\n", waiting);
    return text;
}

std::string troubles_in_words(const json::object& status, sys_seconds now) {
    std::string text;
    for (const json::value& one : list_in(status, "troubles")) {
        const json::object& trouble = one.as_object();
        text += fmt::format(
            "TROUBLE     since {}: {} (told {})\n", ago(text_in(trouble, "since"), now),
            on_one_line(text_in(trouble, "headline"), 200), ago(text_in(trouble, "told_at"), now));
    }
    return text;
}

}  // namespace

json::object status_of(const storage::Store& store, const Desk& desk, sys_seconds now) {
    json::array mailboxes;
    for (const MailboxSettings& one : watched_folders(desk.settings)) {
        mailboxes.emplace_back(status_of(store, one));
    }
    json::object status{{"mailboxes", std::move(mailboxes)},
                        {"withheld", withheld_mails(store)},
                        {"outbox", outbox_status(store)},
                        {"quarantine", store.quarantine.count(false)},
                        {"newest_quarantined", newest_quarantined(store)},
                        {"waiting_for_index", store.tickets.waiting_for_index()},
                        {"work", all_work_done(store)},
                        {"troubles", troubles_told(store)}};
    add_kept_back(status, kept_back(store, now));
    return status;
}

void add_work(json::object& status, const WorkDone& work) {
    status.at("work").as_array().push_back(to_json(work));
}

std::string in_words(const json::object& status, sys_seconds now) {
    std::string text = daemon_in_words(status, now) + troubles_in_words(status, now);
    for (const json::value& one : status.at("mailboxes").as_array()) {
        text += mailbox_in_words(one.as_object(), now);
    }
    for (const json::value& one : list_in(status, "logins")) {
        text += login_in_words(one.as_object(), now);
    }
    for (const json::value& one : status.at("withheld").as_array()) {
        text += withheld_in_words(one.as_object(), now);
    }
    return text + outbox_in_words(status.at("outbox").as_object(), now) +
           quarantine_in_words(status, now) + kept_back_in_words(status, now) +
           work_in_words(status, now);
}

}  // namespace bellhop::daemon
