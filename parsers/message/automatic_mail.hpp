// Whether a person wrote a mail: RFC 3834 and the field's habits, as graded evidence.
#pragma once

#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

struct Classification {
    MessageKind kind = MessageKind::human;
    bool answerable = true;
    std::vector<Evidence> evidence = {};
};

/// Judges by `message`'s fields, addresses, subject, text, attachments and delivery report, which
/// must have been read already. Never fails.
Classification classify(const Message& message);

}  // namespace bellhop::parsers
