#include "rules/desk/tell_words.hpp"

namespace bellhop::rules {
namespace {

std::string because(const std::string& reason) {
    return reason.empty() ? "." : ": " + reason + (reason.ends_with('.') ? "" : ".");
}

/// With a name the sentence is about somebody, else about the ticket.
std::string sentence(const std::string& who, const char* does, const char* otherwise) {
    return who.empty() ? std::string{otherwise} : who + " " + does;
}

}  // namespace

// A switch: the compiler finds an occasion without words.
std::string occasion_words(Occasion occasion, const std::string& who, const std::string& reason) {
    switch (occasion) {
        case Occasion::approval_wanted:
            return sentence(who, "asks for something that waits for your yes.",
                            "A request waits for your yes.");
        case Occasion::late:
            return "A target of this ticket needs your eye.";
        case Occasion::undelivered:
            return "A mail about this ticket has not arrived.";
        case Occasion::complaint:
            return sentence(who, "is not satisfied.", "Somebody is not satisfied.");
        case Occasion::chased:
            return sentence(who, "asks again, and waits.", "Somebody asks again, and waits.");
        case Occasion::reopened:
            return sentence(who, "has written after it was resolved: the ticket is open again.",
                            "The ticket is open again.");
        case Occasion::approved:
            return sentence(who, "has approved it: it can be done now", "It is approved") +
                   because(reason);
        case Occasion::refused:
            return sentence(who, "has refused it", "It is refused") + because(reason);
        case Occasion::assigned:
            return sentence(who, "has given you this ticket", "This ticket is yours now") + ".";
        case Occasion::handed_back:
            return "This ticket is open again, and its clock runs" + because(reason);
        case Occasion::reopened_often:
            return "This ticket comes back again and again.";
        case Occasion::still_waits:
            return "This ticket still waits" + because(reason);
        case Occasion::new_ticket:
            return sentence(who, "asks for help.", "A new ticket has come in.");
        case Occasion::customer_replied:
            return sentence(who, "has answered.", "Somebody has written to this ticket.");
        case Occasion::notified:
            return "The desk wants you to know of this ticket.";
    }
    return {};
}

std::string passed_on_words(const std::string& requester, const std::string& who) {
    return requester + " asks for help; " + who + " has passed it on.";
}

std::string nothing_asked_words(const std::string& who) {
    return sentence(who, "has written", "A mail has come in") +
           "; nobody asks for anything, as it seems: it gets no answer, and no clock runs.";
}

std::string team_words(const std::string& who) {
    return sentence(who, "has given this ticket to your team.", "This ticket is your team's now.");
}

std::string again_words(const std::string& who) {
    return sentence(who, "has opened this ticket again.", "This ticket is open again.");
}

std::string note_words(const std::string& who) {
    return sentence(who, "has written to the desk about this ticket.",
                    "Somebody has written to the desk about this ticket.");
}

std::string complaining_words(const std::string& who) {
    return sentence(who, "has answered, and is not satisfied.",
                    "Somebody has answered, and is not satisfied.");
}

std::string asked_before_words(const std::string& who) {
    return sentence(who, "asks for help, and has asked before, as it seems.",
                    "A new ticket has come in; it was asked for before, as it seems.");
}

std::string rating_words(const std::string& who, std::string_view rating) {
    return (who.empty() ? std::string{"Somebody"} : who) + " gives " + std::string{rating} +
           " of 5.";
}

std::string undelivered_words(const std::string& recipient, const std::string& why) {
    return "Your mail has not reached " + recipient + ". The mail server says: " + why +
           ". Nobody has answered as far as we know, and the clock runs on. Is the address right? "
           "Or ring them.";
}

std::string unreached_words(MailKind kind, const std::string& recipient, const std::string& why) {
    const bool is_to_staff = entry_of(kind).reader == MailReader::staff;
    return std::string{is_to_staff ? "A mail about this ticket" : "Our mail"} +
           " has not reached " + recipient + ". The mail server says: " + why +
           (is_to_staff ? ". What it was to say is in the ticket. Please see to it, and to the "
                          "address."
                        : ". Is the address right? Or ring them.");
}

std::string handed_back_words(const std::string& status_name, const std::string& reason) {
    return "This ticket has left the status \"" + status_name +
           "\" and is yours again; its clock runs: " + reason + ".";
}

std::string still_waits_words(const std::string& status_name,
                              const std::string& since,
                              const std::string& reason) {
    std::string words =
        "This ticket has had the status \"" + status_name + "\" since " + since + ".";
    if (!reason.empty()) words += " It waits for: " + reason + ".";
    return words + " Please ask how things stand, and tell the requester.";
}

std::string approval_reminder_words(int number,
                                    int of,
                                    const std::string& who,
                                    const std::string& since) {
    return "Reminder " + std::to_string(number) + " of " + std::to_string(of) + ": " + who +
           " has waited for your yes or no since " + since + ".";
}

std::string no_approval_words(const std::string& since) {
    return "Nobody has said yes or no to this request, which waits for approval since " + since +
           ". Please ask, or decide on it yourselves.";
}

}  // namespace bellhop::rules
