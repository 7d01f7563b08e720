// The words of the rules: conditions on a mail, and what becomes of it, as values.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parsers/config/diagnostic.hpp"
#include "parsers/message/message.hpp"
#include "rules/evidence/point_table.hpp"
#include "rules/evidence/points.hpp"
#include "rules/rule/mail_facts.hpp"
#include "rules/rule/property.hpp"
#include "rules/words/keyword_set.hpp"

namespace bellhop::rules {

/// A text of a mail in which words are looked for.
enum class TextField { subject, body, whole_body, quoted, from_name, attachment_name, header };

struct TextSource {
    TextField field = TextField::subject;
    std::string header = {};  ///< name of the header field, where `field` says so

    friend bool operator==(const TextSource&, const TextSource&) = default;
};

/// How the rules file names a text: "subject", "header.X-Spam".
std::string name_of(const TextSource& source);

/// Words, pieces or patterns, of which at least so many different ones stand in the texts together.
struct TextTest {
    std::vector<TextSource> in = {};
    KeywordGroup words = {};
    std::vector<std::string> contains = {};  ///< in any case, with or without accents
    std::vector<std::string> regexes = {};   ///< RE2, in any case unless they say otherwise
    std::size_t at_least = 1;
    std::vector<parsers::TextSpan> word_spans = {};   ///< of words.keywords, for complaints
    std::vector<parsers::TextSpan> regex_spans = {};  ///< of regexes, likewise
};

enum class AddressField { from, to };

/// Addresses with "*" for any characters and "#" for a digit; without "@", a domain and those below
/// it.
struct AddressTest {
    AddressField field = AddressField::from;
    std::vector<std::string> patterns = {};
};

/// The property has one of the values; compared in any case, "*" stands for any characters.
struct PropertyTest {
    Property property = Property::mailbox;
    std::vector<std::string> values = {};
    std::vector<parsers::TextSpan> spans = {};  ///< of the values, for complaints
};

/// Whether the mail has attachments.
struct AttachmentTest {
    bool present = true;
};

/// The desk's local date lies in [from, to].
struct DateTest {
    std::chrono::year_month_day from = {};
    std::chrono::year_month_day to = {};
};

struct Condition;

enum class Quantifier { all, any, none };

/// Conditions taken together. `all` of nothing holds; `any` of nothing does not.
struct CombinedTest {
    Quantifier quantifier = Quantifier::all;
    std::vector<Condition> conditions;  // no initializer: the type is not complete
};

struct Condition {
    std::variant<CombinedTest, TextTest, AddressTest, PropertyTest, AttachmentTest, DateTest> test =
        {};
    parsers::TextSpan where = {};
};

enum class SurgeScope { school, desk };

/// At least so many tickets from so many people within a while, this one included.
struct SurgeTest {
    std::size_t tickets = 2;
    std::size_t people = 1;
    std::chrono::seconds within{0};
    SurgeScope same = SurgeScope::school;
};

/// What happens to the mail as a whole.
enum class Handling { accept, hold, ignore, quarantine };

/// How the new ticket finds its parent: the first ticket of the surge, or one that the rule names.
struct ParentLink {
    std::optional<TicketId> ticket = {};  ///< none: the first of the surge
};

/// What a rule changes. What is not said stays as it is.
struct RuleActions {
    std::optional<std::string> priority = {};
    std::optional<std::string> raise_to = {};  ///< at least as urgent as
    std::optional<std::string> lower_to = {};  ///< at most as urgent as
    int raise_by = 0;                          ///< steps more urgent; less urgent if negative
    std::optional<std::string> team = {};
    std::optional<std::string> assignee = {};
    std::optional<std::string> category = {};
    std::vector<std::string> tags = {};
    std::vector<std::string> marks = {};  ///< for later rules only: nothing of the ticket
    bool restricted = false;
    std::optional<std::string> acknowledge = {};  ///< template; "none" for no acknowledgement
    std::optional<Handling> handling = {};
    std::string approver = {};  ///< of what is held
    std::optional<ParentLink> parent = {};
    std::vector<std::string> notify = {};
    std::string note = {};  ///< for the acknowledgement
    bool stop = false;
};

/// Where the words of a rule's actions stand in the file, for complaints.
struct ActionSpan {
    std::string key = {};
    parsers::TextSpan where = {};
};

struct Rule {
    std::string name = {};
    CombinedTest when = {};
    CombinedTest unless{Quantifier::none, {}};
    std::optional<SurgeTest> surge = {};
    RuleActions then = {};
    parsers::TextSpan where = {};
    std::vector<ActionSpan> action_spans = {};
};

struct WordList {
    std::string name = {};
    KeywordGroup words = {};
    std::vector<parsers::TextSpan> word_spans = {};  ///< of words.keywords, for complaints
    parsers::TextSpan where = {};
};

/// Something that speaks for one grade and against another.
struct Evidence {
    std::string name = {};
    KeywordGroup words = {};
    std::vector<parsers::TextSpan> word_spans = {};  ///< of words.keywords, for complaints
    std::vector<std::string> both = {};              ///< names of evidence that must all be there
    CombinedTest when = {};                          ///< what else must hold, of the sender
    Points points = {};                              ///< for each different word that is found
    std::size_t cap = 1;                             ///< different words that count
    bool live = false;                               ///< whether silent sentences do not count
    parsers::TextSpan where = {};
};

/// How evidence is added up, and what its sum means at this desk.
struct Weighing {
    std::vector<std::string> priorities = {};  ///< of the grades; empty: nothing is weighed
    std::vector<Evidence> evidence = {};       ///< each after those that it names
    std::vector<NamedTable> tables = {};       ///< added up; none: the evidence alone
    KeywordGroup silent = {};      ///< sentences with one of these tell of no trouble of today
    Points start = {};             ///< where there is no table
    double alone = 1;              ///< the factor of all points where there is no table
    double readiness = 1;          ///< how readily the gravest priority is given
    double doubt = 1;              ///< tells of a second choice from this share of the first on
    double safeguarding_from = 1;  ///< likelihood from which a mail is marked so
    parsers::TextSpan where = {};

    bool has_scale() const { return !priorities.empty(); }
};

/// The mark that a mail gets which may be about a child at risk.
inline constexpr const char* safeguarding_mark = "safeguarding";

/// Whether and how far a sender's "[P1]" in the subject or a header field counts.
struct Proposals {
    std::vector<std::string> groups = {};   ///< whose proposals count; empty: nobody's
    std::vector<std::string> headers = {};  ///< header fields that may hold one
    bool in_subject = true;
    std::optional<std::string> at_most = {};  ///< the most urgent that may be proposed
};

/// All that one evaluation needs, checked by load_rules().
struct RuleBook {
    std::vector<std::string> priorities = {};  ///< most urgent first; never empty
    RuleActions start = {};  ///< the default rule: what every new ticket begins with
    parsers::TextSpan start_where = {};
    Proposals proposals = {};
    Weighing weighing = {};
    std::optional<std::string> strangers_at_most = {};  ///< the most urgent for a stranger's mail
    std::vector<WordList> lists = {};                   ///< each after those that it uses
    std::vector<Rule> rules = {};
    std::vector<Rule> boosts = {};  ///< applied after the rules, also after one that stops
    std::string digest = {};        ///< SHA-256 of the files, in hexadecimal
};

/// What becomes of a mail.
struct Outcome {
    std::string priority = {};
    std::string team = {};
    std::string assignee = {};
    std::string category = {};
    std::vector<std::string> tags = {};
    bool restricted = false;
    bool acknowledge = true;
    std::string acknowledgement = {};     ///< template; empty: the desk's usual one
    std::vector<std::string> notes = {};  ///< to be shown in the acknowledgement
    Handling handling = Handling::accept;
    std::string approver = {};  ///< where `handling` is hold
    std::optional<TicketId> parent = {};
    /// Tickets that came before and are parts of `parent` as well, as the surge has shown.
    std::vector<TicketId> parts = {};
    std::vector<std::string> notify = {};

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// "hold", "ignore", "quarantine", "accept".
std::string name_of(Handling handling);

}  // namespace bellhop::rules
