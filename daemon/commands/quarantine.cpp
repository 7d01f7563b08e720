// bellhop quarantine list|show|release|drop
#include <iostream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/watched_folder.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/log.hpp"
#include "daemon/serve/connections.hpp"
#include "daemon/view/mail_list.hpp"
#include "daemon/view/output.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::size_t most_listed = 1000;

void list(const Invocation& invocation, bool all) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    const std::vector<storage::QuarantinedMail> mails = store->quarantine.list(all, most_listed);
    const std::size_t more = store->quarantine.count(all) - mails.size();
    if (invocation.json) {
        std::cout << json::serialize(to_array(mails)) << '\n';
        if (more > 0) std::cerr << "bellhop: " << more << " older ones are not shown\n";
        return;
    }
    if (mails.empty()) std::cout << "nothing is quarantined\n";
    std::cout << in_words(mails);
    if (more > 0) std::cout << "and " << more << " older ones\n";
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
    const Desk desk = desk_without_rules(invocation);
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
    const std::optional<MailboxSettings> folder = watched_folder(desk.settings, mail.key.mailbox);
    const MailboxSettings settings = folder ? *folder : chosen_mailbox(desk, mail.key.mailbox);
    asio::io_context context{1};
    const SystemClock clock;
    RealServers servers{context.get_executor(), clock, desk.settings.database};
    const std::unique_ptr<Mailbox> mailbox = servers.connections().mailbox(desk, settings);
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
    start_log("warn");
    std::string body;
    if (const auto store = store_to_read(desk)) {
        const storage::QuarantinedMail mail = found(*store, id);
        if (mail.raw_sha256.empty() && !mail.released_at) body = fetched_from_server(desk, mail);
    }
    const json::object result =
        asked(desk, {"quarantine.release", {{"number", id}}, std::move(body)}, invocation)
            .as_object();
    if (invocation.json) {
        std::cout << json::serialize(result) << '\n';
        return;
    }
    const json::value* ticket = result.if_contains("ticket");
    std::cout << result.at("outcome").as_string().c_str();
    if (ticket != nullptr) std::cout << ' ' << *ticket;
    std::cout << '\n';
}

void drop(Invocation& invocation, std::int64_t id, const std::string& reason) {
    const Desk desk = configured_desk(invocation);
    start_log("warn");
    const json::value result =
        asked(desk, {"quarantine.drop", {{"number", id}, {"reason", reason}}, {}}, invocation);
    if (invocation.json) {
        std::cout << json::serialize(result) << '\n';
    } else {
        std::cout << id << " is dropped\n";
    }
}

}  // namespace

Command quarantine_command() {
    Command list_command{"list", "what nobody has looked at yet"};
    list_command.options = {flag("--all", "released and dropped ones too")};
    list_command.run = [](const Arguments& given, Invocation& invocation) {
        list(invocation, given.has("--all"));
    };

    Command show_command{"show", "the bytes of one, as received",
                         "Example: bellhop quarantine show 3 > mail.eml"};
    show_command.options = {mail_number("quarantine list")};
    show_command.run = [](const Arguments& given, Invocation& invocation) {
        show(invocation, given.number("NUMBER"));
    };

    Command release_command{"release", "read it again and make it a ticket",
                            "Example: bellhop quarantine release 3"};
    release_command.options = {mail_number("quarantine list")};
    release_command.run = [](const Arguments& given, Invocation& invocation) {
        release(invocation, given.number("NUMBER"));
    };

    Command drop_command{"drop", "nobody wants it: it waits no more",
                         "Example: bellhop quarantine drop 3 --reason advertisement"};
    drop_command.options = {mail_number("quarantine list"),
                            value("--reason", "why, for the ledger").called("TEXT").required()};
    drop_command.run = [](const Arguments& given, Invocation& invocation) {
        drop(invocation, given.number("NUMBER"), given.text("--reason"));
    };

    Command quarantine{"quarantine", "mails that could not be taken"};
    quarantine.commands = {list_command, show_command, release_command, drop_command};
    return quarantine;
}

}  // namespace bellhop::daemon
