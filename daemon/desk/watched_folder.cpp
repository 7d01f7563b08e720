#include "daemon/desk/watched_folder.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::string_view sent_prefix = "sent/";

}  // namespace

std::string sent_folder_name(const std::string& mailbox) {
    return std::string{sent_prefix} + mailbox;
}

std::string mailbox_behind(std::string_view ledger_name) {
    return std::string{ledger_name.substr(ledger_name.rfind('/') + 1)};
}

bool holds_sent_mail(std::string_view ledger_name) {
    return ledger_name.starts_with(sent_prefix);
}

std::optional<MailboxSettings> sent_folder(const MailboxSettings& mailbox) {
    if (mailbox.sent_folder.empty()) return std::nullopt;
    MailboxSettings sent = mailbox;
    sent.name = sent_folder_name(mailbox.name);
    sent.folder = mailbox.sent_folder;
    sent.after_commit = AfterCommit::leave;
    sent.first_start = FirstStart::only_new;
    return sent;
}

std::vector<MailboxSettings> watched_folders(const Settings& settings) {
    std::vector<MailboxSettings> all;
    for (const MailboxSettings& mailbox : settings.mailboxes) {
        all.push_back(mailbox);
        if (auto sent = sent_folder(mailbox)) all.push_back(*std::move(sent));
    }
    return all;
}

std::optional<MailboxSettings> watched_folder(const Settings& settings, std::string_view name) {
    for (MailboxSettings& folder : watched_folders(settings)) {
        if (folder.name == name) return std::move(folder);
    }
    return std::nullopt;
}

}  // namespace bellhop::daemon
