// Whether the gateway can work in a mailbox that it has signed in to: what was seen there, and what
// that means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rules/doctor/finding.hpp"

namespace bellhop::rules {

/// What a mailbox is for the gateway.
struct MailboxWishes {
    std::string folder = {};     ///< as configured
    bool moves = true;           ///< after_commit = "move"
    std::string processed = {};  ///< the folder that mails are moved to, as configured
    std::string flag = {};       ///< set where they are not moved
};

struct MailboxTrial {
    std::string what = {};  ///< "mailbox support"
    MailboxWishes wishes = {};

    // NAMESPACE (RFC 2342)
    bool tells_namespaces = false;
    std::string prefix = {};          ///< of the account's own folders: "INBOX."
    std::string separator = {};       ///< of their names
    std::string processed_name = {};  ///< the name on the server that follows from these

    // SELECT
    bool is_selected = false;
    std::string select_words = {};  ///< of a refusal
    bool is_read_only = false;
    std::uint32_t mails = 0;

    // Where mails go
    bool can_move = false;  ///< MOVE or UIDPLUS
    bool keeps_flag = false;
    bool has_processed = false;  ///< it was there, or is now
    bool has_made_processed = false;
    std::string create_words = {};  ///< of a refusal

    bool waits = false;                      ///< IDLE
    std::optional<std::string> sent_folder;  ///< where programs keep what was sent (RFC 6154)
};

/// "...: namespace", "...: folder", and of one that can be opened "...: processed folder" and
/// "...: sent folder". Pure.
Findings judge_mailbox(const MailboxTrial& trial);

/// "...: folder" of a mailbox over which the connection broke.
Finding judge_broken_mailbox(const std::string& what, const std::string& words);

}  // namespace bellhop::rules
