#include "daemon/work/trouble_round.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "daemon/process/log.hpp"
#include "daemon/work/correspondence.hpp"
#include "parsers/header/address.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"
#include "storage/json_text.hpp"

namespace bellhop::daemon {
namespace {

using News = rules::TroubleNews;

constexpr const char* fact_begin = "trouble/";
constexpr std::size_t most_lines = 20;       // of one mail
constexpr std::size_t most_failed = 100;     // mails that did not arrive, the newest
constexpr std::chrono::days failing_for{7};  // then an address is tried once more

/// What stands in the database about one cause.
struct Memory {
    rules::ToldTrouble told = {};
    std::vector<std::string> mails = {};  ///< numbers in the outbox
};

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::chrono::sys_seconds instant_in(const std::string& text) {
    return rules::parse_instant(text).value_or(std::chrono::sys_seconds{});
}

Memory memory_of(const std::string& cause, const std::string& fact) {
    Memory memory;
    memory.told.cause = cause;
    for (const auto& [name, value] : storage::pairs_of_json(fact)) {
        if (name == "since") memory.told.since = instant_in(value);
        if (name == "told_at") memory.told.told_at = instant_in(value);
        if (name == "size") memory.told.size = number_in(value);
        if (name == "headline") memory.told.headline = value;
        if (name == "mails") memory.mails = storage::texts_of_json(value);
    }
    return memory;
}

std::string fact_of(const Memory& memory) {
    return storage::to_json(storage::TextPairs{{"since", rules::to_text(memory.told.since)},
                                               {"told_at", rules::to_text(memory.told.told_at)},
                                               {"size", std::to_string(memory.told.size)},
                                               {"headline", memory.told.headline},
                                               {"mails", storage::to_json(memory.mails)}});
}

std::vector<Memory> memories(const storage::Store& store) {
    std::vector<Memory> all;
    for (const auto& [cause, fact] : store.facts.below(fact_begin)) {
        all.push_back(memory_of(cause, fact));
    }
    return all;
}

/// Nobody needs yesterday's news beside today's, which a held relay would bring together.
void take_back(storage::Store& store, const std::string& cause) {
    const std::string fact = store.facts.find(fact_begin + cause);
    if (fact.empty()) return;
    for (const std::string& number : memory_of(cause, fact).mails) {
        store.outbox.cancel(storage::OutboxId{number_in(number)}, "there are newer words");
    }
}

rules::TemplateValues values_of(const Filing& filing, const News& news) {
    const rules::BusinessCalendar& calendar = calendar_of(filing.desk, {});
    const auto moment = [&](std::chrono::sys_seconds at) {
        return rules::moment_in_words(calendar, at, filing.now, word_style_of(filing.desk, {}));
    };
    std::string list;
    const std::vector<std::string>& lines = news.trouble.lines;
    for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) {
        list += (i > 0 ? "\n" : "") + lines[i];
    }
    rules::TemplateValues values{
        {"news", rules::news_line(news)}, {"since", moment(news.trouble.since)}, {"list", list}};
    if (news.what == News::What::is_over) values["ends_at"] = moment(filing.now);
    return values;
}

/// Without those whom such mails have not reached of late: whoever comes next is told.
rules::Staff reachable_staff(const Filing& filing) {
    rules::Staff staff = staff_of(filing.desk);
    for (const storage::OutboxMail& mail : filing.store.outbox.failed_about_none(most_failed)) {
        if (filing.now - mail.created_at > failing_for) continue;
        staff.failing.push_back(parsers::address_key(mail.recipient));
    }
    return staff;
}

void tell(const Filing& filing, const News& news) {
    const rules::Trouble& trouble = news.trouble;
    take_back(filing.store, trouble.cause);
    Correspondence mails{filing.store, filing.desk, filing.key, filing.now};
    Memory memory{{trouble.cause, trouble.since, filing.now, trouble.size, trouble.headline}, {}};
    for (const std::string& address : rules::told_of_trouble(reachable_staff(filing))) {
        const auto mail = mails.trouble(address, trouble.cause, values_of(filing, news));
        if (mail) memory.mails.push_back(std::to_string(static_cast<std::int64_t>(*mail)));
    }
    if (news.what == News::What::is_over) {
        filing.store.facts.forget(fact_begin + trouble.cause);
    } else {
        filing.store.facts.set(fact_begin + trouble.cause, fact_of(memory));
    }
    const bool is_told = !memory.mails.empty();
    log_event(is_told ? LogLevel::info : LogLevel::warn,
              is_told ? "trouble_told" : "trouble_untold",
              {{"cause", trouble.cause}, {"news", rules::news_line(news)}});
}

}  // namespace

std::vector<rules::ToldTrouble> told_troubles(const storage::Store& store) {
    std::vector<rules::ToldTrouble> told;
    for (Memory& one : memories(store)) told.push_back(std::move(one.told));
    return told;
}

bool tell_troubles(const Filing& filing, const std::vector<rules::Trouble>& troubles) {
    if (!calendar_of(filing.desk, {}).is_open(filing.now)) return false;
    const std::vector<News> news =
        rules::trouble_news(troubles, told_troubles(filing.store), filing.now);
    if (news.empty()) return false;
    storage::Transaction transaction{filing.store.database};
    for (const News& one : news) tell(filing, one);
    transaction.commit();
    return true;
}

std::vector<storage::OutboxMail> mails_past_store(const Filing& filing,
                                                  const rules::Trouble& trouble) {
    std::vector<storage::OutboxMail> mails;
    if (!calendar_of(filing.desk, {}).is_open(filing.now)) return mails;
    const Correspondence writer{filing.store, filing.desk, filing.key, filing.now};
    for (const std::string& address : rules::told_of_trouble(staff_of(filing.desk))) {
        mails.push_back(writer.trouble_past_store(
            address, trouble.cause, values_of(filing, {News::What::begins, trouble})));
    }
    return mails;
}

}  // namespace bellhop::daemon
