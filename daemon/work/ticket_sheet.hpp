// What a mail to the people of the desk shows of a ticket, so that it can be worked from a
// telephone: the customer's words, who that is, by when, who has it, what came before.
#pragma once

#include <optional>
#include <string>

#include "daemon/work/filing.hpp"
#include "rules/letter/mail_template.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::daemon {

enum class SheetReader {
    desk,
    outside  ///< a head, an approver: reads nothing about other tickets
};

/// Values for the templates of mails to the desk. `message` is the row of the mail that the news is
/// about; without it the latest of a person's mails to the desk is shown. Of a restricted ticket
/// nothing.
rules::TemplateValues ticket_sheet(const Filing& filing,
                                   const rules::Ticket& ticket,
                                   std::optional<rules::MessageId> message,
                                   SheetReader reader);

}  // namespace bellhop::daemon
