// What has happened to a ticket, in one sentence for the people of the desk.
#pragma once

#include <string>
#include <string_view>

#include "rules/ticket/occasion.hpp"

namespace bellhop::rules {

/// "Ann Lee asks where things stand." `who` has done it, `reason` is his; both may be empty, as in
/// what is said of a restricted ticket.
std::string occasion_words(Occasion occasion, const std::string& who, const std::string& reason);

/// To a team that has got the ticket.
std::string team_words(const std::string& who);

/// Where somebody of the desk has reopened it.
std::string again_words(const std::string& who);

/// Where somebody who was told of the ticket writes back: a head, the manager.
std::string note_words(const std::string& who);

/// Where the answer complains.
std::string complaining_words(const std::string& who);

/// Of a new ticket that says that it was asked before, and not where.
std::string asked_before_words(const std::string& who);

/// "Ann Lee gives 1 of 5."
std::string rating_words(const std::string& who, std::string_view rating);

/// To the writer of a mail that has not reached `recipient`, for the reason `why` of a mail server.
std::string undelivered_words(const std::string& recipient, const std::string& why);

/// The same to the desk, of a mail by the gateway.
std::string unreached_words(MailKind kind, const std::string& recipient, const std::string& why);

/// A wait has ended without what was waited for.
std::string handed_back_words(const std::string& status_name, const std::string& reason);

/// A wait goes on; `since` is in words, `reason` may be empty.
std::string still_waits_words(const std::string& status_name,
                              const std::string& since,
                              const std::string& reason);

/// To whoever is to say yes or no.
std::string approval_reminder_words(int number,
                                    int of,
                                    const std::string& who,
                                    const std::string& since);

/// To the desk, where he does not.
std::string no_approval_words(const std::string& since);

/// Of a new ticket that somebody has brought for another.
std::string passed_on_words(const std::string& requester, const std::string& who);

/// A mailing list, an advertiser, a report: what nobody asks anything in.
std::string nothing_asked_words(const std::string& who);

}  // namespace bellhop::rules
