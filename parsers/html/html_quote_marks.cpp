#include "parsers/html/html_quote_marks.hpp"

#include <array>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

enum class Spelling { whole_word, beginning };

struct Marker {
    std::string_view name;
    HtmlMarkKind kind;
    Spelling spelling = Spelling::whole_word;
};

// Classes and ids as they stand in mails, in lower case. Hotmail once put "ecx" before each class,
// Outlook on the web still puts "x_", Yahoo "yiv1234567".
constexpr std::array<Marker, 24> classes = {{
    {"gmail_quote", HtmlMarkKind::quote_begins, Spelling::beginning},  // also gmail_quote_container
    {"gmail_attr", HtmlMarkKind::attribution_begins},
    {"gmail_signature", HtmlMarkKind::signature_begins},
    {"gmail_signature_prefix", HtmlMarkKind::signature_begins},
    {"moz-cite-prefix", HtmlMarkKind::attribution_begins},
    {"moz-email-headers-table", HtmlMarkKind::rest_is_quoted},
    {"moz-signature", HtmlMarkKind::signature_begins},
    {"protonmail_quote", HtmlMarkKind::quote_begins},
    {"protonmail_signature_block", HtmlMarkKind::signature_begins},
    {"tutanota_quote", HtmlMarkKind::quote_begins},
    {"yahoo_quoted", HtmlMarkKind::quote_begins},
    {"yahoo-quoted-begin", HtmlMarkKind::quote_begins},
    {"yahoo-signature", HtmlMarkKind::signature_begins},
    {"zmail_extra", HtmlMarkKind::quote_begins},
    {"zmail_extra_hr", HtmlMarkKind::rest_is_quoted},
    {"mail-quote-collapse", HtmlMarkKind::quote_begins},
    {"mailru-blockquote", HtmlMarkKind::quote_begins},
    {"front-blockquote", HtmlMarkKind::quote_begins},
    {"cm_quote", HtmlMarkKind::quote_begins},
    {"freshdesk_quote", HtmlMarkKind::quote_begins},
    {"zendesk_quote", HtmlMarkKind::quote_begins},
    {"mail-editor-reference-message-container", HtmlMarkKind::rest_is_quoted},
    {"ms-outlook-mobile-reference-message", HtmlMarkKind::rest_is_quoted},
    {"ms-outlook-mobile-signature", HtmlMarkKind::signature_begins},
}};

constexpr std::array<Marker, 17> ids = {{
    {"divrplyfwdmsg", HtmlMarkKind::rest_is_quoted},
    {"appendonsend", HtmlMarkKind::rest_is_quoted},
    {"stopspelling", HtmlMarkKind::rest_is_quoted},
    {"olk_src_body_section", HtmlMarkKind::rest_is_quoted},
    {"mail-editor-reference-message-container", HtmlMarkKind::rest_is_quoted},
    {"ms-outlook-mobile-reference-message", HtmlMarkKind::rest_is_quoted},
    {"reply-intro", HtmlMarkKind::attribution_begins},
    {"replyblockquote", HtmlMarkKind::quote_begins},
    {"yahoo_quoted", HtmlMarkKind::quote_begins, Spelling::beginning},
    {"isreplycontent", HtmlMarkKind::quote_begins},
    {"isforwardcontent", HtmlMarkKind::rest_is_quoted},
    {"includetail", HtmlMarkKind::quote_begins},
    {"signature", HtmlMarkKind::signature_begins},
    {"applemailsignature", HtmlMarkKind::signature_begins},
    {"ms-outlook-mobile-signature", HtmlMarkKind::signature_begins},
    {"protonmail_mobile_signature_block", HtmlMarkKind::signature_begins},
    {"mail_android_quote", HtmlMarkKind::quote_begins},
}};

/// Without what web mailers put before the classes of a mail they show.
std::string_view without_prefix(std::string_view word) {
    if (word.starts_with("ecx")) return word.substr(3);
    while (word.starts_with("x_")) word.remove_prefix(2);
    if (word.starts_with("yiv")) {
        const std::size_t end = word.find_first_not_of("0123456789", 3);
        if (end != word.npos && end > 3) return word.substr(end);
    }
    return word;
}

template <class Markers>
std::optional<HtmlMarkKind> find_marker(std::string_view words, const Markers& markers) {
    const std::string lower = folded(words);
    std::string_view rest = lower;
    while (!rest.empty()) {
        const std::string_view raw = rest.substr(0, rest.find_first_of(" \t\r\n"));
        rest.remove_prefix(std::min(rest.size(), raw.size() + 1));
        const std::string_view word = without_prefix(raw);
        for (const Marker& each : markers) {
            if (word == each.name ||
                (each.spelling == Spelling::beginning && word.starts_with(each.name))) {
                return each.kind;
            }
        }
    }
    return {};
}

std::optional<HtmlMarkKind> by_data_attributes(const HtmlToken& token) {
    const std::string zimbra = folded(token.attribute("data-marker"));
    if (zimbra == "__divider__" || zimbra == "__headers__") return HtmlMarkKind::rest_is_quoted;
    if (zimbra == "__quoted_text__") return HtmlMarkKind::quote_begins;
    if (zimbra.starts_with("__sig_")) return HtmlMarkKind::signature_begins;
    if (folded(token.attribute("data-smartmail")) == "gmail_signature")
        return HtmlMarkKind::signature_begins;
    if (folded(token.attribute("data-signatureblock")) == "true")
        return HtmlMarkKind::signature_begins;
    return {};
}

}  // namespace

std::optional<HtmlMarkKind> quote_mark_of(HtmlTag tag,
                                          const HtmlToken& token,
                                          const HtmlStyle& style) {
    if (token.attributes.empty()) return {};
    if (const std::string_view id = token.attribute("id"); !id.empty()) {
        if (const auto found = find_marker(id, ids)) return found;
    }
    if (const std::string_view name = token.attribute("class"); !name.empty()) {
        if (const auto found = find_marker(name, classes)) {
            // Gmail gives the class to its blockquotes too; they are quoted as blockquotes are.
            if (tag == HtmlTag::blockquote && *found == HtmlMarkKind::quote_begins) return {};
            return found;
        }
    }
    if (tag != HtmlTag::div && tag != HtmlTag::span && tag != HtmlTag::hr) return {};
    // GMX and WEB.DE.
    if (folded(token.attribute("name")) == "quote") return HtmlMarkKind::quote_begins;
    if (const auto found = by_data_attributes(token)) return found;
    if (tag == HtmlTag::div && style.top_border) return HtmlMarkKind::rest_may_be_quoted;
    return {};
}

}  // namespace bellhop::parsers
