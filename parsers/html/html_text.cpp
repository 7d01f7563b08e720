#include "parsers/html/html_text.hpp"

#include "parsers/html/html_layout.hpp"

namespace bellhop::parsers {

std::string html_to_text(std::string_view html) {
    return lay_out_html(html).text;
}

}  // namespace bellhop::parsers
