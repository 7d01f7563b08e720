#include "rules/ticket/mail_report.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/header/address.hpp"

namespace bellhop::rules {
namespace {

struct WayWords {
    std::string_view name = {};  // of the value "way"
    MailStep step = MailStep::sent;
    std::string_view detail = {};  // before the recipient
};

/// In the order of MailWay.
constexpr std::array<WayWords, 6> ways{{{"sent", MailStep::sent, "accepted for "},
                                        {"deferred", MailStep::deferred, "not yet taken for "},
                                        {"refused", MailStep::failed, "refused for "},
                                        {"given_up", MailStep::failed, "given up for "},
                                        {"cancelled", MailStep::cancelled, "to "},
                                        {"withdrawn", MailStep::cancelled, " to "}}};

std::string value(const TicketEvent& entry, std::string_view name) {
    for (const auto& [key, text] : entry.values) {
        if (key == name) return text;
    }
    return {};
}

}  // namespace

TicketEvent log_entry(const MailReport& report,
                      std::chrono::sys_seconds at,
                      const std::string& actor) {
    const WayWords& words = ways.at(static_cast<std::size_t>(report.way));
    TicketEvent entry{at, MailEvent{report.kind, words.step}, actor, {}, {}};
    entry.detail = std::string{words.detail} + report.recipient;
    if (report.way == MailWay::withdrawn) {
        entry.type = Event::withdrawn;
        entry.detail = name_of(report.kind) + entry.detail;
    }
    if (!report.words.empty()) entry.detail += ": " + report.words;
    entry.values = {{"mail", report.message_id},
                    {"kind", name_of(report.kind)},
                    {"way", std::string{words.name}},
                    {"to", report.recipient},
                    {"words", report.words}};
    if (!report.writer.empty()) entry.values.emplace_back("writer", report.writer);
    if (report.way == MailWay::refused) {
        entry.values.emplace_back("failed", parsers::address_key(report.recipient));
    }
    return entry;
}

std::optional<MailReport> mail_report_of(const TicketEvent& entry) {
    const std::string name = value(entry, "way");
    const auto* const found = std::find_if(ways.begin(), ways.end(),
                                           [&](const WayWords& one) { return one.name == name; });
    const auto kind = mail_kind_of(value(entry, "kind"));
    if (found == ways.end() || !kind || value(entry, "mail").empty()) return std::nullopt;
    return MailReport{static_cast<MailWay>(found - ways.begin()),
                      *kind,
                      value(entry, "to"),
                      value(entry, "mail"),
                      value(entry, "words"),
                      value(entry, "writer")};
}

}  // namespace bellhop::rules
