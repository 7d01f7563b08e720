#include "storage/ticket_row.hpp"

#include "storage/json_text.hpp"

namespace bellhop::storage {

rules::Ticket ticket_of(const Statement& row) {
    rules::Ticket ticket;
    ticket.id = row.id<rules::TicketId>(0);
    ticket.subject = row.text(1);
    ticket.requester = {row.text(2), row.text(3)};
    ticket.status = row.text(4);
    ticket.priority = row.text(5);
    ticket.team = row.text(6);
    ticket.assignee = row.text(7);
    ticket.school = row.text(8);
    ticket.category = row.text(9);
    ticket.tags = texts_of_json(row.text(10));
    ticket.restricted = row.integer(11) != 0;
    ticket.mailbox = row.text(12);
    ticket.opened_at = row.instant(13);
    ticket.cycle = static_cast<int>(row.integer(14));
    ticket.reopened = static_cast<int>(row.integer(15));
    ticket.participants = texts_of_json(row.text(16));
    ticket.requester_proof = rules::proof_level_named(row.text(17));
    return ticket;
}

}  // namespace bellhop::storage
