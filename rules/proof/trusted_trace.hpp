// The part of a mail's header that our own servers wrote: what stands above what the sender sent.
//
// Servers put their fields on top, or directly below their own Received field (Gmail, Amazon,
// whatever a milter of Postfix writes). So the part ends at the next Received field below the one
// by which a server of ours took the mail from a stranger, or where the author's fields begin.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::rules {

enum class MailOrigin {
    outside,   ///< a server of ours took it from a stranger
    inside,    ///< every hop is ours, or the last one a signed-in client's
    not_known  ///< a hop is by a server that was not expected
};

struct TrustedTrace {
    MailOrigin origin = MailOrigin::not_known;
    std::size_t end = 0;  ///< the fields before this index are our servers' own; 0: none

    friend bool operator==(const TrustedTrace&, const TrustedTrace&) = default;
};

/// By servers whose authserv-id is one of `ids`: ours are the hosts of these names, of their parent
/// domains where these are not shared by strangers ("sch.uk"), and localhost. A host that only
/// calls itself by such a name is a stranger.
TrustedTrace trace_of_domain(const std::vector<parsers::HeaderField>& fields,
                             const std::vector<std::string>& ids);

/// At Google: the first hop that has an origin is by mx.google.com.
TrustedTrace trace_at_google(const std::vector<parsers::HeaderField>& fields);

/// At Exchange Online: the edge is *.mail.protection.outlook.com. `end` is the edge's own Received
/// field: Exchange writes above it.
TrustedTrace trace_at_microsoft(const std::vector<parsers::HeaderField>& fields);

/// Whether a host, in lower case, is Exchange Online's own, where no tenant's mail leaves it.
bool is_exchange_online(std::string_view host);

}  // namespace bellhop::rules
