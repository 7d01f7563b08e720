#include "parsers/html_text.hpp"
namespace bellhop::parsers {
std::string html_to_text(std::string_view html) { return std::string{html}; }
}  // namespace bellhop::parsers
