#include "rules/ticket/mail_kind.hpp"

#include <algorithm>

namespace bellhop::rules {

// A switch rather than an array: the compiler finds a kind that has no entry.
MailKindEntry entry_of(MailKind kind) {
    using enum MailReader;
    using enum MailWriter;
    using enum Withdrawal;
    using enum ReplyMeans;
    switch (kind) {
        case MailKind::acknowledgement:
            return {"acknowledgement", "ack", requester, gateway, never};
        case MailKind::oversize:
            return {"oversize", "oversize", requester, gateway, never};
        case MailKind::waiting:
            return {"waiting", "waiting", requester, gateway, with_status};
        case MailKind::reminder:
            return {"reminder", "reminder", requester, gateway, with_status};
        case MailKind::last_reminder:
            return {"last_reminder", "last-reminder", requester, gateway, with_status};
        case MailKind::visit:
            return {"visit", "visit", requester, gateway, with_status};
        case MailKind::agreed:
            return {"agreed", "agreed", requester, gateway, never};
        case MailKind::resolved:
            return {"resolved", "resolved", requester, gateway, never};
        case MailKind::reply:
            return {"reply", "reply", requester, person, never};
        case MailKind::done:
            return {"done", "done", staff, gateway, never, note};
        case MailKind::returned:
            return {"returned", "returned", staff, gateway, never, note};
        case MailKind::confirm:
            return {"confirm", "confirm", staff, gateway, never, confirmation};
        case MailKind::staff_reminder:
            return {"staff_reminder", "staff-reminder", staff, gateway, never, note, "notify"};
        case MailKind::handed_back:
            return {"handed_back", "handed-back", staff, gateway, never, note, "notify"};
        case MailKind::notice:
            return {"notice", "notice", staff, gateway, never, note, "notify"};
        case MailKind::reopened_often:
            return {"reopened_often", "reopened-often", staff, gateway, never, note, "notify"};
        case MailKind::undelivered:
            return {"undelivered", "undelivered", staff, gateway, never, note, "notify"};
        case MailKind::notify:
            return {"notify", "notify", staff, gateway, never, answer};
        case MailKind::digest:
            return {"digest", "digest", staff, gateway, never, note};
        case MailKind::trouble:
            return {"trouble", "trouble", staff, gateway, never, note};
        case MailKind::approval:
            return {"approval", "approval", staff, gateway, never, approval, "notify"};
        case MailKind::approved:
            return {"approved", "approved", requester, gateway, never};
        case MailKind::refused:
            return {"refused", "refused", requester, gateway, never};
    }
    return {};  // of what is no kind: ends the list below
}

std::string name_of(MailKind kind) {
    return std::string{entry_of(kind).name};
}

std::string text_of(MailKind kind) {
    const MailKindEntry entry = entry_of(kind);
    return std::string{entry.text.empty() ? entry.name : entry.text};
}

std::optional<MailKind> mail_kind_of(std::string_view name) {
    const auto& kinds = mail_kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [name](MailKind kind) { return entry_of(kind).name == name; });
    return found == kinds.end() ? std::nullopt : std::optional{*found};
}

const std::vector<MailKind>& mail_kinds() {
    static const std::vector<MailKind> kinds = [] {
        std::vector<MailKind> all;
        for (int i = 0; !entry_of(MailKind{i}).name.empty(); ++i) all.push_back(MailKind{i});
        return all;
    }();
    return kinds;
}

}  // namespace bellhop::rules
