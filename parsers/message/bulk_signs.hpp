// What shows that a mail was made for many readers, where it does not say so in its header.
#pragma once

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// Each is a habit of programs that send to many, and not of people; none alone is a proof.
struct BulkSigns {
    bool offers_to_unsubscribe = false;  ///< a link, or an address of one behind the word
    bool offers_web_copy = false;        ///< "view in your browser", in a link
    bool counts_readers = false;         ///< a picture of a point from elsewhere, which tells when
    bool names_campaign = false;         ///< fields by which such programs know a mailing again

    /// Nobody who asks for help offers to be unsubscribed from; with another sign it is a mailing.
    bool is_to_many() const;

    friend bool operator==(const BulkSigns&, const BulkSigns&) = default;
};

/// What stands in the mail itself, its HTML and its text. None of a mail that answers or forwards
/// another one, since that may have been a mailing. Linear in the size of the mail.
BulkSigns bulk_signs(const Message& message);

}  // namespace bellhop::parsers
