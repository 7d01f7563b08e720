// bellhop quarantine list|show|release
#include <iostream>

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/secret_key.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/log.hpp"
#include "daemon/serve/connections.hpp"
#include "daemon/view/output.hpp"
#include "daemon/work/intake.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

void list(const Invocation& invocation, bool all) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const std::vector<storage::QuarantinedMail> mails = store->quarantine.list(all);
    if (invocation.json) {
        json::array array;
        for (const storage::QuarantinedMail& mail : mails) array.push_back(to_json(mail));
        std::cout << json::serialize(array) << '\n';
        return;
    }
    if (mails.empty()) std::cout << "nothing is quarantined\n";
    for (const storage::QuarantinedMail& mail : mails) {
        std::cout << fmt::format("{:>6}  {} UTC  {}/{}/{}  {} bytes{}\n        {}\n",
                                 static_cast<std::int64_t>(mail.id), short_time(mail.at),
                                 mail.key.mailbox, storage::uidvalidity_text(mail.key.uidvalidity),
                                 mail.key.uid, mail.size, mail.released_at ? "  released" : "",
                                 on_one_line(mail.reason, 200));
    }
}

storage::QuarantinedMail found(const storage::Store& store, std::int64_t id) {
    auto mail = store.quarantine.find(storage::QuarantineId{id});
    if (!mail)
        throw CommandFailure(1, fmt::format("bellhop: nothing is quarantined under {}\n", id));
    return std::move(*mail);
}

std::string raw_bytes(const storage::Store& store, const storage::QuarantinedMail& mail) {
    return store.blobs.get(mail.raw_sha256).value_or(std::string{});
}

void show(const Invocation& invocation, std::int64_t id) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const storage::QuarantinedMail mail = found(*store, id);
    if (invocation.json) {
        std::cout << json::serialize(to_json(mail)) << '\n';
        return;
    }
    // The bytes as they are, for a file or another program; the rest goes aside.
    std::cerr << fmt::format("quarantined {} UTC: {}\n", short_time(mail.at),
                             on_one_line(mail.reason, 200));
    std::cout << raw_bytes(*store, mail);
}

/// A mail that was never handed over, asked for once more. Throws CommandFailure where it does not
/// come.
asio::awaitable<void> ask_for(Mailbox& mailbox, storage::MailKey key, std::string& bytes) {
    const MailboxState state = co_await mailbox.select();
    if (state.uidvalidity != storage::server_uidvalidity(key.uidvalidity)) {
        throw CommandFailure(1, "bellhop: the server has renumbered the mailbox\n");
    }
    std::vector<MailUid> uids{MailUid{key.uid}};
    std::vector<MailSummary> there = co_await mailbox.look(std::move(uids));
    if (there.empty()) {
        throw CommandFailure(1,
                             "bellhop: the mail is no longer in the mailbox; move it back, and "
                             "it is taken like a new one\n");
    }
    mailbox.start_fetch({}, std::move(there));
    std::optional<FetchedMail> mail = co_await mailbox.next_fetched();
    co_await mailbox.close();
    if (!mail || mail->outcome != FetchedMail::Outcome::whole) {
        throw CommandFailure(1, "bellhop: the server still does not hand it over: " +
                                    (mail ? mail->refusal.words : std::string{}) + '\n');
    }
    bytes = std::move(mail->bytes);
}

std::string fetched_from_server(const Desk& desk, const storage::QuarantinedMail& mail) {
    const MailboxSettings settings = chosen_mailbox(desk, mail.key.mailbox);
    asio::io_context context{1};
    CurlLoop loop{context.get_executor()};
    const std::unique_ptr<Mailbox> mailbox = real_connections(loop).mailbox(desk, settings);
    std::string bytes;
    std::exception_ptr failure;
    asio::co_spawn(context, ask_for(*mailbox, mail.key, bytes),
                   [&failure](std::exception_ptr error) { failure = std::move(error); });
    context.run();
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const ConnectionError& error) {
        throw CommandFailure(1,
                             "bellhop: " + error.code().message() + ": " + error.detail() + '\n');
    }
    return bytes;
}

void release(Invocation& invocation, std::int64_t id) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_write(desk);
    const storage::QuarantinedMail mail = found(*store, id);
    if (mail.released_at)
        throw CommandFailure(1, fmt::format("bellhop: {} was released already\n", id));
    start_log("warn");
    const SystemClock clock;
    IncomingMail incoming;
    incoming.key = mail.key;
    incoming.mailbox = mail.key.mailbox.substr(mail.key.mailbox.rfind('/') + 1);
    incoming.bytes =
        mail.raw_sha256.empty() ? fetched_from_server(desk, mail) : raw_bytes(*store, mail);
    incoming.size = incoming.bytes.size();
    incoming.arrived = mail.at;
    incoming.is_released = true;
    Intake intake{*store, clock, load_or_make_key(desk.settings.database)};
    const Taken taken = intake.take_again(incoming, desk);
    if (taken.outcome == storage::Outcome::quarantined) {
        std::cerr << "bellhop: it stays in quarantine: " << on_one_line(taken.reason, 200) << '\n';
        invocation.exit_status = 1;
        return;
    }
    storage::Transaction transaction{store->database};
    store->quarantine.mark_released(mail.id, clock.now());
    transaction.commit();
    if (invocation.json) {
        json::object object{{"id", id}, {"outcome", to_string(taken.outcome)}};
        if (taken.ticket) object["ticket"] = number(*taken.ticket);
        std::cout << json::serialize(object) << '\n';
    } else {
        std::cout << fmt::format("{}{}\n", to_string(taken.outcome),
                                 taken.ticket ? fmt::format(" {}", number(*taken.ticket)) : "");
    }
}

}  // namespace

void add_quarantine_command(CLI::App& app, Invocation& invocation) {
    CLI::App* quarantine = app.add_subcommand("quarantine", "mails that could not be taken");
    quarantine->require_subcommand(1);

    CLI::App* list_command = quarantine->add_subcommand("list", "what nobody has looked at yet");
    auto all = std::make_shared<bool>(false);
    list_command->add_flag("--all", *all, "released ones too");
    list_command->callback([&invocation, all] { list(invocation, *all); });

    auto id = std::make_shared<std::int64_t>(0);
    CLI::App* show_command = quarantine->add_subcommand("show", "the bytes of one, as received");
    show_command->footer("Example: bellhop quarantine show 3 > mail.eml");
    show_command->add_option("NUMBER", *id, "as quarantine list shows it")->required();
    show_command->callback([&invocation, id] { show(invocation, *id); });

    CLI::App* release_command =
        quarantine->add_subcommand("release", "read it again and make it a ticket");
    release_command->footer("Example: bellhop quarantine release 3");
    release_command->add_option("NUMBER", *id, "as quarantine list shows it")->required();
    release_command->callback([&invocation, id] { release(invocation, *id); });
}

}  // namespace bellhop::daemon
