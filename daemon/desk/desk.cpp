#include "daemon/desk/desk.hpp"

#include <optional>
#include <system_error>

#include "daemon/desk/desk_vocabulary.hpp"
#include "daemon/desk/folder_guard.hpp"
#include "daemon/desk/text_file.hpp"
#include "parsers/config/diagnostic.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

/// Loads the files one after the other: what stands in one may be named in the next.
class DeskLoader {
public:
    DeskLoader(std::filesystem::path folder, RulesFile rules_wanted)
        : folder_(std::move(folder)),
          rules_wanted_{has("sla.toml") ? rules_wanted : RulesFile::loaded} {}

    boost::system::result<Desk, parsers::Diagnostics> load(OwnTests tests) {
        std::optional<Settings> settings = taken(load_settings(folder_));
        MailTexts texts = load_mail_texts(folder_ / "templates", complaints_);
        rules::MailPhrases phrases = load_phrases(folder_ / "templates", complaints_);
        const bool has_policy = has("sla.toml");
        std::optional<DeskCalendars> calendars =
            has_policy || has("calendar.toml")
                ? taken(load_calendars(folder_))
                : open_around_the_clock(settings ? settings->desk.time_zone : "Etc/UTC");
        std::optional<rules::SlaPolicy> policy =
            has_policy ? taken(load_sla_policy(folder_)) : rules::SlaPolicy{};
        std::optional<ConfiguredRules> rules = load_rules(settings, texts, calendars, policy);
        if (rules && calendars) check_schools(*rules, *calendars);
        if (rules && policy) check_ladder(*policy, *rules);
        if (rules && tests == OwnTests::must_pass) add(failed_tests(*rules));
        if (!complaints_.empty()) return std::move(complaints_);
        if (!has_policy) {
            policy->default_priority = rules->rule_set().book().start.priority.value_or("");
            for (const std::string& id : rules->rule_set().book().priorities) {
                policy->priorities.push_back({id, id});
            }
        }
        std::string digest = time_digest(*calendars);
        return Desk{std::move(*settings),
                    std::move(texts),
                    std::move(*rules),
                    std::move(*calendars),
                    std::move(*policy),
                    std::move(digest),
                    tests,
                    std::move(phrases)};
    }

private:
    bool has(const char* file) const { return !is_missing(folder_ / file); }

    void add(const parsers::Diagnostics& found) {
        complaints_.insert(complaints_.end(), found.begin(), found.end());
    }

    template <class Value>
    std::optional<Value> taken(boost::system::result<Value, parsers::Diagnostics> result) {
        if (result.has_value()) return std::move(*result);
        add(result.error());
        return std::nullopt;
    }

    /// Term dates may stand in files of their own, too.
    std::string time_digest(const DeskCalendars& calendars) const {
        std::vector<std::filesystem::path> files{folder_ / "sla.toml", folder_ / "calendar.toml",
                                                 folder_ / "people.toml"};
        files.insert(files.end(), calendars.files.begin(), calendars.files.end());
        std::string text;
        for (const std::filesystem::path& file : files) {
            text += file.lexically_relative(folder_).string() + '\n' +
                    parsers::hex(parsers::sha256(read_text_file(file).value_or(""))) + '\n';
        }
        return parsers::hex(parsers::sha256(text));
    }

    /// What the other files name is checked in the rules; nothing is where they are wrong
    /// themselves.
    std::optional<ConfiguredRules> load_rules(const std::optional<Settings>& settings,
                                              const MailTexts& texts,
                                              const std::optional<DeskCalendars>& calendars,
                                              const std::optional<rules::SlaPolicy>& policy) {
        const std::string priority = policy && !policy->default_priority.empty()
                                         ? policy->default_priority
                                     : settings ? settings->default_priority
                                                : "P3";
        return taken(load_rule_files(folder_ / "rules.toml", folder_ / "people.toml",
                                     vocabulary_of(settings, texts, calendars, policy), priority,
                                     rules_wanted_));
    }

    void check_schools(const ConfiguredRules& rules, const DeskCalendars& calendars) {
        if (!rules.people) return;
        for (const rules::School& school : rules.people->schools) {
            if (calendars.find(school.calendar) != nullptr) continue;
            complaints_.push_back(
                {school.where,
                 "there is no calendar " + parsers::in_quotes(school.calendar) + " for " +
                     parsers::in_quotes(school.name),
                 {"calendar.toml describes it: [calendar." + school.calendar + "]"}});
        }
    }

    /// A misspelt name would tell nobody of a missed target.
    void check_ladder(const rules::SlaPolicy& policy, const ConfiguredRules& rules) {
        if (!rules.people) return;
        for (const rules::LadderStep& step : policy.ladder) {
            for (const std::string& name : step.tell) {
                if (rules::is_somebody(*rules.people, name)) continue;
                complaints_.push_back({step.where,
                                       "nobody is called " + parsers::in_quotes(name),
                                       {"tell \"assignee\", \"team\", \"manager\", an address, or "
                                        "a name of people.toml"}});
            }
        }
    }

    std::filesystem::path folder_;
    RulesFile rules_wanted_;
    parsers::Diagnostics complaints_ = {};
};

std::string loop_mark(const std::string& key) {
    constexpr std::size_t length =
        16;  // base32 characters: enough that no other installation has the same
    return parsers::base32(parsers::hex(parsers::hmac_sha256(key, "loop mark"))).substr(0, length);
}

std::vector<rules::MailLimit> mail_limits(const std::vector<RateLimit>& limits) {
    std::vector<rules::MailLimit> all;
    for (const RateLimit& limit : limits) {
        all.push_back({static_cast<std::size_t>(limit.count), limit.window});
    }
    return all;
}

}  // namespace

boost::system::result<Desk, parsers::Diagnostics> load_desk_files(
    const std::filesystem::path& folder, OwnTests tests, RulesFile rules) {
    // A reload shall keep the last good configuration, whatever the loaders meet.
    try {
        return DeskLoader{folder, rules}.load(tests);
    } catch (const std::system_error& error) {
        return parsers::Diagnostics{
            {{folder.string(), 1, 1, 1}, std::string{"cannot be read: "} + error.what(), {}}};
    }
}

boost::system::result<Desk, parsers::Diagnostics> load_desk(const std::filesystem::path& folder,
                                                            OwnTests tests,
                                                            RulesFile rules) {
    auto desk = load_desk_files(folder, tests, rules);
    // Where bellhop.toml cannot be read the database is taken for the default one.
    parsers::Diagnostics faults =
        folder_faults(folder, desk ? desk->settings.database : folder / "data/bellhop.db");
    if (faults.empty()) return desk;
    if (desk.has_error()) {
        const parsers::Diagnostics found = desk.error();  // error() gives a copy
        faults.insert(faults.end(), found.begin(), found.end());
    }
    return faults;
}

std::vector<std::string> files_of(const Desk& desk) {
    std::vector<std::string> files = desk.rules.files;
    for (const char* name : {"bellhop.toml", "people.toml", "sla.toml", "calendar.toml"}) {
        files.push_back((desk.settings.folder / name).string());
    }
    for (const std::filesystem::path& file : desk.calendars.files) files.push_back(file.string());
    return files;
}

const rules::BusinessCalendar& calendar_of(const Desk& desk, std::string_view school) {
    const rules::School* known = desk.rules.people ? desk.rules.people->school(school) : nullptr;
    const rules::BusinessCalendar* calendar =
        known != nullptr ? desk.calendars.find(known->calendar) : nullptr;
    return calendar != nullptr ? *calendar : desk.calendars.calendars.front();
}

rules::WordStyle word_style_of(const Desk& desk, std::string_view school) {
    return desk.calendars.entry(calendar_of(desk, school).plan().name).style;
}

std::string plan_of(const Desk& desk, std::string_view school) {
    const rules::School* known = desk.rules.people ? desk.rules.people->school(school) : nullptr;
    return known != nullptr ? known->plan : std::string{};
}

const rules::MailText& text_named(const Desk& desk, std::string_view name) {
    const auto found = desk.texts.find(name);
    ensure(found != desk.texts.end());  // every kind of mail has a shipped text
    return found->second;
}

std::vector<std::string> own_addresses(const Desk& desk) {
    std::vector<std::string> keys;
    for (const MailboxSettings& mailbox : desk.settings.mailboxes) {
        keys.push_back(parsers::address_key(mailbox.address));
    }
    for (const std::string& address : desk.settings.desk.own_addresses) {
        keys.push_back(parsers::address_key(address));
    }
    return keys;
}

rules::Staff staff_of(const Desk& desk) {
    return {desk.rules.known_people(), desk.settings.desk.manager, own_addresses(desk)};
}

rules::MailPolicy mail_policy(const Desk& desk, const std::string& key) {
    const Settings& settings = desk.settings;
    rules::MailPolicy policy;
    policy.tag = settings.desk.ticket_tag;
    policy.staff = staff_of(desk);
    policy.keys = key;
    policy.statuses = desk.policy.statuses;
    policy.answers.enabled = settings.acknowledgement.enabled;
    policy.answers.loop_mark = loop_mark(key);
    const AcknowledgementSettings& acknowledgement = settings.acknowledgement;
    policy.answers.budget = {
        mail_limits(acknowledgement.limits), mail_limits(acknowledgement.domain_limits),
        mail_limits(acknowledgement.stranger_limits), mail_limits(acknowledgement.total_limits)};
    policy.tickets = {mail_limits(settings.limits.sender_tickets),
                      {},
                      mail_limits(settings.limits.stranger_tickets),
                      mail_limits(settings.limits.total_tickets)};
    policy.flood_team = desk.rules.rule_set().book().start.team.value_or("");
    policy.answers.own_addresses = own_addresses(desk);
    return policy;
}

rules::Letterhead letterhead(const Desk& desk, const std::string& key) {
    const DeskSettings& settings = desk.settings.desk;
    return {settings.name,
            settings.phone,
            settings.ticket_tag,
            settings.time_zone,
            loop_mark(key),
            key,
            desk.settings.limits.message_bytes,
            desk.phrases.say(rules::MailPhrase::your_request, {})};
}

}  // namespace bellhop::daemon
