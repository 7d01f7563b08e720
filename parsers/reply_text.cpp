#include "parsers/reply_text.hpp"
namespace bellhop::parsers {
ReplyParts split_reply(std::string_view text) { return {std::string{text}, {}}; }
ReplyParts split_html_reply(std::string_view html) { return {std::string{html}, {}}; }
}  // namespace bellhop::parsers
