#include "parsers/html/link_text.hpp"

#include <array>

#include "parsers/html/html_entities.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::array<std::string_view, 7> schemes = {
    "http://", "https://", "mailto:", "tel:", "ftp://", "file://", "sip:"};

void append_escaped(std::string& out, char32_t c) {
    if (c == '<') {
        out += "%3C";
    } else if (c == '>') {
        out += "%3E";
    } else if (c == ' ' || c == 0xA0) {
        out += "%20";
    } else if (c > 0x20 && !(c >= 0x7F && c < 0xA0)) {
        append_utf8(out, c);
    }
}

std::string_view bare(std::string_view link) {
    link = stripped(link);
    if (link.starts_with('<') && link.ends_with('>')) link = link.substr(1, link.size() - 2);
    for (const std::string_view scheme : schemes) {
        if (link.starts_with(scheme)) {
            link.remove_prefix(scheme.size());
            break;
        }
    }
    if (link.starts_with("www.")) link.remove_prefix(4);
    while (link.ends_with('/')) link.remove_suffix(1);
    return link;
}

}  // namespace

std::string link_target(std::string_view href) {
    href = stripped(href);
    const std::string lower = folded(href.substr(0, 10));
    if (!starts_with_any(lower, schemes) && !lower.starts_with("www.")) return {};
    std::string out;
    for (std::size_t at = 0; at < href.size();) {
        const Entity entity = entity_at(href.substr(at), EntityPlace::attribute);
        const CodePoint c =
            entity.length > 0 ? CodePoint{entity.value, entity.length} : code_point_at(href, at);
        append_escaped(out, c.value);
        at += c.length;
        if (out.size() > max_link) return {};
    }
    return out;
}

bool is_same_link(std::string_view shown, std::string_view url) {
    if (shown.size() > max_link) return false;
    const std::string lower_url = folded(url);
    std::string_view target = lower_url;
    if (target.starts_with("mailto:")) target = target.substr(0, target.find('?'));
    const std::string lower_shown = folded(shown);
    return bare(lower_shown) == bare(target);
}

}  // namespace bellhop::parsers
