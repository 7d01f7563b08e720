#include "daemon/desk/desk_vocabulary.hpp"

#include <utility>

#include "daemon/desk/text_file.hpp"
#include "rules/calendar/calendar_layers.hpp"

namespace bellhop::daemon {
namespace {

template <class Value>
std::optional<Value> if_right(boost::system::result<Value, parsers::Diagnostics> result) {
    if (result.has_error()) return std::nullopt;
    return *std::move(result);
}

}  // namespace

rules::Vocabulary vocabulary_of(const std::optional<Settings>& settings,
                                const MailTexts& texts,
                                const std::optional<DeskCalendars>& calendars,
                                const std::optional<rules::SlaPolicy>& policy) {
    rules::Vocabulary vocabulary;
    if (policy) {
        for (const rules::Priority& each : policy->priorities) {
            vocabulary.priorities.push_back(each.id);
        }
    }
    if (settings) {
        vocabulary.mailboxes.emplace();
        for (const MailboxSettings& each : settings->mailboxes) {
            vocabulary.mailboxes->push_back(each.name);
        }
    }
    if (calendars) {
        vocabulary.layers.emplace();
        for (const rules::CalendarEntry& each : calendars->entries) {
            for (std::string& name : rules::layer_names(each.plan)) {
                vocabulary.layers->push_back(std::move(name));
            }
        }
    }
    vocabulary.templates.emplace();
    for (const auto& [name, text] : texts) vocabulary.templates->push_back(name);
    return vocabulary;
}

rules::Vocabulary folder_vocabulary(const std::filesystem::path& folder) {
    const auto has = [&folder](const char* file) { return !is_missing(folder / file); };
    std::optional<Settings> settings;
    if (has("bellhop.toml")) settings = if_right(load_settings(folder));
    std::optional<DeskCalendars> calendars;
    if (has("calendar.toml")) calendars = if_right(load_calendars(folder));
    std::optional<rules::SlaPolicy> policy;
    if (has("sla.toml")) policy = if_right(load_sla_policy(folder));
    parsers::Diagnostics unheard;
    const MailTexts texts = load_mail_texts(folder / "templates", unheard);
    rules::Vocabulary vocabulary = vocabulary_of(settings, texts, calendars, policy);
    // A folder of rules only, as for trying them: templates may be anywhere else.
    if (!has("bellhop.toml")) vocabulary.templates.reset();
    return vocabulary;
}

}  // namespace bellhop::daemon
