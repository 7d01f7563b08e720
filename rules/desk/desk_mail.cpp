#include "rules/desk/desk_mail.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "parsers/message/forwarded.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/plain_text.hpp"
#include "rules/desk/approval.hpp"
#include "rules/desk/desk_words.hpp"
#include "rules/desk/order_verb.hpp"
#include "rules/desk/proof.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t longest_returned = 20'000;  // bytes of his words that he gets back

constexpr std::size_t longest_bare_answer = 25;  // bytes: "Yes, please go ahead."
constexpr std::size_t longest_reason = 2000;     // bytes of what stands beside a yes or no

enum class Said { yes, no, unclear };

/// How somebody answers "was that you?": by his first word.
Said said_in(std::string_view words) {
    const std::string low = parsers::lower_case(parsers::stripped(words));
    const std::string_view first = parsers::without_punctuation(
        std::string_view{low}.substr(0, low.find_first_of(" \r\n,.;:!")));
    for (const std::string_view yes : {"yes", "y", "yep", "yeah", "correct", "ja", "oui", "si"}) {
        if (first == yes) return Said::yes;
    }
    for (const std::string_view no : {"no", "n", "nope", "not", "nein", "non"}) {
        if (first == no) return Said::no;
    }
    return Said::unclear;
}

/// Where the parts of an order stand among the others: the ticket is first as it is to be, then
/// its requester hears, then it is done with.
int rank_of(const DeskOrder& order) {
    if (std::holds_alternative<RequesterOrder>(order)) return 0;
    if (std::holds_alternative<AssignOrder>(order)) return 1;
    if (std::holds_alternative<PriorityOrder>(order) || std::holds_alternative<TagOrder>(order)) {
        return 2;
    }
    if (std::holds_alternative<NoteOrder>(order) || std::holds_alternative<ReplyOrder>(order)) {
        return 3;
    }
    if (std::holds_alternative<MergeOrder>(order)) return 6;
    return std::holds_alternative<AgreeOrder>(order) ? 5 : 4;
}

class DeskMailReader {
public:
    DeskMailReader(const MailReceived& mail,
                   const Situation& situation,
                   const MailPolicy& policy,
                   const OrderWords& words)
        : mail_(mail),
          situation_(situation),
          policy_(policy),
          words_(words),
          writer_(situation.desk_writer.value()) {
        result_.writer = writer_.address;
        result_.words = mail.message.reply_text;
        result_.actor = actor();
    }

    DeskMail read() && {
        if (!situation_.ticket) return std::move(*this).read_without_ticket();
        file(writer_.proof.has_value());
        if (!writer_.proof) {
            ask_whose_it_is();
        } else if (writer_.proof->reply == ReplyMeans::confirmation) {
            settle();
        } else if (writer_.proof->reply == ReplyMeans::approval) {
            approve();
        } else {
            act_on(mail_, writer_.proof->reply);
        }
        if (goes_outside(mail_)) {
            append(expose(mail_.message, ticket().id, policy_.keys, mail_.at), result_.actions);
        }
        return std::move(result_);
    }

private:
    const Ticket& ticket() const { return *situation_.ticket; }
    /// Else he speaks for himself: somebody outside who was told of the ticket.
    bool speaks_for_desk() const { return !writer_.name.empty(); }

    std::string actor() const {
        if (speaks_for_desk()) return "agent " + writer_.name;
        return mail_.message.from ? mail_.message.from->address : std::string{"the desk"};
    }

    void record(EventType type, std::string detail) {
        record_at(mail_.at, std::move(type), std::move(detail));
    }
    void record_at(std::chrono::sys_seconds at, EventType type, std::string detail) {
        result_.actions.push_back(
            Record{{at, std::move(type), result_.actor, std::move(detail), {}}});
    }

    void file(bool is_proved) {
        result_.actions.push_back(AppendTo{ticket().id, is_proved});
        for (const std::string& line : situation_.thread.evidence) {
            result_.actions.push_back(
                Record{{mail_.at, Event::thread_evidence, "gateway", line, {}}});
        }
        const Ruling& ruling = situation_.ruling;
        if (is_proved && ruling.outcome.restricted && !ticket().restricted) {
            result_.actions.push_back(Restrict{by_rules(ruling)});
        }
    }

    /// A mail of ours that is about no ticket was answered, a digest.
    DeskMail read_without_ticket() && {
        const std::string why =
            "it answers a mail that is not about one ticket: reply to a mail about "
            "the one that you mean, or write a new one with its tag in the subject";
        result_.actions.push_back(Ignore{why});
        result_.means = ReplyMeans::nothing;
        result_.back = back_to(result_, why);
        result_.back->label = "returned-" + digest_of(mail_.message);
        return std::move(result_);
    }

    static std::string digest_of(const parsers::Message& message) {
        constexpr std::size_t length = 16;  // hexadecimal digits: what tells two such mails apart
        return parsers::hex(parsers::sha256(message.message_id + "\n" + message.reply_text))
            .substr(0, length);
    }

    std::string why_not_his() const {
        const Authorship& author = mail_.author;
        if (author.standing == Standing::himself) return "it answers no mail that was sent to him";
        return author.reason;
    }

    void ask_whose_it_is() {
        const std::string whom = speaks_for_desk() ? writer_.name : actor();
        result_.actions.push_back(Record{{mail_.at,
                                          Event::not_proved,
                                          "gateway",
                                          unproved_mark + whom + "; " + why_not_his(),
                                          {}}});
        if (writer_.address.empty()) return;
        if (writer_.asked >= most_asked) {
            result_.actions.push_back(Record{{mail_.at,
                                              MailEvent{MailKind::confirm, MailStep::withheld},
                                              "gateway",
                                              "he was asked too often today",
                                              {}}});
            return;
        }
        SendMail question{MailKind::confirm, writer_.address};
        question.label = "confirm-";
        question.values = {{"reason", what_a_yes_does()}};
        put_words(question);
        result_.actions.push_back(std::move(question));
    }

    std::string what_a_yes_does() const {
        const MailOrders orders = orders_in(mail_);
        if (!orders.complaints.empty()) return "you then hear what is wrong with its orders";
        if (!orders.understood.empty()) {
            return "what it orders is then done (" + parsers::joined(orders.understood, "; ") + ")";
        }
        return is_written_to_requester(mail_)
                   ? "it then counts as the desk's answer"
                   : "it then is your note; the requester has not got it";
    }

    void put_words(SendMail& mail) const {
        if (ticket().restricted) return;
        mail.values["words"] = result_.words.substr(0, longest_returned);
    }

    /// The answer to "was that you?".
    void settle() {
        const auto& asked = writer_.asked_about;
        if (!asked) return come_back("the mail that you mean is not there any more");
        if (asked->is_settled) return come_back("that has been answered before");
        const std::string row = std::to_string(static_cast<std::int64_t>(asked->row));
        const Said said = said_in(mail_.message.reply_text);
        if (said == Said::unclear) return come_back("it says neither yes nor no");
        const bool is_his = said == Said::yes;
        TicketEvent entry{mail_.at,
                          is_his ? Event::confirmed : Event::disowned,
                          result_.actor,
                          is_his ? "the mail was his" : "the mail was not his",
                          {{"message", row}}};
        result_.actions.push_back(Record{std::move(entry)});
        if (!is_his) return;
        result_.words = asked->mail.message.reply_text;
        act_on(asked->mail, ReplyMeans::note,
               asked->has_opened ? TicketOf::this_mail : TicketOf::another);
    }

    /// The answer to a request for his yes. What he writes beside it goes to whoever asks.
    void approve() {
        result_.means = ReplyMeans::approval;
        if (ticket().status != status::waiting_approval) {
            return come_back(
                "it does not wait for a yes or no any more; what else you want, ask for in a "
                "mail of its own");
        }
        const ApprovalAnswer answer = approval_answer(mail_.message.reply_text);
        if (answer == ApprovalAnswer::unclear) {
            return come_back(
                "it is not clear whether it says yes or no: please write \"yes\" or "
                "\"no\" alone, and conditions to the desk");
        }
        const bool is_yes = answer == ApprovalAnswer::yes;
        const std::string own{parsers::stripped(own_words(mail_.message.reply_text))};
        StatusOrder order{is_yes ? status::open : status::resolved, {}, {}};
        if (own.size() > longest_bare_answer) order.reason = own.substr(0, longest_reason);
        result_.orders.emplace_back(std::move(order));
    }

    MailOrders orders_in(const MailReceived& mail) const {
        return read_mail_orders(mail.message.reply_text, words_);
    }

    /// Whether the ticket is one that the mail has opened itself, with "#new".
    enum class TicketOf { this_mail, another };

    /// What a mail that is his does; `means` is what it is where it does not say so itself.
    void act_on(const MailReceived& mail, ReplyMeans means, TicketOf whose = TicketOf::another) {
        result_.means = means;
        const bool is_for_others =
            parsers::is_forward_subject(mail.message.subject) || !is_addressed_to_desk(mail);
        if (is_for_others || !speaks_for_desk()) means = ReplyMeans::note;
        MailOrders orders = speaks_for_desk() ? orders_in(mail) : MailOrders{};
        if (!speaks_for_desk()) orders.letter = mail.message.reply_text;
        if (!orders.complaints.empty()) {
            return come_back("not all of its orders are understood", lines_about(orders));
        }
        if (orders.asks_for_help) {
            return send_help();
        }
        result_.understood = orders.understood;
        if (!orders.opens_new) {
            add_letter(mail, std::move(orders), means);
        } else if (whose == TicketOf::this_mail) {
            result_.orders = std::move(orders.orders);
        } else {
            open_new(mail, std::move(orders));
        }
        std::stable_sort(result_.orders.begin(), result_.orders.end(),
                         [](const DeskOrder& left, const DeskOrder& right) {
                             return rank_of(left) < rank_of(right);
                         });
        if (!result_.understood.empty()) {
            record(Event::ordered, "by mail: " + parsers::joined(result_.understood, "; "));
        }
    }

    static std::vector<std::string> lines_about(const MailOrders& orders) {
        std::vector<std::string> lines;
        if (!orders.complaints.empty()) lines.emplace_back("Not understood:");
        for (const std::string& one : orders.complaints) lines.push_back("    " + one);
        if (!orders.understood.empty()) lines.emplace_back("Understood, and not done either:");
        for (const std::string& one : orders.understood) lines.push_back("    " + one);
        return lines;
    }

    /// A ticket for somebody who rang: what else he orders is about that one.
    void open_new(const MailReceived& mail, MailOrders orders) {
        NewTicketOrder opens;
        opens.subject = orders.subject;
        opens.text = own_words(orders.letter);
        if (opens.subject.empty()) opens.subject = opens.text.substr(0, opens.text.find('\n'));
        for (const DeskOrder& order : orders.orders) {
            if (const auto* requester = std::get_if<RequesterOrder>(&order)) {
                opens.requester = requester->requester;
            } else if (const auto* priority = std::get_if<PriorityOrder>(&order)) {
                opens.priority = priority->to;
            } else if (const auto* assign = std::get_if<AssignOrder>(&order)) {
                opens.team = assign->team;
                opens.person = assign->person;
            } else {
                result_.understood.clear();
                return come_back("#new goes with #requester, #priority, #assign and #me only");
            }
        }
        if (opens.requester.address.empty()) {
            result_.understood.clear();
            return come_back("#new wants to know for whom: #requester ann@school.example");
        }
        if (opens.text.empty()) opens.text = opens.subject;
        if (!mail.message.attachments.empty()) record_at(mail.at, Event::note, "by mail");
        result_.opens = std::move(opens);
    }

    /// Where what he has written besides his orders goes.
    void add_letter(const MailReceived& mail, MailOrders orders, ReplyMeans means) {
        const std::string letter = own_words(orders.letter);
        result_.orders = std::move(orders.orders);
        if (is_written_to_requester(mail)) return answered_by_himself(mail);
        const bool is_answer = orders.letter_for == LetterFor::requester ||
                               (orders.letter_for == LetterFor::unsaid &&
                                means == ReplyMeans::answer && !only_about_the_ticket());
        if (!is_answer) {
            if (!letter.empty() || !mail.message.attachments.empty()) {
                record_at(mail.at, Event::note, "by mail");
                if (!result_.understood.empty()) {
                    result_.understood.push_back("your words: a note that only the desk reads");
                }
            } else if (result_.orders.empty()) {
                come_back("nothing is written in it");
            }
            return;
        }
        ReplyOrder reply;
        reply.text = letter;
        reply.files = files_of(mail.message);
        if (letter.empty() && !reply.files.empty())
            reply.text = "Attached: " + names_of(reply.files);
        if (!reply.text.empty()) return send(std::move(reply));
        if (orders.letter_for == LetterFor::requester || result_.orders.empty()) {
            result_.orders.clear();
            result_.understood.clear();
            come_back("nothing is written in it that could go to the requester");
        }
    }

    /// Orders after which there is nobody to answer.
    bool only_about_the_ticket() const {
        return std::any_of(result_.orders.begin(), result_.orders.end(), [](const DeskOrder& one) {
            return std::holds_alternative<SpamOrder>(one) || std::holds_alternative<UndoOrder>(one);
        });
    }

    /// The status that he orders besides holds with the answer: no second mail says so.
    void send(ReplyOrder reply) {
        if (!result_.understood.empty()) {
            result_.understood.push_back("your words: to " + ticket().requester.address);
        }
        for (auto one = result_.orders.begin(); one != result_.orders.end(); ++one) {
            const auto* status = std::get_if<StatusOrder>(&*one);
            if (status == nullptr) continue;
            reply.status = status->to;
            reply.until = status->until;
            if (!status->reason.empty()) reply.text += "\n\n" + status->reason;
            result_.orders.erase(one);
            break;
        }
        result_.orders.emplace_back(std::move(reply));
    }

    /// The requester has it from him.
    void answered_by_himself(const MailReceived& mail) {
        if (!is_written_to_requester(mail)) {
            record_at(mail.at, Event::staff_mail, "sent to others");
            return;
        }
        record_at(mail.at, Event::agent_reply, "mail to " + ticket().requester.address);
    }

    void send_help() {
        record(Event::not_done, "it asks for help");
        if (writer_.address.empty()) return;
        SendMail mail = back_to(result_, "it asks for help", mail_order_help());
        mail.values.erase("words");
        mail.values["help"] = "yes";
        result_.actions.push_back(std::move(mail));
    }

    void come_back(const std::string& why, const std::vector<std::string>& lines = {}) {
        record(Event::not_done, why);
        if (writer_.address.empty()) return;
        SendMail mail = back_to(result_, why, lines);
        if (ticket().restricted) mail.values.erase("words");
        result_.actions.push_back(std::move(mail));
    }

    bool is_own(const parsers::Address& address) const {
        return is_own_address(policy_.staff, address.address);
    }

    bool is_written_to_requester(const MailReceived& mail) const {
        const std::string requester = parsers::address_key(ticket().requester.address);
        for (const auto* list : {&mail.message.to, &mail.message.cc}) {
            for (const parsers::Address& one : *list) {
                if (!requester.empty() && parsers::address_key(one.address) == requester)
                    return true;
            }
        }
        return false;
    }

    /// Written to us, and not to a colleague with us in copy.
    bool is_addressed_to_desk(const MailReceived& mail) const {
        const auto& to = mail.message.to;
        return to.empty() ||
               std::any_of(to.begin(), to.end(), [this](const auto& one) { return is_own(one); });
    }

    /// Whether anybody gets it who is not of the desk.
    bool goes_outside(const MailReceived& mail) const {
        for (const auto* list : {&mail.message.to, &mail.message.cc}) {
            for (const parsers::Address& one : *list) {
                if (!is_of_the_desk(policy_.staff, one.address)) return true;
            }
        }
        return false;
    }

    const MailReceived& mail_;
    const Situation& situation_;
    const MailPolicy& policy_;
    const OrderWords& words_;
    const DeskWriter& writer_;
    DeskMail result_ = {};
};

std::string lines_as_text(const std::vector<std::string>& lines) {
    return parsers::joined(lines, "\n");
}

}  // namespace

DeskMail desk_mail(const MailReceived& mail,
                   const Situation& situation,
                   const MailPolicy& policy,
                   const OrderWords& words) {
    ensure(way_of(mail, situation, policy) == Way::desk);
    return DeskMailReader{mail, situation, policy, words}.read();
}

SendMail back_to(const DeskMail& mail,
                 const std::string& why,
                 const std::vector<std::string>& lines) {
    SendMail back{MailKind::returned, mail.writer};
    back.label = "returned-";
    back.values = {{"reason", why},
                   {"list", lines_as_text(lines)},
                   {"words", mail.words.substr(0, longest_returned)}};
    if (mail.means == ReplyMeans::answer || mail.means == ReplyMeans::note) {
        back.values["number"] = "1";
        back.reply = mail.means;
    }
    // A second try at a yes or no is one, too.
    if (mail.means == ReplyMeans::approval) back.reply = mail.means;
    return back;
}

SendMail report_to(const DeskMail& mail, const std::vector<std::string>& due) {
    SendMail report{MailKind::done, mail.writer};
    report.label = "done-";
    std::vector<std::string> lines;
    for (const std::string& line : mail.understood) lines.push_back("    " + line);
    report.values = {{"list", lines_as_text(lines)}, {"due", lines_as_text(due)}};
    // Mail programs answer the newest mail of a conversation: that is this one now.
    if (mail.means == ReplyMeans::answer) {
        report.reply = mail.means;
        report.values["answers"] = "yes";
    }
    return report;
}

}  // namespace bellhop::rules
