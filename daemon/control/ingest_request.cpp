#include "daemon/control/ingest_request.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <sysexits.h>

#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_header = 256 * 1024;  // of a mail that is too large to be taken whole

std::uint32_t four_bytes(const parsers::Sha256& digest, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | digest[i];
    return value;
}

std::string header_of(std::string bytes) {
    bytes.resize(
        std::min({bytes.find("\n\r\n"), bytes.find("\n\n"), longest_header, bytes.size()}));
    return bytes;
}

}  // namespace

/// A mail that comes without a UID gets one from its content: given twice it is known, and one that
/// kills the parser is recognised however often the mail server offers it.
Request ingest_request(const std::string& mailbox, std::string bytes, std::size_t largest) {
    const parsers::Sha256 digest = parsers::sha256(bytes);
    Request request{"ingest",
                    {{"mailbox", mailbox},
                     {"uidvalidity", four_bytes(digest, 0)},
                     {"uid", four_bytes(digest, 4)},
                     {"size", bytes.size()},
                     {"whole", bytes.size() <= largest}},
                    {}};
    request.body = bytes.size() <= largest ? std::move(bytes) : header_of(std::move(bytes));
    return request;
}

Answer ingest(const RequestContext& context, const Request& request) {
    IncomingMail mail;
    mail.mailbox = required_text(request, "mailbox");
    const std::vector<MailboxSettings>& known = context.desk.settings.mailboxes;
    const bool is_known = std::any_of(
        known.begin(), known.end(), [&mail](const auto& one) { return one.name == mail.mailbox; });
    if (!is_known) return refused(EX_NOUSER, "no mailbox is named \"" + mail.mailbox + "\"");
    mail.key = {"ingest/" + mail.mailbox,
                static_cast<std::uint32_t>(required_number(request, "uidvalidity")),
                static_cast<std::uint32_t>(required_number(request, "uid"))};
    mail.size = static_cast<std::uint64_t>(required_number(request, "size"));
    mail.extent =
        flag_argument(request, "whole") ? rules::Extent::whole : rules::Extent::header_only;
    mail.arrived = context.clock.now();
    mail.bytes = request.body;
    if (const auto pause = context.intake.pause_before(mail.key, context.desk); pause.count() > 0) {
        return refused(EX_TEMPFAIL, "processes have died over this mail; it is tried again in " +
                                        std::to_string(pause.count()) + " s");
    }
    const std::vector<Taken> taken = context.intake.take({&mail, 1}, context.desk);
    ensure(taken.size() == 1);
    json::object result{{"outcome", to_string(taken.front().outcome)}};
    if (taken.front().ticket) result["ticket"] = static_cast<std::int64_t>(*taken.front().ticket);
    if (!taken.front().reason.empty()) result["reason"] = taken.front().reason;
    return {EX_OK, std::move(result), {}};
}

}  // namespace bellhop::daemon
