// The body of a mail in the forms that its sender gave it: as text, as HTML, as both.
#pragma once

#include <string>

namespace bellhop::parsers {

struct BodyForms {
    std::string text = {};  ///< the plain form, or the HTML read as text once somebody asked for it
    std::string html = {};
    bool has_text = false;
    bool has_html = false;
    bool has_plain = false;  ///< some of `text` was sent as text

    bool is_empty() const { return !has_text && !has_html; }
};

/// Gives a body that is HTML alone a text.
void read_html_as_text(BodyForms& body);

/// Adds `next` below `body`. Where only one of them has plain text, the other's HTML is read as
/// text.
void append(BodyForms& body, BodyForms next);

/// Another alternative of the same content: the first plain text and the first HTML count.
void add_alternative(BodyForms& body, BodyForms alternative);

/// Once all alternatives are known: takes the text out of the HTML where the plain text does not
/// say as much (choose_form).
void settle_alternatives(BodyForms& body);

}  // namespace bellhop::parsers
