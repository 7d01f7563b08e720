#include "daemon/replay/replay.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <iterator>
#include <system_error>

#include "daemon/desk/config_folder.hpp"
#include "daemon/desk/folder_guard.hpp"
#include "daemon/desk/mailbox_named.hpp"
#include "daemon/desk/watched_folder.hpp"
#include "daemon/process/path_inside.hpp"
#include "daemon/replay/configuration_copy.hpp"
#include "daemon/replay/replay_orders.hpp"
#include "daemon/replay/replayed_mail.hpp"
#include "daemon/work/due_worker.hpp"
#include "daemon/work/intake.hpp"
#include "daemon/work/outgoing.hpp"
#include "parsers/message/parse_message.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/quantity.hpp"
#include "rules/rule/ruling.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t most_steps = 1'000'000;  // of one run: a fault of ours must end, too
constexpr std::size_t at_once = 1000;

/// True time, and what the gateway's clock makes of it.
class VirtualClock final : public Clock {
public:
    std::chrono::sys_seconds now() const override { return time + offset; }
    std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point{time.time_since_epoch()};
    }

    std::chrono::sys_seconds time = {};
    std::chrono::seconds offset{0};
};

/// A mail that lies beside the script, or below it.
std::optional<std::string> bytes_beside(const std::filesystem::path& folder,
                                        const std::string& name) {
    // "" is the folder that the program runs in.
    const auto file = path_inside(folder.empty() ? "." : folder, name);
    std::error_code error;
    if (!file || !std::filesystem::is_regular_file(*file, error)) return std::nullopt;
    std::ifstream in{*file, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

std::string offset_in_words(std::chrono::seconds offset) {
    if (offset == std::chrono::seconds{0}) return "right again";
    const bool is_back = offset < std::chrono::seconds{0};
    return parsers::duration_text(is_back ? -offset : offset) + (is_back ? " behind" : " ahead");
}

/// What is told by the mail itself, or is of interest to `explain` only.
bool is_silent(const rules::TicketEvent& event) {
    if (!rules::value_of(event, "message_id").empty()) return true;
    return event.type == rules::Event::rules || event.type == rules::Event::thread_evidence ||
           event.type == rules::Event::notice_passed || event.type == rules::Event::news ||
           event.type == rules::Event::told;
}

}  // namespace

struct Replay::World {
    explicit World(const std::filesystem::path& configuration) : copy(configuration) {}

    ConfigurationCopy copy;
    const std::filesystem::path& folder = copy.folder();
    VirtualClock clock = {};
    bool runs = true;
    std::deque<IncomingMail> waiting = {};  // in the mailboxes
    std::uint32_t uid = 0;
    std::int64_t told = 0;  // entries of the log
    int mails = 0;          // written by the script
    bool has_ended = false;
    std::string key = "replay";
    std::optional<Intake> intake = {};
    parsers::Diagnostics complaints = {};
};

Replay::Replay(const std::filesystem::path& folder, ReplayListener listener)
    : world_(std::make_unique<World>(folder)), listener_(std::move(listener)) {}

Replay::~Replay() = default;

std::chrono::sys_seconds Replay::now() const {
    return world_->clock.time;
}

parsers::Diagnostics Replay::load() {
    auto desk = load_desk(world_->folder, OwnTests::may_fail);
    if (!desk) return desk.error();
    desk_.emplace(std::move(*desk));
    desk_->settings.limits.free_disk_bytes = 0;
    if (!store_) {
        store_ = std::make_unique<storage::Store>(world_->folder / "replay.db",
                                                  storage::ConnectionSettings{.is_scratch = true});
        world_->intake.emplace(*store_, world_->clock, world_->key);
    }
    return {};
}

parsers::Diagnostics Replay::play(const ReplayScript& script, const std::filesystem::path& beside) {
    if (!script.preset.empty()) {
        write_config_folder(world_->folder, script.preset, Overwriting::wanted);
    }
    for (const ScriptEntry& entry : script.setup) perform(entry, beside);
    if (world_->complaints.empty()) world_->complaints = load();
    for (const ScriptEntry& entry : script.entries) {
        if (!world_->complaints.empty() || world_->has_ended) break;
        const rules::BusinessCalendar& calendar = desk_->calendars.calendars.front();
        const auto date = std::chrono::floor<std::chrono::days>(entry.at);
        const std::chrono::sys_seconds at = calendar.instant_of(date, entry.at - date);
        if (world_->clock.time == std::chrono::sys_seconds{}) world_->clock.time = at;
        run_until(at);
        perform(entry, beside);
    }
    return std::move(world_->complaints);
}

/// One entry of the script, now.
void Replay::perform(const ScriptEntry& entry, const std::filesystem::path& beside) {
    const auto complain = [&](const std::string& message) {
        world_->complaints.push_back({entry.where, message, {}});
    };
    if (const auto* mail = std::get_if<NewMail>(&entry.act)) {
        take_written(written_mail({mail->from, address_of(mail->mailbox), mail->cc}, mail->subject,
                                  entry.text, now(), ++world_->mails),
                     mail->mailbox);
    } else if (const auto* response = std::get_if<Response>(&entry.act)) {
        const auto bytes = response_to_us(*response, entry.text);
        if (!bytes) return complain("nothing has been sent to this address about the ticket");
        take_written(*bytes, {});
    } else if (const auto* sent = std::get_if<SentMail>(&entry.act)) {
        const auto bytes = sent_mail(*sent, entry.text);
        if (!bytes) return complain("no mail has come that could be answered");
        take_written(*bytes, sent_folder_name(desk_->settings.mailboxes.front().name));
    } else if (const auto* file = std::get_if<MailFile>(&entry.act)) {
        const auto bytes = bytes_beside(beside, file->name);
        if (!bytes) return complain("cannot read " + parsers::in_quotes(file->name));
        take(now(), *bytes, file->mailbox);
    } else if (const auto* words = std::get_if<DeskWords>(&entry.act)) {
        const std::string refusal = carry_out_words(filing(), words->words, entry.text);
        if (!refusal.empty()) return complain(refusal);
        do_what_is_due();
    } else if (const auto* edit = std::get_if<FileEdit>(&entry.act)) {
        const std::string refusal = edit_file(*edit, entry.text);
        if (!refusal.empty()) return complain(refusal);
    } else if (const auto* gateway = std::get_if<GatewayRuns>(&entry.act)) {
        world_->runs = gateway->runs;
        listener_({now(), {}, gateway->runs ? "the gateway starts" : "the gateway stops", {}});
        if (world_->runs) catch_up();
    } else if (const auto* clock = std::get_if<ClockOffset>(&entry.act)) {
        world_->clock.offset = clock->offset;
        listener_({now(), {}, "the gateway's clock is " + offset_in_words(clock->offset), {}});
        do_what_is_due();
    } else {
        world_->has_ended = true;
    }
}

Filing Replay::filing() {
    return {*store_, *desk_, world_->key, world_->clock.now()};
}

std::string Replay::address_of(const std::string& mailbox) const {
    if (mailbox.empty()) return desk_->settings.mailboxes.front().address;
    const MailboxSettings* known = mailbox_named(*desk_, mailbox);
    return known != nullptr ? known->address : std::string{};
}

/// What somebody makes of the last mail that he has got about the ticket; nothing where there is
/// none.
std::optional<std::string> Replay::response_to_us(const Response& response,
                                                  const std::string& text) {
    std::optional<storage::OutboxMail> last;
    for (storage::OutboxMail& mail : store_->outbox.of_ticket(rules::TicketId{response.ticket})) {
        if (mail.recipient == response.from) last = std::move(mail);
    }
    if (!last) return std::nullopt;
    const parsers::Message ours = parsers::parse_message(store_->outbox.find(last->id)->bytes);
    const int number = ++world_->mails;
    if (response.kind == Response::Kind::bounce) {
        return bounce_mail(ours, response.from, now(), number);
    }
    return reply_mail(ours, response.from, text, now(), number,
                      response.kind == Response::Kind::auto_reply);
}

/// What somebody writes from the first mailbox itself; nothing where he answers and there is no
/// mail.
std::optional<std::string> Replay::sent_mail(const SentMail& mail, const std::string& text) {
    const int number = ++world_->mails;
    if (!mail.ticket) {
        return written_mail({address_of({}), mail.to, {}}, mail.subject, text, now(), number);
    }
    std::optional<parsers::Message> last;
    for (const auto& one : store_->tickets.messages(rules::TicketId{*mail.ticket})) {
        if (one.direction != storage::Direction::in) continue;
        const auto bytes = store_->blobs.get(one.raw_sha256);
        if (bytes) last = parsers::parse_message(*bytes);
    }
    if (!last) return std::nullopt;
    last->from = parsers::Address{{}, mail.to};
    return reply_mail(*last, address_of({}), text, now(), number, false);
}

/// The changed configuration counts at once, or not at all, as in the daemon. Returns why the file
/// is not written; empty where it is.
std::string Replay::edit_file(const FileEdit& edit, const std::string& text) {
    const auto file = path_inside(world_->folder, edit.file);
    if (!file || !is_configuration_file(*file)) {
        return parsers::in_quotes(edit.file) + " is no file of a configuration";
    }
    std::ofstream out{*file, edit.appends ? std::ios::app : std::ios::trunc};
    out << text;
    out.close();
    if (!out) return "cannot write " + parsers::in_quotes(edit.file);
    if (!store_) return {};
    world_->complaints = load();
    listener_({now(), {}, edit.file + " is changed", {}});
    do_what_is_due();
    return {};
}

void Replay::take(std::chrono::sys_seconds at, std::string bytes, const std::string& mailbox) {
    ensure(desk_.has_value());
    run_until(at);
    IncomingMail mail;
    mail.mailbox = mailbox;
    mail.bytes = std::move(bytes);
    mail.arrived = at;
    put_into_mailbox(std::move(mail));
}

void Replay::take_written(std::string bytes, const std::string& mailbox) {
    IncomingMail mail;
    mail.mailbox = mailbox;
    mail.bytes = std::move(bytes);
    mail.arrived = now();
    mail.is_vouched_for = true;
    put_into_mailbox(std::move(mail));
}

void Replay::put_into_mailbox(IncomingMail mail) {
    if (mail.mailbox.empty()) mail.mailbox = desk_->settings.mailboxes.front().name;
    mail.size = mail.bytes.size();
    mail.key = {mail.mailbox, 1, ++world_->uid};
    mail.mailbox = mailbox_behind(mail.mailbox);
    world_->waiting.push_back(std::move(mail));
    if (world_->runs) catch_up();
}

/// Takes what lies in the mailboxes.
void Replay::catch_up() {
    while (!world_->waiting.empty()) {
        const Taken taken = world_->intake->take({&world_->waiting.front(), 1}, *desk_).front();
        world_->waiting.pop_front();
        if (!taken.ticket) {
            listener_({now(), {}, "a mail makes no ticket: " + taken.reason, {}});
        }
        tell_events();
    }
    do_what_is_due();
}

void Replay::run_until(std::chrono::sys_seconds end) {
    VirtualClock& clock = world_->clock;
    for (std::size_t step = 0; world_->runs && step < most_steps; ++step) {
        std::optional<std::chrono::sys_seconds> next = store_->timers.next_due();
        const auto mail = store_->outbox.next_due();
        if (mail && (!next || *mail < *next)) next = mail;
        if (!next) break;
        // Something that stays due must not stop time.
        const auto at = std::max(*next - clock.offset, clock.time + std::chrono::seconds{1});
        if (at > end) break;
        clock.time = at;
        do_what_is_due();
    }
    clock.time = std::max(clock.time, end);
}

void Replay::do_what_is_due() {
    if (!world_->runs) return;
    TimerRefresh refresh;
    while (refresh.step(filing(), at_once)) {
    }
    run_due(filing());
    tell_events();
    deliver();
}

/// The mails that would go out now: to one reader about one ticket one after the other.
void Replay::deliver() {
    while (deliver_some()) {
    }
}

bool Replay::deliver_some() {
    const std::vector<storage::OutboxMail> mails = take_due(filing(), at_once);
    for (const storage::OutboxMail& mail : mails) {
        const parsers::Message message = parsers::parse_message(mail.bytes);
        std::string kind = name_of(mail.kind);
        ReplayedMail told{kind, mail.recipient, message.subject, message.text, {}};
        if (mail.ticket) told.reason = why_sent(*mail.ticket, mail);
        std::replace(kind.begin(), kind.end(), '_', ' ');
        const std::string what = kind + " to " + mail.recipient + ": " + message.subject;
        listener_({now(), mail.ticket, "> " + what, std::move(told)});
        store_->outbox.accepted(mail.id, world_->clock.now(), "250 replayed", mail.envelope_sender);
    }
    return !mails.empty();
}

/// What the ticket's log says around the mail.
std::string Replay::why_sent(rules::TicketId ticket, const storage::OutboxMail& mail) const {
    const auto said = [](const rules::TicketEvent& event) {
        return std::string{event.type.text()} + (event.detail.empty() ? "" : ": " + event.detail);
    };
    const std::vector<rules::TicketEvent> log = store_->tickets.events(ticket);
    const auto answer = std::find_if(log.begin(), log.end(), [&mail](const auto& event) {
        return event.type == rules::Event::agent_reply &&
               rules::value_of(event, "mail") == mail.message_id;
    });
    if (answer != log.end()) return said(*answer);
    std::string reason;
    for (const rules::TicketEvent& event : log) {
        if (rules::value_of(event, "message_id") == mail.message_id) break;
        const auto known = event_of(event.type);
        if (!known || entry_of(*known).causes_mail == rules::EventCause::no) continue;
        // News is told to those whom it names, and is no reason of other mails.
        const bool is_news = *known == rules::Event::news || *known == rules::Event::notice;
        const bool is_theirs =
            rules::value_of(event, "to").find(mail.recipient) != std::string_view::npos;
        if (is_news && !is_theirs) continue;
        reason = said(event);
    }
    return reason;
}

void Replay::tell_events() {
    const auto entries = store_->tickets.events_after(world_->told, most_steps);
    for (const storage::LoggedEvent& entry : entries) {
        world_->told = entry.number;
        if (is_silent(entry.event)) continue;
        listener_({entry.event.at, entry.ticket, in_words(entry), {}});
    }
}

/// One entry of the log as a line.
std::string Replay::in_words(const storage::LoggedEvent& entry) const {
    const rules::TicketEvent& event = entry.event;
    if (event.type == rules::Event::created) return opening_in_words(entry.ticket);
    std::string text = event.type.text();
    std::replace(text.begin(), text.end(), '_', ' ');
    const std::string_view from = rules::value_of(event, "from");
    // Whom a reply went to stands in the mail itself.
    const bool is_reply = event.type == rules::Event::agent_reply;
    const std::string_view to = is_reply ? std::string_view{} : rules::value_of(event, "to");
    if (!to.empty() && !from.empty()) text += " " + std::string{from} + " ->";
    if (!to.empty()) text += " " + std::string{to};
    if (const auto until = rules::value_of(event, "until"); !until.empty()) {
        text += " until " + std::string{until};
    }
    if (event.actor != "gateway") text += " by " + event.actor;
    if (!event.detail.empty()) text += " (" + event.detail + ")";
    return text;
}

/// A new ticket with what the rules have made of it.
std::string Replay::opening_in_words(rules::TicketId id) const {
    const rules::Ticket ticket = store_->tickets.find(id).value();
    std::string text = "opened by " + ticket.requester.address + ": " + ticket.subject;
    for (const rules::TicketEvent& event : store_->tickets.events(id)) {
        if (event.type != rules::Event::rules) continue;
        const rules::Ruling ruling = rules::read_ruling(event);
        text += ", " + ruling.outcome.priority;
        if (!ruling.outcome.team.empty()) text += ", " + ruling.outcome.team;
        break;
    }
    return text;
}

}  // namespace bellhop::daemon
