// What mails of mail servers look like that say that a mail could not be delivered.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// The signs that a mail is a bounce, with their sum.
struct BounceSigns {
    int points = 0;
    std::vector<Evidence> evidence = {};

    /// Enough of them, and not only in the text: a person who forwards a bounce is a person.
    bool is_bounce() const { return points >= enough; }

    static constexpr int enough = 3;
};

/// What else is known of the mail that `message` does not say.
struct ReportContext {
    bool carries_original = false;  ///< a returned mail, or its header, is a part of it
};

BounceSigns bounce_signs(const Message& message, const ReportContext& context);

/// Where the returned mail begins in the text of a bounce, or its size where it holds none.
std::size_t returned_mail_start(std::string_view text);

/// Senders that are no person and no desk: "mailer-daemon".
bool is_mail_daemon(std::string_view address);

/// The text within which a bounce says what it is.
constexpr std::size_t max_notice = 8000;  // bytes

}  // namespace bellhop::parsers
