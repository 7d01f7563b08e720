#include "daemon/work/work_done.hpp"

#include "daemon/process/log.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* fact_begin = "done/";

}  // namespace

std::string dated_fact(std::chrono::sys_seconds at, const std::string& words) {
    return rules::to_text(at) + " " + words;
}

WorkDone read_dated_fact(const std::string& fact) {
    const std::size_t blank = fact.find(' ');
    WorkDone read;
    const auto at = rules::parse_instant(fact.substr(0, blank));
    read.at = at.value_or(std::chrono::sys_seconds{});
    if (blank != std::string::npos) read.words = fact.substr(blank + 1);
    return read;
}

void note_work(storage::Store& store, const WorkDone& work) {
    store.facts.set(fact_begin + work.name, dated_fact(work.at, work.words));
}

void note_other_gateway(storage::Store& store,
                        const std::string& mailbox,
                        std::chrono::sys_seconds now,
                        const std::string& sign) {
    const std::string fact = "other_gateway/" + mailbox;
    const auto passed = now - read_dated_fact(store.facts.find(fact)).at;
    if (passed >= std::chrono::seconds{0} && passed < std::chrono::days{1}) return;
    store.facts.set(fact, dated_fact(now, sign));
    log_event(LogLevel::error, "other_gateway", {{"mailbox", mailbox}, {"sign", sign}});
}

std::vector<WorkDone> work_done(const storage::Store& store) {
    std::vector<WorkDone> all;
    for (const auto& [name, fact] : store.facts.below(fact_begin)) {
        all.push_back(read_dated_fact(fact));
        all.back().name = name;
    }
    return all;
}

}  // namespace bellhop::daemon
