#include "parsers/protocol/sasl_bearer.hpp"

#include <algorithm>
#include <vector>

#include <boost/json.hpp>

#include "parsers/encoding/base64.hpp"
#include "parsers/encoding/transfer_encoding.hpp"
#include "parsers/protocol/smtp_reply.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::parsers {
namespace {

constexpr char separator = '\x01';               // kvsep of RFC 7628 section 3.1
constexpr std::size_t max_challenge = 4 * 1024;  // bytes of base64; more is no challenge
constexpr std::size_t max_words = 300;           // bytes of what it says

/// RFC 5801 section 4: a saslname.
std::string saslname(std::string_view user) {
    std::string name;
    for (const char c : user) {
        if (c == ',') {
            name += "=2C";
        } else if (c == '=') {
            name += "=3D";
        } else {
            name += c;
        }
    }
    return name;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

class Offer {
public:
    void name(std::string_view mechanism) {
        if (equal_ignoring_case(mechanism, "OAUTHBEARER")) offer_.oauthbearer = true;
        if (equal_ignoring_case(mechanism, "XOAUTH2")) offer_.xoauth2 = true;
        names_.push_back(printable(mechanism, max_words));
    }
    void allow_initial_response() { offer_.initial_response = true; }
    LoginOffer take() {
        offer_.mechanisms = printable(joined(names_, ", "), max_words);
        return offer_;
    }

private:
    LoginOffer offer_ = {};
    std::vector<std::string> names_ = {};
};

/// The list of capabilities in a line, "* CAPABILITY ..." or "[CAPABILITY ...]"; empty where there
/// is none.
std::string_view capabilities_in(std::string_view line) {
    constexpr std::string_view untagged = "* CAPABILITY ";
    constexpr std::string_view code = "[CAPABILITY ";
    if (starts_with_ignoring_case(line, untagged)) return line.substr(untagged.size());
    const std::size_t at = line.find(code);
    if (at == std::string_view::npos) return {};
    const std::string_view list = line.substr(at + code.size());
    return list.substr(0, std::min(list.find(']'), list.size()));
}

}  // namespace

std::string_view name_of(BearerMechanism mechanism) {
    return mechanism == BearerMechanism::oauthbearer ? "OAUTHBEARER" : "XOAUTH2";
}

std::string initial_response(BearerMechanism mechanism, const BearerLogin& login) {
    std::string response;
    if (mechanism == BearerMechanism::oauthbearer) {
        response = "n,a=" + saslname(login.user) + ',' + separator + "host=" + login.host +
                   separator + "port=" + std::to_string(login.port) + separator;
    } else {
        response = "user=" + login.user + separator;
    }
    response += "auth=Bearer " + login.token + separator + separator;
    return encode_base64(response);
}

std::string answer_to_refusal(BearerMechanism mechanism) {
    return mechanism == BearerMechanism::oauthbearer ? encode_base64("\x01") : "";
}

std::string challenge_words(std::string_view base64) {
    if (base64.size() > max_challenge) return {};
    const Decoded decoded = read_base64(trimmed(base64));
    if (decoded.is_damaged || decoded.bytes.empty()) return {};
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(decoded.bytes, error);
    if (error || !value.is_object()) return printable(decoded.bytes, max_words);
    std::vector<std::string> words;
    for (const boost::json::key_value_pair& one : value.get_object()) {
        const std::string text = one.value().is_string()
                                     ? std::string{one.value().get_string().c_str()}
                                     : boost::json::serialize(one.value());
        words.push_back(std::string{one.key_c_str()} + ' ' + text);
    }
    return printable(joined(words, ", "), max_words);
}

LoginOffer imap_login_offer(std::string_view said) {
    constexpr std::string_view prefix = "AUTH=";
    std::string_view last;
    while (!said.empty()) {
        const std::size_t end = std::min(said.find('\n'), said.size());
        const std::string_view list = capabilities_in(trimmed(said.substr(0, end)));
        if (!list.empty()) last = list;
        said.remove_prefix(std::min(end + 1, said.size()));
    }
    Offer offer;
    for (const std::string_view word : words_of(last)) {
        if (equal_ignoring_case(word, "SASL-IR")) offer.allow_initial_response();
        if (starts_with_ignoring_case(word, prefix)) offer.name(word.substr(prefix.size()));
    }
    return offer.take();
}

LoginOffer smtp_login_offer(std::string_view said) {
    SmtpReply last;
    SmtpReplyParser parser;
    while (!said.empty()) {
        const SmtpReplyParser::Step step = parser.feed(said);
        said.remove_prefix(step.taken);
        if (step.state == SmtpReplyParser::State::fault) break;
        if (step.state != SmtpReplyParser::State::reply) continue;
        SmtpReply reply = parser.take();
        if (reply.code == 250) last = std::move(reply);
    }
    Offer offer;
    offer.allow_initial_response();
    for (const std::string& line : last.lines) {
        const std::vector<std::string_view> words = words_of(line);
        if (words.empty() || !equal_ignoring_case(words.front(), "AUTH")) continue;
        for (std::size_t i = 1; i < words.size(); ++i) offer.name(words[i]);
    }
    return offer.take();
}

}  // namespace bellhop::parsers
