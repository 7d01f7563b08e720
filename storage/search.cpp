#include "storage/search.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>
#include <utility>

#include "parsers/text/ascii.hpp"
#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

constexpr std::size_t max_query = 1024;      // bytes that are looked at; nobody types more
constexpr int max_words = 32;                // each is a pass over the index
constexpr std::size_t max_messages = 20000;  // looked at for one answer: some are of one ticket
constexpr std::size_t max_waiting = 2000;    // read for one answer: half a second

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

// One text for both indexes: that of all messages, and that of those that wait for it.
#define MATCHES(index)                                                                            \
    "SELECT messages.ticket, messages.id FROM " index " JOIN messages ON messages.id = " index    \
    ".rowid JOIN tickets ON tickets.id = messages.ticket AND tickets.restricted = 0 WHERE " index \
    " MATCH ?1 ORDER BY " index ".rowid DESC LIMIT ?2"
#define EXCERPT(index)                                                                     \
    "SELECT snippet(" index ", -1, char(2), char(3), '…', 16) FROM " index " WHERE " index \
    " MATCH ?1 AND rowid = ?2"

/// Makes an index in memory of the newest messages that wait for the one on the disk, with the same
/// idea of a word. False where none waits. A connection that may not write may do this.
bool index_waiting_aside(Database& database) {
    if (!database.prepare("SELECT 1 FROM search_queue LIMIT 1").step()) return false;
    database.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.waiting_search USING fts5(subject, text, "
        "tokenize = 'unicode61 remove_diacritics 2')");
    database.execute("DELETE FROM temp.waiting_search");  // what one that failed has left
    database
        .prepare(
            "INSERT INTO temp.waiting_search (rowid, subject, text) "
            "SELECT t.id, t.subject, t.text FROM "
            "(SELECT message FROM search_queue ORDER BY message DESC LIMIT ?1) "
            "JOIN message_texts t ON t.id = message",
            static_cast<std::int64_t>(max_waiting))
        .run();
    return true;
}

/// Adds the tickets of the matches that are not there yet, until there are `limit`.
void collect(Database& database,
             Statement matches,
             const char* excerpt_of,
             const std::string& expression,
             std::size_t limit,
             std::unordered_set<std::int64_t>& seen,
             std::vector<FoundTicket>& found) {
    while (found.size() < limit && matches.step()) {
        if (!seen.insert(matches.integer(0)).second) continue;
        Statement excerpt = database.prepare(excerpt_of, expression, matches.integer(1));
        excerpt.step();
        found.push_back({matches.id<rules::TicketId>(0), one_line(excerpt.text(0))});
    }
}

std::vector<std::string> words_of(std::string_view query) {
    std::vector<std::string> words;
    bool is_in_word = false;
    for (const char character : query.substr(0, max_query)) {
        if (is_blank(character)) {
            is_in_word = false;
            continue;
        }
        if (!is_in_word && words.size() == max_words) break;
        if (!is_in_word) words.emplace_back();
        words.back() += parsers::lower(character);
        is_in_word = true;
    }
    return words;
}

#define FIELDS                                                                             \
    "lower(requester_name || ' ' || requester_address || ' ' || school || ' ' || team || " \
    "' ' || assignee || ' ' || tags)"

/// The newest tickets on which the word is written.
std::vector<std::int64_t> with_field(Database& database, const std::string& word) {
    Statement query =
        database.prepare("SELECT id FROM tickets WHERE restricted = 0 AND instr(" FIELDS
                         ", ?1) > 0 ORDER BY id DESC LIMIT ?2",
                         word, static_cast<std::int64_t>(max_messages));
    std::vector<std::int64_t> tickets;
    while (query.step()) tickets.push_back(query.integer(0));
    return tickets;
}

/// Sets for each ticket the words that are not written on it.
void fill_rest(Database& database,
               const std::vector<std::string>& words,
               std::map<std::int64_t, std::string>& rest) {
    for (auto& [ticket, remaining] : rest) {
        Statement query = database.prepare("SELECT " FIELDS " FROM tickets WHERE id = ?1", ticket);
        if (!query.step()) continue;
        const std::string fields = query.text(0);
        for (const std::string& word : words) {
            if (fields.find(word) == std::string::npos) {
                remaining += (remaining.empty() ? "" : " ") + word;
            }
        }
    }
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

bool has_to_index(Database& database) {
    return database.prepare("SELECT 1 FROM search_queue LIMIT 1").step();
}

bool index_some(Database& database, std::size_t most) {
    std::optional<Transaction> own;
    if (!database.in_transaction()) own.emplace(database, Durability::process_death);
    std::int64_t last = 0;
    {
        Statement end = database.prepare(
            "SELECT max(message), count(*) FROM "
            "(SELECT message FROM search_queue ORDER BY message LIMIT ?1)",
            static_cast<std::int64_t>(most));
        end.step();
        if (end.integer(1) == 0) return false;
        last = end.integer(0);
    }
    database
        .prepare(
            "INSERT INTO message_search (rowid, subject, text) "
            "SELECT t.id, t.subject, t.text FROM search_queue JOIN message_texts t "
            "ON t.id = search_queue.message WHERE search_queue.message <= ?1",
            last)
        .run();
    database.prepare("DELETE FROM search_queue WHERE message <= ?1", last).run();
    const bool more = has_to_index(database);
    if (own) own->commit();
    return more;
}

void remove_from_index(Database& database, rules::MessageId message) {
    database.prepare("DELETE FROM search_queue WHERE message = ?1", message).run();
    if (database.changes() > 0) return;
    // Those of ours that are automatic were never put into it.
    database
        .prepare(
            "INSERT INTO message_search (message_search, rowid, subject, text) "
            "SELECT 'delete', t.id, t.subject, t.text FROM message_texts t "
            "JOIN messages ON messages.id = t.id "
            "WHERE t.id = ?1 AND (direction <> 'out' OR kind = 'human')",
            message)
        .run();
}

std::size_t waiting_for_index(Database& database) {
    Statement waiting = database.prepare("SELECT count(*) FROM search_queue");
    waiting.step();
    return static_cast<std::size_t>(waiting.integer(0));
}

std::size_t not_searched(Database& database) {
    const std::size_t count = waiting_for_index(database);
    return count > max_waiting ? count - max_waiting : 0;
}

std::vector<FoundTicket> find_text(Database& database, std::string_view query, std::size_t limit) {
    const std::string expression = match_expression(query);
    std::vector<FoundTicket> found;
    if (expression.empty() || limit == 0) return found;
    std::unordered_set<std::int64_t> seen;
    // What waits for the index is newer than what stands in it.
    if (index_waiting_aside(database)) {
        collect(database,
                database.prepare(MATCHES("waiting_search"), expression,
                                 static_cast<std::int64_t>(max_messages)),
                EXCERPT("waiting_search"), expression, limit, seen, found);
        database.execute("DELETE FROM temp.waiting_search");
    }
    collect(database,
            database.prepare(MATCHES("message_search"), expression,
                             static_cast<std::int64_t>(max_messages)),
            EXCERPT("message_search"), expression, limit, seen, found);
    return found;
}

std::vector<FoundTicket> find_anywhere(Database& database,
                                       std::string_view query,
                                       std::size_t limit) {
    std::vector<FoundTicket> found = find_text(database, query, limit);
    const std::vector<std::string> words = words_of(query);
    // Tickets on which some of the words are written; the others must stand in their messages.
    std::map<std::int64_t, std::string> rest;  // by ticket
    for (const std::string& word : words) {
        for (const std::int64_t ticket : with_field(database, word)) rest[ticket];
    }
    if (rest.empty()) return found;
    std::unordered_set<std::int64_t> known;
    for (const FoundTicket& one : found) known.insert(static_cast<std::int64_t>(one.ticket));
    fill_rest(database, words, rest);
    std::map<std::string, std::map<rules::TicketId, std::string>> in_text;  // by the rest
    for (const auto& [ticket, remaining] : rest) {
        const rules::TicketId id{ticket};
        if (known.contains(ticket)) continue;
        if (remaining.empty()) {
            found.push_back({id, {}});
            continue;
        }
        auto looked_up = in_text.find(remaining);
        if (looked_up == in_text.end()) {
            looked_up = in_text.emplace(remaining, std::map<rules::TicketId, std::string>{}).first;
            for (FoundTicket& one : find_text(database, remaining, max_messages)) {
                looked_up->second.emplace(one.ticket, std::move(one.excerpt));
            }
        }
        const auto text = looked_up->second.find(id);
        if (text != looked_up->second.end()) found.push_back({id, text->second});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const FoundTicket& left, const FoundTicket& right) {
                         return left.ticket > right.ticket;
                     });
    if (found.size() > limit) found.resize(limit);
    return found;
}

}  // namespace bellhop::storage
