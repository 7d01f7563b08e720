#include "storage/search.hpp"

#include <algorithm>
#include <unordered_set>

#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

constexpr std::size_t max_query = 1024;      // bytes that are looked at; nobody types more
constexpr int max_words = 32;                // each is a pass over the index
constexpr std::size_t max_messages = 20000;  // looked at for one answer: some are of one ticket

bool is_blank(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte <= 0x20 || byte == 0x7f;
}

/// Runs of blanks and line ends become one blank; the marks of found words stay.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char character : text) {
        const bool is_mark = character == '\x02' || character == '\x03';
        if (is_mark || !is_blank(character)) {
            line += character;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    if (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

}  // namespace

std::string match_expression(std::string_view query) {
    query = query.substr(0, max_query);
    std::string expression;
    for (int words = 0; words < max_words; ++words) {
        const auto* begin = std::find_if_not(query.begin(), query.end(), is_blank);
        const auto* end = std::find_if(begin, query.end(), is_blank);
        if (begin == end) break;
        expression += expression.empty() ? "\"" : " \"";
        for (const auto* character = begin; character != end; ++character) {
            if (*character == '"') expression += '"';
            expression += *character;
        }
        expression += '"';
        query.remove_prefix(static_cast<std::size_t>(end - query.begin()));
    }
    if (!expression.empty()) expression += " *";
    return expression;
}

void index_later(Database& database, rules::MessageId message) {
    database.prepare("INSERT INTO search_queue (message) VALUES (?1)", message).run();
}

void index_waiting(Database& database) {
    {
        Statement waiting = database.prepare("SELECT 1 FROM search_queue LIMIT 1");
        if (!waiting.step()) return;
    }
    AtomicWrite write{database};
    database
        .prepare(
            "INSERT INTO message_search (rowid, subject, text) "
            "SELECT t.id, t.subject, t.text FROM search_queue JOIN message_texts t "
            "ON t.id = search_queue.message")
        .run();
    database.prepare("DELETE FROM search_queue").run();
    write.commit();
}

std::vector<FoundTicket> find_text(Database& database, std::string_view query, std::size_t limit) {
    const std::string expression = match_expression(query);
    std::vector<FoundTicket> found;
    if (expression.empty() || limit == 0) return found;
    Statement matches = database.prepare(
        "SELECT messages.ticket, messages.id FROM message_search "
        "JOIN messages ON messages.id = message_search.rowid "
        "JOIN tickets ON tickets.id = messages.ticket AND tickets.restricted = 0 "
        "WHERE message_search MATCH ?1 ORDER BY message_search.rowid DESC LIMIT ?2",
        expression, static_cast<std::int64_t>(max_messages));
    std::unordered_set<std::int64_t> seen;
    while (found.size() < limit && matches.step()) {
        if (!seen.insert(matches.integer(0)).second) continue;
        Statement excerpt = database.prepare(
            "SELECT snippet(message_search, -1, char(2), char(3), '…', 16) FROM message_search "
            "WHERE message_search MATCH ?1 AND rowid = ?2",
            expression, matches.integer(1));
        excerpt.step();
        found.push_back({matches.id<rules::TicketId>(0), one_line(excerpt.text(0))});
    }
    return found;
}

}  // namespace bellhop::storage
