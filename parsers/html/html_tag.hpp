// The elements of HTML that change how its text reads.
#pragma once

#include <cstdint>
#include <string_view>

namespace bellhop::parsers {

enum class HtmlTag : std::uint8_t {
    other,
    a,
    address,
    article,
    aside,
    blockquote,
    br,
    button,
    canvas,
    caption,
    center,
    dd,
    details,
    dir,
    div,
    dl,
    dt,
    fieldset,
    figcaption,
    figure,
    footer,
    form,
    h1,
    h2,
    h3,
    h4,
    h5,
    h6,
    header,
    hr,
    img,
    input,
    legend,
    li,
    main,
    map,
    math,
    menu,
    nav,
    noscript,
    ol,
    optgroup,
    option,
    p,
    pre,
    q,
    section,
    select,
    span,
    summary,
    svg,
    table,
    tbody,
    td,
    textarea,
    tfoot,
    th,
    thead,
    tr,
    ul,
    xml,
    font,
    b,
    i,
    u,
    strong,
    em,
    small,
    big,
    sup,
    sub,
    tt,
    code,
    body,
    html,
    head,
    label,
    audio,
    video,
    count
};

/// The element of that name (lower case); `other` for those without a meaning here.
HtmlTag html_tag(std::string_view name);

/// Whether the element stands in lines of its own.
bool is_block(HtmlTag tag);

/// Elements that have no content, and so no end tag.
bool is_void(HtmlTag tag);

}  // namespace bellhop::parsers
