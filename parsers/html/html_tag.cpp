#include "parsers/html/html_tag.hpp"

#include <algorithm>
#include <array>

namespace bellhop::parsers {
namespace {

struct Named {
    std::string_view name;
    HtmlTag tag;
};

// clang-format off
constexpr std::array<Named, 78> named = {{  // sorted by name
    {"a", HtmlTag::a}, {"address", HtmlTag::address}, {"article", HtmlTag::article},
    {"aside", HtmlTag::aside}, {"audio", HtmlTag::audio}, {"b", HtmlTag::b}, {"big", HtmlTag::big},
    {"blockquote", HtmlTag::blockquote}, {"body", HtmlTag::body}, {"br", HtmlTag::br},
    {"button", HtmlTag::button}, {"canvas", HtmlTag::canvas}, {"caption", HtmlTag::caption},
    {"center", HtmlTag::center}, {"code", HtmlTag::code}, {"dd", HtmlTag::dd},
    {"details", HtmlTag::details}, {"dir", HtmlTag::dir}, {"div", HtmlTag::div},
    {"dl", HtmlTag::dl}, {"dt", HtmlTag::dt}, {"em", HtmlTag::em}, {"fieldset", HtmlTag::fieldset},
    {"figcaption", HtmlTag::figcaption}, {"figure", HtmlTag::figure}, {"font", HtmlTag::font},
    {"footer", HtmlTag::footer}, {"form", HtmlTag::form}, {"h1", HtmlTag::h1}, {"h2", HtmlTag::h2},
    {"h3", HtmlTag::h3}, {"h4", HtmlTag::h4}, {"h5", HtmlTag::h5}, {"h6", HtmlTag::h6},
    {"head", HtmlTag::head}, {"header", HtmlTag::header}, {"hr", HtmlTag::hr},
    {"html", HtmlTag::html}, {"i", HtmlTag::i}, {"img", HtmlTag::img}, {"input", HtmlTag::input},
    {"label", HtmlTag::label}, {"legend", HtmlTag::legend}, {"li", HtmlTag::li},
    {"main", HtmlTag::main}, {"map", HtmlTag::map}, {"math", HtmlTag::math},
    {"menu", HtmlTag::menu}, {"nav", HtmlTag::nav}, {"noscript", HtmlTag::noscript},
    {"ol", HtmlTag::ol}, {"optgroup", HtmlTag::optgroup}, {"option", HtmlTag::option},
    {"p", HtmlTag::p}, {"pre", HtmlTag::pre}, {"q", HtmlTag::q}, {"section", HtmlTag::section},
    {"select", HtmlTag::select}, {"small", HtmlTag::small}, {"span", HtmlTag::span},
    {"strong", HtmlTag::strong}, {"sub", HtmlTag::sub}, {"summary", HtmlTag::summary},
    {"sup", HtmlTag::sup}, {"svg", HtmlTag::svg}, {"table", HtmlTag::table},
    {"tbody", HtmlTag::tbody}, {"td", HtmlTag::td}, {"textarea", HtmlTag::textarea},
    {"tfoot", HtmlTag::tfoot}, {"th", HtmlTag::th}, {"thead", HtmlTag::thead}, {"tr", HtmlTag::tr},
    {"tt", HtmlTag::tt}, {"u", HtmlTag::u}, {"ul", HtmlTag::ul}, {"video", HtmlTag::video},
    {"xml", HtmlTag::xml},
}};
// clang-format on

}  // namespace

HtmlTag html_tag(std::string_view name) {
    const auto* const found =
        std::lower_bound(named.begin(), named.end(), name,
                         [](const Named& a, std::string_view b) { return a.name < b; });
    return found != named.end() && found->name == name ? found->tag : HtmlTag::other;
}

bool is_block(HtmlTag tag) {
    switch (tag) {
        case HtmlTag::address:
        case HtmlTag::article:
        case HtmlTag::aside:
        case HtmlTag::blockquote:
        case HtmlTag::caption:
        case HtmlTag::center:
        case HtmlTag::dd:
        case HtmlTag::details:
        case HtmlTag::dir:
        case HtmlTag::div:
        case HtmlTag::dl:
        case HtmlTag::dt:
        case HtmlTag::fieldset:
        case HtmlTag::figcaption:
        case HtmlTag::figure:
        case HtmlTag::footer:
        case HtmlTag::form:
        case HtmlTag::h1:
        case HtmlTag::h2:
        case HtmlTag::h3:
        case HtmlTag::h4:
        case HtmlTag::h5:
        case HtmlTag::h6:
        case HtmlTag::header:
        case HtmlTag::hr:
        case HtmlTag::legend:
        case HtmlTag::li:
        case HtmlTag::main:
        case HtmlTag::menu:
        case HtmlTag::nav:
        case HtmlTag::ol:
        case HtmlTag::option:
        case HtmlTag::p:
        case HtmlTag::pre:
        case HtmlTag::section:
        case HtmlTag::summary:
        case HtmlTag::table:
        case HtmlTag::textarea:
        case HtmlTag::tr:
        case HtmlTag::ul:
        case HtmlTag::body:
            return true;
        default:
            return false;
    }
}

bool is_void(HtmlTag tag) {
    return tag == HtmlTag::br || tag == HtmlTag::hr || tag == HtmlTag::img || tag == HtmlTag::input;
}

}  // namespace bellhop::parsers
