#include "daemon/desk/limit_settings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/text/quantity.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::in_quotes;

std::optional<RateLimit> parse_rate_limit(std::string_view text) {
    constexpr std::string_view between = " in ";
    constexpr int most = 100'000;
    constexpr auto longest = std::chrono::days{7};  // what is remembered is not older
    const std::size_t at = text.find(between);
    if (at == 0 || at == std::string_view::npos) return std::nullopt;
    int count = 0;
    for (const char c : text.substr(0, at)) {
        if (c < '0' || c > '9' || count > most) return std::nullopt;
        count = count * 10 + (c - '0');
    }
    const auto window = parsers::parse_duration(text.substr(at + between.size()));
    if (count < 1 || count > most || !window) return std::nullopt;
    if (*window < 1s || *window > longest) return std::nullopt;
    return RateLimit{count, *window};
}

/// The limits of `key`; `usual` where it is missing.
std::vector<RateLimit> read_limits_of(ConfigTable& table,
                                      const std::string& key,
                                      const std::vector<RateLimit>& usual) {
    if (!table.has(key)) return usual;
    std::vector<RateLimit> limits;
    for (const ConfigValue& item : table.items(key)) {
        const std::optional<std::string> text = item.text();
        if (!text) continue;
        if (const auto limit = parse_rate_limit(*text)) {
            limits.push_back(*limit);
        } else {
            item.complain("not a limit: " + in_quotes(*text),
                          {"for example: " + key + " = [\"3 in 10min\", \"10 in 24h\"]"});
        }
    }
    return limits;
}

}  // namespace

AcknowledgementSettings read_acknowledgement(ConfigTable& table) {
    AcknowledgementSettings acknowledgement;
    acknowledgement.enabled = table.boolean("enabled").value_or(true);
    for (const auto& [key, limits] :
         {std::pair{"limits", &acknowledgement.limits},
          std::pair{"domain_limits", &acknowledgement.domain_limits},
          std::pair{"stranger_limits", &acknowledgement.stranger_limits},
          std::pair{"total_limits", &acknowledgement.total_limits}}) {
        *limits = read_limits_of(table, key, *limits);
    }
    const auto written = table.value("limits");
    if (written && written->items().empty()) {
        written->complain("without a limit two robots would answer each other for ever",
                          {"for example: limits = [\"3 in 10min\", \"10 in 24h\"]"});
    }
    table.refuse_unknown_keys();
    return acknowledgement;
}

LimitSettings read_limits(ConfigTable& table) {
    constexpr std::size_t kilobyte = 1000;
    constexpr std::size_t gigabyte = kilobyte * kilobyte * kilobyte;
    LimitSettings limits;
    limits.message_bytes =
        table.size("message_size", 100 * kilobyte, gigabyte / 2).value_or(limits.message_bytes);
    limits.free_disk_bytes =
        table.size("free_disk", 0, 1000 * gigabyte).value_or(limits.free_disk_bytes);
    limits.attempts = static_cast<int>(table.integer("attempts", 1, 10).value_or(limits.attempts));
    for (const auto& [key, tickets] : {std::pair{"sender_tickets", &limits.sender_tickets},
                                       std::pair{"stranger_tickets", &limits.stranger_tickets},
                                       std::pair{"total_tickets", &limits.total_tickets}}) {
        *tickets = read_limits_of(table, key, *tickets);
    }
    table.refuse_unknown_keys();
    return limits;
}

}  // namespace bellhop::daemon
