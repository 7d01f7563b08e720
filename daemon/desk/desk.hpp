// The desk as configured: everything that the files of the configuration folder decide, checked as
// a whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "daemon/desk/desk_time.hpp"
#include "daemon/desk/mail_texts.hpp"
#include "daemon/desk/rule_files.hpp"
#include "daemon/desk/settings.hpp"
#include "parsers/config/diagnostic.hpp"
#include "rules/desk/decide.hpp"
#include "rules/mail/answer_mail.hpp"
#include "rules/people/staff.hpp"

namespace bellhop::daemon {

/// Whether rules whose own [[test]] mails fail are taken all the same.
enum class OwnTests { must_pass, may_fail };

struct Desk {
    Settings settings = {};
    MailTexts texts = {};
    ConfiguredRules rules;
    DeskCalendars calendars = {};
    rules::SlaPolicy policy = {};
    std::string time_digest = {};              ///< of the files that timers are reckoned with
    OwnTests own_tests = OwnTests::must_pass;  ///< that it was loaded with
    rules::MailPhrases phrases = {};           ///< all of them
};

/// Loads all files of the folder. What the desk has not written down stays open: without rules.toml
/// every ticket has the default priority, without sla.toml nothing is promised, without
/// calendar.toml (which sla.toml needs) the desk is always open, without people.toml nobody is
/// known. Rules that were left out are loaded all the same where only they name the priorities.
///
/// Errors: the complaints about all of them at once.
boost::system::result<Desk, parsers::Diagnostics> load_desk(const std::filesystem::path& folder,
                                                            OwnTests tests = OwnTests::must_pass,
                                                            RulesFile rules = RulesFile::loaded);

/// The same, whoever may change the files: load_desk() complains of that, too.
boost::system::result<Desk, parsers::Diagnostics> load_desk_files(
    const std::filesystem::path& folder,
    OwnTests tests = OwnTests::must_pass,
    RulesFile rules = RulesFile::loaded);

/// The files that it was loaded from, but for the texts of templates/; also such as are not there.
std::vector<std::string> files_of(const Desk& desk);

/// The hours that hold for a school; the desk's own where it has none, or is not known.
const rules::BusinessCalendar& calendar_of(const Desk& desk, std::string_view school);
/// The same calendar's way to write dates.
rules::WordStyle word_style_of(const Desk& desk, std::string_view school);
/// The school's service plan; empty where there is none.
std::string plan_of(const Desk& desk, std::string_view school);

/// The text of a kind of mail. Precondition: there is one of that name: a shipped template, or one
/// that the loading has checked.
const rules::MailText& text_named(const Desk& desk, std::string_view name);

/// Keys (parsers::address_key) of the desk's own addresses: its mailboxes, and further ones.
std::vector<std::string> own_addresses(const Desk& desk);

/// Who of the desk is told of things. `desk` outlives the result.
rules::Staff staff_of(const Desk& desk);

/// What `decide` goes by.
rules::MailPolicy mail_policy(const Desk& desk, const std::string& key);
rules::Letterhead letterhead(const Desk& desk, const std::string& key);

}  // namespace bellhop::daemon
