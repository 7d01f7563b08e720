#include "rules/desk/tell_words.hpp"

#include <cstdint>

#include "parsers/text/lists.hpp"

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

std::string team_words(const std::string& who) {
    return sentence(who, "has given this ticket to your team.", "This ticket is your team's now.");
}

std::string again_words(const std::string& who) {
    return sentence(who, "has opened this ticket again.", "This ticket is open again.");
}

std::string unproved_words(const std::string& who) {
    const std::string tail =
        " Nothing in it counts before somebody has looked: if it is one of yours, write a note or "
        "answer the ticket.";
    if (who.empty()) {
        return "A mail from the desk's own address lies with this ticket, and nothing proves who "
               "has written it." +
               tail;
    }
    return "A mail in the name of " + who +
           " lies with this ticket. Nothing proves that it is his, and he has been asked about too "
           "many others today." +
           tail;
}

std::string unreached_words(const std::vector<std::string>& names) {
    return "The desk's rules want " + parsers::joined(names, ", ") +
           " to know of this ticket, and no address of theirs is known. Please tell them, and look "
           "at people.toml.";
}

std::string merged_words(const std::string& who, TicketId part, TicketId whole) {
    const auto number = [](TicketId id) { return std::to_string(static_cast<std::int64_t>(id)); };
    return sentence(who, "has made ticket ", "Ticket ") + number(part) +
           (who.empty() ? " is a part of ticket " : " a part of ticket ") + number(whole) +
           (who.empty() ? " now." : ".") + " Its mails lie here, and its requester takes part.";
}

std::string note_words(const std::string& who) {
    return sentence(who, "has written to the desk about this ticket.",
                    "Somebody has written to the desk about this ticket.");
}

std::string refused_again_words(const std::string& who) {
    return sentence(who, "has come back to what was refused", "What was refused has come back") +
           ": it waits for approval again.";
}

std::string rating_words(const std::string& who, std::string_view rating) {
    return (who.empty() ? std::string{"Somebody"} : who) + " gives " + std::string{rating} +
           " of 5.";
}

std::string bounce_words(std::string_view addresses) {
    return "Our mail to " + std::string{addresses} + " has come back.";
}

std::string undelivered_words(const std::string& recipient, const std::string& why) {
    return "Your mail has not reached " + recipient + ". The mail server says: " + why +
           ". Nobody has answered as far as we know, and the clock runs on. Is the address right? "
           "Or ring them.";
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
