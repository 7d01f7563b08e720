#include "daemon/serve/connections.hpp"

#include <memory>
#include <utility>

#include "daemon/desk/server_settings.hpp"
#include "daemon/imap/imap_mailbox.hpp"
#include "daemon/smtp/smtp_transport.hpp"

namespace bellhop::daemon {

RealServers::RealServers(boost::asio::any_io_executor executor,
                         const Clock& clock,
                         const std::filesystem::path& database)
    : loop_(executor),
      client_(loop_, clock, database.parent_path()),
      tokens_(executor, clock, [this](OauthSettings application, std::string user) {
          return client_.fetch(std::move(application), std::move(user));
      }) {}

void RealServers::give_tokens(ConnectionSettings& connection,
                              const Settings& settings,
                              const ServerSettings& server) {
    if (server.oauth.empty()) return;
    const OauthSettings& application = application_named(settings.applications, server.oauth);
    connection.tokens = &tokens_.source_of(application, server.user);
}

Connections RealServers::connections() {
    Connections connections;
    connections.mailbox = [this](const Desk& desk, const MailboxSettings& mailbox) {
        ImapMailboxSettings settings;
        settings.connection = connection_settings(mailbox.server);
        give_tokens(settings.connection, desk.settings, mailbox.server);
        settings.folder = mailbox.folder;
        settings.flag = mailbox.processed_flag;
        settings.idle = mailbox.idle;
        settings.message_bytes = desk.settings.limits.message_bytes;
        return std::make_unique<ImapMailbox>(loop_, std::move(settings));
    };
    connections.transport = [this](const Desk& desk) {
        const SmtpSettings& smtp = desk.settings.smtp;
        SmtpTransportSettings settings;
        settings.connection = connection_settings(smtp.server);
        give_tokens(settings.connection, desk.settings, smtp.server);
        settings.helo_name = smtp.helo_name;
        settings.idle_timeout = smtp.idle_timeout;
        settings.mails_per_connection = smtp.mails_per_connection;
        return std::make_unique<SmtpTransport>(loop_, std::move(settings));
    };
    connections.tokens = &tokens_;
    return connections;
}

}  // namespace bellhop::daemon
