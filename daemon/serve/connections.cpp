#include "daemon/serve/connections.hpp"

#include <memory>

#include "daemon/desk/server_settings.hpp"
#include "daemon/imap/imap_mailbox.hpp"
#include "daemon/smtp/smtp_transport.hpp"

namespace bellhop::daemon {

Connections real_connections(CurlLoop& loop) {
    Connections connections;
    connections.mailbox = [&loop](const Desk& desk, const MailboxSettings& mailbox) {
        ImapMailboxSettings settings;
        settings.connection = connection_settings(mailbox.server);
        settings.folder = mailbox.folder;
        settings.flag = mailbox.processed_flag;
        settings.idle = mailbox.idle;
        settings.message_bytes = desk.settings.limits.message_bytes;
        return std::make_unique<ImapMailbox>(loop, std::move(settings));
    };
    connections.transport = [&loop](const Desk& desk) {
        const SmtpSettings& smtp = desk.settings.smtp;
        SmtpTransportSettings settings;
        settings.connection = connection_settings(smtp.server);
        settings.helo_name = smtp.helo_name;
        settings.idle_timeout = smtp.idle_timeout;
        settings.mails_per_connection = smtp.mails_per_connection;
        return std::make_unique<SmtpTransport>(loop, std::move(settings));
    };
    return connections;
}

}  // namespace bellhop::daemon
