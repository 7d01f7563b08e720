// What programs send in a person's name: reactions, receipts, answers to invitations, recalls,
// acknowledgements of other desks, notes of absence that no header field tells.
#pragma once

#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// The signs that a program wrote the text of the mail, or its subject. Enough of them (three
/// points: a strong one, or a medium and a weak one) make an automatic mail.
///
/// A question, or words that are not the program's, take the signs of the text back.
std::vector<Evidence> signs_in_name(const Message& message);

}  // namespace bellhop::parsers
