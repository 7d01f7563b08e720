#include "daemon/view/attachment_list.hpp"

#include <algorithm>

#include "daemon/view/local_moment.hpp"
#include "daemon/view/table.hpp"
#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ascii.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t name_width = 60;  // characters

template <class Fits>
std::vector<const ListedAttachment*> fitting(const std::vector<ListedAttachment>& all,
                                             const Fits& fits) {
    std::vector<const ListedAttachment*> found;
    for (const ListedAttachment& one : all) {
        if (fits(one)) found.push_back(&one);
    }
    return found;
}

}  // namespace

std::vector<ListedAttachment> attachments_of(const storage::Store& store, rules::TicketId ticket) {
    std::vector<ListedAttachment> all;
    for (const storage::StoredMessage& message : store.tickets.messages(ticket)) {
        for (const storage::StoredAttachment& one : message.attachments) {
            all.push_back(
                {static_cast<int>(all.size()) + 1, message.at, message.from.address, one});
        }
    }
    return all;
}

boost::json::array to_json(const std::vector<ListedAttachment>& all) {
    boost::json::array array;
    for (const ListedAttachment& one : all) {
        array.push_back({{"number", one.number},
                         {"at", rules::to_text(one.at)},
                         {"from", one.from},
                         {"name", one.stored.filename},
                         {"content_type", one.stored.content_type},
                         {"size", one.stored.size}});
    }
    return array;
}

std::string in_words(const std::vector<ListedAttachment>& all,
                     const rules::BusinessCalendar& calendar,
                     std::chrono::sys_seconds now) {
    if (all.empty()) return "no files\n";
    std::vector<std::vector<std::string>> rows;
    for (const ListedAttachment& one : all) {
        rows.push_back({std::to_string(one.number), one.stored.filename,
                        std::to_string(one.stored.size), one.stored.content_type, one.from,
                        local_moment(calendar, one.at, now)});
    }
    return table({{"NUMBER", 12, true},
                  {"NAME", name_width},
                  {"BYTES", 12, true},
                  {"TYPE", 40},
                  {"FROM", 40},
                  {"AT", 24}},
                 rows);
}

ChosenAttachment chosen_attachment(const std::vector<ListedAttachment>& all,
                                   std::string_view name) {
    std::vector<const ListedAttachment*> found =
        fitting(all, [&](const ListedAttachment& one) { return one.stored.filename == name; });
    if (found.empty()) {
        found = fitting(
            all, [&](const ListedAttachment& one) { return std::to_string(one.number) == name; });
    }
    if (found.empty()) {
        found = fitting(all, [&](const ListedAttachment& one) {
            return parsers::starts_with_ignoring_case(one.stored.filename, name);
        });
    }
    if (found.empty()) {
        return {{},
                "it has no file " + parsers::in_quotes(name) + " among its " +
                    std::to_string(all.size())};
    }
    const bool are_same = std::all_of(found.begin(), found.end(), [&](const auto* one) {
        return one->stored.sha256 == found.front()->stored.sha256;
    });
    if (are_same) return {*found.back(), {}};
    std::string numbers;
    for (const ListedAttachment* one : found) {
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(one->number);
    }
    return {{}, parsers::in_quotes(name) + " can mean several; say a number: " + numbers};
}

}  // namespace bellhop::daemon
