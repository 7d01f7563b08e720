#include "parsers/message/bulk_signs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "parsers/header/thread_fields.hpp"
#include "parsers/html/html_style.hpp"
#include "parsers/html/html_tokenizer.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t longest_link_text = 300;  // bytes that are looked at
constexpr std::size_t longest_line = 500;       // bytes of a line of text that offers something
constexpr int largest_point = 2;                // pixels: no reader sees it

// In lower case, without marks on letters where people leave them out.
constexpr std::array unsubscribe_words{"unsubscribe",
                                       "unsub",
                                       "opt-out",
                                       "opt out",
                                       "optout",
                                       "email preferences",
                                       "manage preferences",
                                       "subscription preferences",
                                       "update your preferences",
                                       "abmelden",
                                       "abbestellen",
                                       "desabonner",
                                       "d\xc3\xa9sabonner",
                                       "desinscri",
                                       "d\xc3\xa9sinscri",
                                       "darse de baja",
                                       "cancelar suscrip",
                                       "disiscri",
                                       "afmelden",
                                       "uitschrijven"};
constexpr std::array web_copy_words{
    "browser",     "navigateur",  "navegador",      "web version",    "webversion",
    "version web", "view online", "online version", "read it online", "view this email"};
constexpr std::array campaign_fields{"feedback-id",    "x-csa-complaints", "x-campaign",
                                     "x-campaignid",   "x-campaign-id",    "x-mailer-recptid",
                                     "x-report-abuse", "x-report-abuse-to"};

template <std::size_t Count>
bool has_any(std::string_view text, const std::array<const char*, Count>& words) {
    return std::any_of(words.begin(), words.end(), [text](const char* word) {
        return text.find(word) != std::string_view::npos;
    });
}

bool is_on_the_web(std::string_view address) {
    const std::string begin = lower_case(trimmed(address).substr(0, 8));
    return begin.starts_with("http://") || begin.starts_with("https://") || begin.starts_with("//");
}

bool is_point(std::string_view size) {
    int pixels = 0;
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), pixels);
    return error == std::errc{} && pixels <= largest_point;
}

/// "width:1px", as far as a mail program writes it.
bool has_point_size(std::string_view style, std::string_view name) {
    const std::size_t at = style.find(name);
    if (at == std::string_view::npos) return false;
    std::string_view rest = trimmed(style.substr(at + name.size()));
    if (!rest.starts_with(':')) return false;
    rest = trimmed(rest.substr(1));
    return is_point(rest.substr(0, rest.find_first_not_of("0123456789")));
}

bool counts_readers(const HtmlToken& picture) {
    if (!is_on_the_web(picture.attribute("src"))) return false;
    const std::string style = lower_case(picture.attribute("style"));
    if (read_style(style).hidden) return true;
    const bool is_narrow = is_point(picture.attribute("width")) || has_point_size(style, "width");
    const bool is_low = is_point(picture.attribute("height")) || has_point_size(style, "height");
    return is_narrow && is_low;
}

void look_at_link(std::string_view href, std::string_view shown, BulkSigns& signs) {
    const std::string target = lower_case(href.substr(0, longest_link_text));
    const std::string words = lower_case(shown);
    const bool leads_away = is_on_the_web(href) || target.starts_with("mailto:");
    if (!leads_away) return;
    if (has_any(words, unsubscribe_words) || has_any(target, unsubscribe_words)) {
        signs.offers_to_unsubscribe = true;
    }
    if (is_on_the_web(href) && has_any(words, web_copy_words)) signs.offers_web_copy = true;
}

void look_at_html(std::string_view html, BulkSigns& signs) {
    HtmlTokenizer tokenizer{html};
    HtmlToken token;
    std::string_view href;
    std::string shown;
    bool is_in_link = false;
    while (tokenizer.next(token)) {
        if (token.kind == HtmlTokenKind::text && is_in_link && shown.size() < longest_link_text) {
            shown += token.text.substr(0, longest_link_text);
        }
        const bool ends_link = token.name == "a" && token.kind != HtmlTokenKind::text;
        if (ends_link && is_in_link) {
            look_at_link(href, shown, signs);
            is_in_link = false;
        }
        if (token.kind != HtmlTokenKind::start_tag) continue;
        if (token.name == "a") {
            href = token.attribute("href");
            shown.clear();
            is_in_link = true;
        } else if (token.name == "img" && counts_readers(token)) {
            signs.counts_readers = true;
        }
    }
}

/// "Unsubscribe: https://...", in a mail of plain text.
void look_at_text(std::string_view text, BulkSigns& signs) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line = lower_case(text.substr(0, std::min(end, longest_line)));
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t link = line.find("http");
        if (link == std::string::npos || !is_on_the_web(std::string_view{line}.substr(link))) {
            continue;
        }
        if (has_any(line, unsubscribe_words)) signs.offers_to_unsubscribe = true;
        if (has_any(std::string_view{line}.substr(0, link), web_copy_words)) {
            signs.offers_web_copy = true;
        }
    }
}

bool is_about_another_mail(const Message& message) {
    return !message.in_reply_to.empty() || !message.references.empty() || message.forwarded ||
           subject_mark(message.subject) != SubjectMark::none;
}

}  // namespace

bool BulkSigns::is_to_many() const {
    const int others = static_cast<int>(offers_web_copy) + static_cast<int>(counts_readers) +
                       static_cast<int>(names_campaign);
    return offers_to_unsubscribe && others > 0;
}

BulkSigns bulk_signs(const Message& message) {
    BulkSigns signs;
    if (is_about_another_mail(message)) return signs;
    signs.names_campaign = std::any_of(
        message.fields.begin(), message.fields.end(),
        [](const HeaderField& field) { return contains(campaign_fields, lower_case(field.name)); });
    if (message.html) look_at_html(*message.html, signs);
    look_at_text(message.text, signs);
    return signs;
}

}  // namespace bellhop::parsers
