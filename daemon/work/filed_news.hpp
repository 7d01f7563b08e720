// What has been filed becomes news for the people of the desk, in the log of its ticket.
#pragma once

#include <chrono>
#include <optional>

#include "daemon/desk/desk.hpp"
#include "rules/desk/decide.hpp"
#include "rules/ticket/action.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// What was filed. What it refers to outlives it.
struct FiledWork {
    const rules::Actions& actions;
    const std::optional<rules::Ticket>& before;  ///< nothing: they have opened it
    const rules::Ticket& after;                  ///< whose log tells it
    const rules::MailReceived* mail = nullptr;   ///< whose sender has done it; null: somebody else
    std::optional<rules::MessageId> message = {};
    bool wants_yes = false;  ///< before it: rules::wanted_approver()
    bool is_proved = true;   ///< that the mail is whose it says
};

/// Records who is to hear of it. They are told at once, in the desk's hours, or of many at once;
/// the due round sends it. Who has brought it about is the sender of the mail, or whoever gave the
/// order; in whose name somebody has written, without proof, has done nothing.
void tell_desk(storage::Store& store,
               const Desk& desk,
               const FiledWork& work,
               std::chrono::sys_seconds now);

}  // namespace bellhop::daemon
