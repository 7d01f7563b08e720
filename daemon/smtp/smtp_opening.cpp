#include "daemon/smtp/smtp_opening.hpp"

#include <vector>

namespace bellhop::daemon {

using parsers::SmtpReply;
using rules::SmtpStage;

namespace {

std::vector<SmtpReply> replies_in(std::string_view opening) {
    std::vector<SmtpReply> replies;
    parsers::SmtpReplyParser parser;
    while (!opening.empty()) {
        const parsers::SmtpReplyParser::Step step = parser.feed(opening);
        opening.remove_prefix(step.taken);
        if (step.state == parsers::SmtpReplyParser::State::fault) break;
        if (step.state == parsers::SmtpReplyParser::State::reply) replies.push_back(parser.take());
    }
    return replies;
}

}  // namespace

Delivery delivery_from(const SmtpReply& reply, SmtpStage stage) {
    Delivery delivery{Verdict::deferred, reply.code, reply.text(), stage};
    if (reply.is_positive() && stage == SmtpStage::content) delivery.verdict = Verdict::accepted;
    if (reply.is_permanent()) delivery.verdict = Verdict::rejected;
    return delivery;
}

Delivery delivery_from(const ConnectionError& error, std::string_view opening) {
    const std::vector<SmtpReply> replies = replies_in(opening);
    Delivery delivery{Verdict::deferred, 0, error.code().message() + ": " + error.detail(),
                      SmtpStage::connection};
    const bool was_answered =
        error.kind() == ConnectionErrc::login_refused || error.kind() == ConnectionErrc::refused;
    if (!was_answered) return delivery;
    delivery.stage = replies.size() <= 1 ? SmtpStage::greeting : SmtpStage::hello;
    if (error.kind() == ConnectionErrc::login_refused) delivery.stage = SmtpStage::login;
    // A login that was not even tried ends behind a reply that refuses nothing.
    const bool was_refused = !replies.empty() && replies.back().code >= 400;
    return was_refused ? delivery_from(replies.back(), delivery.stage) : delivery;
}

parsers::SmtpExtensions extensions_in(std::string_view opening) {
    parsers::SmtpExtensions extensions;
    for (const SmtpReply& reply : replies_in(opening)) {
        if (reply.code == 250) extensions = parsers::extensions_of(reply);
    }
    return extensions;
}

std::optional<Delivery> missing_login(Authentication configured, std::string_view opening) {
    if (configured == Authentication::none) return std::nullopt;
    for (const SmtpReply& reply : replies_in(opening)) {
        if (reply.code == 235) return std::nullopt;
    }
    return Delivery{Verdict::deferred, 0,
                    "the server offers no login (AUTH), and a user is configured",
                    SmtpStage::login};
}

}  // namespace bellhop::daemon
