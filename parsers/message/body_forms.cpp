#include "parsers/message/body_forms.hpp"

#include <utility>

#include "parsers/html/html_text.hpp"
#include "parsers/message/two_forms.hpp"

namespace bellhop::parsers {

void read_html_as_text(BodyForms& body) {
    if (body.has_text || !body.has_html) return;
    body.text = html_to_text(body.html);
    body.has_text = true;
}

void append(BodyForms& body, BodyForms next) {
    if (next.is_empty()) return;
    if (body.is_empty()) {
        body = std::move(next);
        return;
    }
    if (body.has_text || next.has_text) {
        read_html_as_text(body);
        read_html_as_text(next);
        if (!body.text.empty() && !body.text.ends_with('\n')) body.text += '\n';
        body.text += next.text;
        body.has_plain = body.has_plain || next.has_plain;
    }
    if (next.has_html) {
        body.html += body.has_html ? "\n" : "";
        body.html += next.html;
        body.has_html = true;
    }
}

void add_alternative(BodyForms& body, BodyForms alternative) {
    if (alternative.has_plain && !body.has_plain) {
        body.text = std::move(alternative.text);
        body.has_text = body.has_plain = true;
    }
    if (alternative.has_html && !body.has_html) {
        body.html = std::move(alternative.html);
        body.has_html = true;
    }
}

void settle_alternatives(BodyForms& body) {
    if (!body.has_plain || !body.has_html) return;
    FormChoice choice = choose_form(body.text, body.html);
    switch (choice.form) {
        case TextForm::plain:
            break;
        case TextForm::html:
            body.text.clear();
            body.has_text = body.has_plain = false;
            break;
        case TextForm::both:
            if (!body.text.ends_with('\n')) body.text += '\n';
            body.text += "\n" + std::move(choice.addition);
            break;
    }
}

}  // namespace bellhop::parsers
