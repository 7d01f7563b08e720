// The desk as configured: everything that the files of the configuration folder decide, checked as
// a whole.
#pragma once

#include <filesystem>
#include <string>

#include <boost/system/result.hpp>

#include "daemon/settings.hpp"
#include "parsers/diagnostic.hpp"
#include "rules/answer_mail.hpp"
#include "rules/decide.hpp"

namespace bellhop::daemon {

struct Desk {
    Settings settings = {};
    rules::MailText acknowledgement;
    rules::MailText oversize;
};

/// Loads all files of the folder. Errors: the complaints about all of them at once.
boost::system::result<Desk, parsers::Diagnostics> load_desk(const std::filesystem::path& folder);

/// The secret key of our msg-ids: 32 bytes beside the database, made at the first use, readable by
/// its owner only. Without it the msg-ids that went out prove nothing any more: it belongs into the
/// backup.
///
/// Throws std::system_error where it can be neither read nor made.
std::string load_or_make_key(const std::filesystem::path& database);

/// What `decide` goes by.
rules::MailPolicy mail_policy(const Desk& desk, const std::string& key);
rules::Letterhead letterhead(const Desk& desk, const std::string& key);

}  // namespace bellhop::daemon
