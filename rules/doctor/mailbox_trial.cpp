#include "rules/doctor/mailbox_trial.hpp"

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

using parsers::in_quotes;

Finding namespaces(const MailboxTrial& trial) {
    const std::string check = trial.what + ": namespace";
    if (!trial.tells_namespaces)
        return well(check, "the server names none; folders are named as written");
    const std::string prefix =
        trial.prefix.empty() ? "no prefix" : "prefix " + in_quotes(trial.prefix);
    const std::string separator = trial.separator.empty()
                                      ? "no folders below others"
                                      : "separator " + in_quotes(trial.separator);
    return well(check, prefix + ", " + separator);
}

Finding folder(const MailboxTrial& trial) {
    const std::string check = trial.what + ": folder";
    const std::string name = in_quotes(trial.wishes.folder);
    // Exchange's words for an account that may sign in and nothing else.
    const bool is_shut_out =
        parsers::lower_case(trial.select_words).find("not connected") != std::string::npos;
    if (!trial.is_selected && is_shut_out) {
        return failing(check, name + " cannot be opened: " + trial.select_words,
                       "give the account full access to the mailbox, switch IMAP on for it, and "
                       "wait an hour");
    }
    if (!trial.is_selected) {
        return failing(check, name + " cannot be opened: " + trial.select_words,
                       "correct folder in bellhop.toml (nearly always \"INBOX\"), or give the "
                       "account the right to read it");
    }
    if (trial.is_read_only) {
        return failing(check, name + " may be read only: nothing can be moved or flagged",
                       "give the account full access to the mailbox (rights to write and delete)");
    }
    return well(check, name + ", " + std::to_string(trial.mails) + " mails; " +
                           (trial.waits ? "new mail is told at once (IDLE)"
                                        : "no IDLE: new mail is looked for at each poll"));
}

Finding not_makeable(const MailboxTrial& trial, const std::string& check) {
    const std::string wanted = in_quotes(trial.processed_name);
    std::string remedy =
        "make the folder in a mail program, or write as processed_folder one "
        "that is there";
    if (!trial.tells_namespaces &&
        parsers::lower_case(trial.create_words).find("prefix") != std::string::npos) {
        remedy = "write processed_folder with the prefix that the server wants";
    }
    return failing(check, wanted + " is not there and cannot be made: " + trial.create_words,
                   remedy);
}

/// Where a mail goes once its ticket is stored.
Finding processed(const MailboxTrial& trial) {
    if (!trial.wishes.moves || !trial.can_move) {
        const std::string check = trial.what + ": processed flag";
        const std::string why =
            trial.wishes.moves ? "the server can neither MOVE nor UID EXPUNGE; " : "";
        if (trial.keeps_flag) {
            const std::string seen = why + "mails stay, with the flag " + trial.wishes.flag;
            return trial.wishes.moves
                       ? doubtful(check, seen, "write after_commit = \"flag\" if that is meant")
                       : well(check, seen);
        }
        return failing(
            check, why + "the mailbox does not keep the flag " + trial.wishes.flag,
            trial.can_move
                ? "write after_commit = \"move\""
                : "write processed_flag = \"\\\\Seen\": a flag that every mailbox keeps");
    }
    const std::string check = trial.what + ": processed folder";
    const std::string name = in_quotes(trial.processed_name);
    if (!trial.has_processed) return not_makeable(trial, check);
    return well(check, name + (trial.has_made_processed ? " was made" : " is there"));
}

Finding sent(const MailboxTrial& trial) {
    const std::string check = trial.what + ": sent folder";
    if (trial.sent_folder) return well(check, in_quotes(*trial.sent_folder));
    return doubtful(check, "none is marked as such, or has a usual name",
                    "what people send from this mailbox in a mail program is not seen: let them "
                    "reply to the gateway's mails instead");
}

}  // namespace

Findings judge_mailbox(const MailboxTrial& trial) {
    Findings all{namespaces(trial), folder(trial)};
    if (all.back().state == FindingState::fail && !trial.is_selected) return all;
    all.push_back(processed(trial));
    all.push_back(sent(trial));
    return all;
}

Finding judge_broken_mailbox(const std::string& what, const std::string& words) {
    return failing(what + ": folder", "the connection broke: " + words,
                   "try again; the server's log has this minute");
}

}  // namespace bellhop::rules
