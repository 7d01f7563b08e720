// What stands around the words of a mail: banners above them, the signature and disclaimers below.
#pragma once

#include <cstddef>

#include "parsers/reply/mail_lines.hpp"
#include "parsers/reply/signature.hpp"

namespace bellhop::parsers {

/// Cuts what is furniture of the lines before `end`, older mails being cut: never all that was
/// written.
void cut_furniture(MailLines& lines, std::size_t end, const MailSetting& setting);

}  // namespace bellhop::parsers
