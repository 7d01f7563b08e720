// What a mail by somebody of the desk is and does: the answer, a note, orders, a yes to what waits
// for it.
//
// It counts only where it proves that its writer was sent the mail that it answers
// (rules/desk/proof). Anybody can write a technician's name into From: such a mail is kept with the
// ticket as "not proved: in the name of ...", does nothing, and he is asked whether it was his.
//
// Nothing is swallowed: what reaches nobody comes back to its writer with the reason.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/desk/decide.hpp"
#include "rules/desk/mail_orders.hpp"
#include "rules/ticket/action.hpp"

namespace bellhop::rules {

/// Where the words of a mail are, whatever becomes of its orders.
enum class WordsLie {
    nowhere,        ///< with the ticket, and nobody reads them
    as_note,        ///< a note on it
    with_requester  ///< he has sent them to the requester himself
};

struct DeskMail {
    Actions actions = {};  ///< filed with the mail
    /// Carried out afterwards in the name of `actor`, in this order: all of them, or none. Then he
    /// gets back_to(..., why), else report_to().
    std::vector<DeskOrder> orders = {};
    std::optional<NewTicketOrder> opens = {};  ///< for somebody who rang: with the orders, or not
    std::string actor = {};                    ///< "agent Tom"
    std::vector<std::string> understood = {};  ///< what he has ordered, a line each
    std::string writer = {};                   ///< his address
    std::string words = {};                    ///< what he has written
    WordsLie lie = WordsLie::nowhere;
    /// What a reply to what he gets back is: the same as that of his mail.
    ReplyMeans means = ReplyMeans::note;
    /// What he gets where the mail is about no ticket: it lies nowhere, so it comes back.
    std::optional<SendMail> back = {};
};

/// Decides on a mail of way `desk`. Pure.
DeskMail desk_mail(const MailReceived& mail,
                   const Situation& situation,
                   const MailPolicy& policy,
                   const OrderWords& words);

/// The mail with which it comes back to its writer: nothing was done, because `why`, and his words
/// are where they lie. `lines` say what was understood and what was not.
SendMail back_to(const DeskMail& mail,
                 const std::string& why,
                 const std::vector<std::string>& lines = {});

/// The mail that tells him what was done: `due` is by when what is due, a line each.
SendMail report_to(const DeskMail& mail, const std::vector<std::string>& due);

}  // namespace bellhop::rules
