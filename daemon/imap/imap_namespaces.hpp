// Where a server wants folders to be: NAMESPACE (RFC 2342).
#pragma once

#include <string>
#include <vector>

#include "daemon/imap/imap_exchange.hpp"

namespace bellhop::daemon {

/// What the server has told; nothing, and names stay as they are.
class ImapNamespaces final : public ImapListener {
public:
    bool take(const parsers::ImapResponse& response) override;
    void take_mail(parsers::ImapFetched&) override {}

    /// The name of a folder as the server knows it. "Processed" is "INBOX.Processed" where folders
    /// of one's own lie below INBOX, and "Desk/Done" is "Desk.Done" where the parts of a name are
    /// divided by dots. INBOX, and names that begin as the server wants it, stay.
    std::string name_of(std::string folder) const;

    bool are_told() const { return !personal_.empty(); }
    /// Of the account's own folders; empty where none was told.
    std::string prefix() const { return are_told() ? personal_.front().prefix : ""; }
    std::string separator() const { return are_told() ? personal_.front().separator : ""; }

private:
    struct Namespace {
        std::string prefix = {};
        std::string separator = {};
    };

    static std::vector<Namespace> namespaces_in(const parsers::ImapValue& list);

    std::vector<Namespace> personal_ = {};
    std::vector<Namespace> others_ = {};  // other people's, and shared
};

}  // namespace bellhop::daemon
