#include "parsers/header/authentication_results.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "parsers/header/lexemes.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

using Lexemes = std::vector<Lexeme>;

bool is_mark(const Lexeme& lexeme, char mark) {
    return lexeme.kind == LexemeKind::mark && lexeme.text.front() == mark;
}

bool is_keyword(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || c == '-' || c == '_';
    });
}

/// Whether a result of it says something of the sender.
bool is_of_the_sender(std::string_view method) {
    constexpr std::array<std::string_view, 4> methods{"dmarc", "dkim", "spf", "auth"};
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

/// RFC 8601 section 2.2: a value is one token, one quoted string, or a quoted local part with its
/// domain. A quote that touches anything else was written by whoever chose the text.
bool has_loose_quotes(const Lexemes& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == 0 || all[i].spaced || all[i - 1].kind == LexemeKind::mark) continue;
        if (all[i].kind == LexemeKind::quoted) return true;
        const bool goes_on = all[i].kind == LexemeKind::word && !all[i].text.starts_with('@');
        if (all[i - 1].kind == LexemeKind::quoted && goes_on) return true;
    }
    return false;
}

/// The lexemes between semicolons.
std::vector<Lexemes> clauses_of(Lexemes all) {
    std::vector<Lexemes> clauses(1);
    for (Lexeme& each : all) {
        if (is_mark(each, ';')) {
            clauses.emplace_back();
        } else {
            clauses.back().push_back(std::move(each));
        }
    }
    return clauses;
}

struct Pair {
    std::string name = {};  // lower case
    std::string value = {};
    bool is_quoted = false;
};

/// What one clause is made of: "name=value" again and again.
class ClauseReader {
public:
    explicit ClauseReader(const Lexemes& clause) : clause_{clause} {}

    bool at_end() const { return at_ == clause_.size(); }

    /// The next pair; nullopt where something else stands.
    std::optional<Pair> pair() {
        Pair pair;
        pair.name = name();
        if (pair.name.empty() || at_end() || !is_mark(clause_[at_], '=')) return std::nullopt;
        ++at_;
        if (has_value()) read_value(pair);
        return pair;
    }

private:
    /// Blanks may stand around the "." and "/" of a name.
    std::string name() {
        std::string text;
        while (!at_end() && clause_[at_].kind == LexemeKind::word) {
            const std::string& more = clause_[at_].text;
            const bool goes_on = text.empty() || text.back() == '.' || text.back() == '/' ||
                                 more.front() == '.' || more.front() == '/';
            if (!goes_on) break;
            text += more;
            ++at_;
        }
        return lower_case(text);
    }

    /// A blank may stand before a value; but "smtp.mailfrom= header.from=b" has an empty one.
    bool has_value() const {
        if (at_end() || is_mark(clause_[at_], '=')) return false;
        const bool is_next_name =
            clause_[at_].spaced && at_ + 1 < clause_.size() && is_mark(clause_[at_ + 1], '=');
        return !is_next_name;
    }

    /// All that is joined, with the "=" that base64 has at its end.
    void read_value(Pair& pair) {
        do {
            pair.is_quoted = pair.is_quoted || clause_[at_].kind == LexemeKind::quoted;
            pair.value += clause_[at_].text;
            ++at_;
        } while (!at_end() && !clause_[at_].spaced);
        if (!pair.is_quoted && pair.value.starts_with('<') && pair.value.ends_with('>')) {
            pair.value = pair.value.substr(1, pair.value.size() - 2);
        }
    }

    const Lexemes& clause_;
    std::size_t at_ = 0;
};

/// The method and its version; false where the name is neither.
bool take_method(const std::string& name, AuthenticationResult& result) {
    const std::size_t slash = name.find('/');
    result.method = name.substr(0, slash);
    if (slash != std::string::npos) {
        const std::string version = name.substr(slash + 1);
        result.is_version_1 = version == "1";
        if (!is_keyword(version)) return false;
    }
    return is_keyword(result.method);
}

/// Whether a clause that is no result may be passed over: not where it was meant as one ("dmarc
/// pass"), nor where it is the rest of one that another has cut in two ("header.from=...").
bool is_harmless(const Lexemes& clause) {
    const std::string name = lower_case(clause.front().text);
    const bool is_pair = clause.size() > 1 && is_mark(clause[1], '=');
    return !is_of_the_sender(name) && (!is_pair || name.find('.') == std::string::npos);
}

/// Reads one clause. False where the field cannot be trusted for it.
bool take_clause(const Lexemes& clause, std::vector<AuthenticationResult>& results) {
    ClauseReader reader{clause};
    const std::optional<Pair> head = reader.pair();
    AuthenticationResult result;
    if (!head || !take_method(head->name, result)) {
        return clause.empty() || is_harmless(clause);
    }
    result.result = lower_case(head->value);
    bool is_sound = is_keyword(result.result) && !head->is_quoted;
    while (is_sound && !reader.at_end()) {
        const std::optional<Pair> pair = reader.pair();
        is_sound = pair && result.properties.size() < max_properties;
        if (is_sound) result.properties.push_back({pair->name, pair->value});
    }
    if (!is_sound) return !is_of_the_sender(result.method);
    if (results.size() == max_results) return false;
    results.push_back(std::move(result));
    return true;
}

bool has_pair(const Lexemes& clause) {
    return std::any_of(clause.begin(), clause.end(),
                       [](const Lexeme& each) { return is_mark(each, '='); });
}

/// The first clause, where it is no result: the id, and the version of the grammar.
bool take_id(const Lexemes& clause, std::string& id) {
    const bool is_id = !clause.empty() && clause.front().kind != LexemeKind::mark &&
                       (clause.size() == 1 || clause[1].spaced);
    if (!is_id) return false;
    id = clause.front().text;
    return clause.size() == 1 ||
           (clause.size() == 2 && clause[1].text == "1" && clause[1].kind == LexemeKind::word);
}

}  // namespace

std::vector<std::string_view> AuthenticationResult::values(std::string_view name) const {
    std::vector<std::string_view> found;
    for (const AuthenticationProperty& property : properties) {
        if (property.name == name) found.push_back(property.value);
    }
    return found;
}

AuthenticationResults parse_authentication_results(std::string_view body) {
    AuthenticationResults read;
    std::optional<Lexemes> all = lexemes(body, ";=");
    if (!all || has_loose_quotes(*all)) {
        read.is_understood = false;
        return read;
    }
    const std::vector<Lexemes> clauses = clauses_of(without_comments(std::move(*all)));
    if (has_pair(clauses.front())) {
        read.is_understood = take_clause(clauses.front(), read.results) && !read.results.empty();
    } else {
        read.is_understood = clauses.front().empty() || take_id(clauses.front(), read.authserv_id);
    }
    for (std::size_t i = 1; i < clauses.size() && read.is_understood; ++i) {
        read.is_understood = take_clause(clauses[i], read.results);
    }
    if (!read.is_understood) read.results.clear();
    return read;
}

}  // namespace bellhop::parsers
