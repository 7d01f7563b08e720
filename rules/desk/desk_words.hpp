// What goes out of a mail that somebody of the desk has written: his own words and his files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/ticket/action.hpp"

namespace bellhop::rules {

/// `text` without the lines that he quotes: they are ours to him, and not for the customer. Empty
/// where he has only quoted.
std::string own_words(std::string_view text);

/// His attachments, without the pictures of a signature and what signs the mail.
std::vector<AttachedFile> files_of(const parsers::Message& message);

/// "plan.pdf, a file"
std::string names_of(const std::vector<AttachedFile>& files);

}  // namespace bellhop::rules
