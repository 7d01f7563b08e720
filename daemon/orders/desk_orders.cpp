#include "daemon/orders/desk_orders.hpp"

#include <memory>
#include <utility>

#include <CLI/CLI.hpp>

#include "rules/calendar/instant.hpp"
#include "rules/calendar/opening_hours.hpp"

namespace bellhop::daemon {
namespace {

using CarryOut = std::function<void(const GivenOrder&)>;

/// A subcommand under construction, and the words that it has been given.
class OrderCommand {
public:
    OrderCommand(CLI::App& ticket,
                 const std::string& name,
                 const std::string& what,
                 const std::string& example)
        : command_(ticket.add_subcommand(name, what)), words_(std::make_shared<Words>()) {
        command_->footer("Example: bellhop ticket " + example);
        command_->add_option("TICKET", words_->ticket, "its number")->required();
        command_->add_option("--as", words_->by, "who does it (default: whoever is logged in)");
    }

    OrderCommand& need(const std::string& name, const std::string& what) {
        command_->add_option(name, words_->values[name], what)->required();
        return *this;
    }
    OrderCommand& option(const std::string& name, const std::string& what) {
        command_->add_option(name, words_->values[name], what);
        return *this;
    }
    OrderCommand& flag(const std::string& name, const std::string& what) {
        command_->add_flag(name, words_->flags[name], what);
        return *this;
    }
    OrderCommand& date(const std::string& name, const std::string& what) {
        command_->add_option(name, words_->values[name], what)->check([](const std::string& text) {
            return rules::parse_date(text) ? std::string{}
                                           : "\"" + text + "\" is no date such as 2026-11-02";
        });
        return *this;
    }
    OrderCommand& instant(const std::string& name, const std::string& what) {
        command_->add_option(name, words_->values[name], what)
            ->required()
            ->check([](const std::string& text) {
                return rules::parse_instant(text)
                           ? std::string{}
                           : "\"" + text + "\" is no instant such as 2026-11-02T15:00:00Z";
            });
        return *this;
    }
    OrderCommand& one_of(const std::string& name,
                         const std::string& what,
                         const std::vector<std::string>& known) {
        command_->add_option(name, words_->values[name], what)->check(CLI::IsMember(known));
        return *this;
    }

    struct Words {
        std::string ticket = {};
        std::string by = {};
        std::map<std::string, std::string> values = {};  // an option's place must not move
        std::map<std::string, bool> flags = {};

        const std::string& of(const std::string& name) const { return values.at(name); }
        bool has(const std::string& flag) const { return flags.at(flag); }
    };

    /// `order_of` makes the order of the words.
    void then(const CarryOut& carry_out, std::function<rules::DeskOrder(const Words&)> order_of) {
        command_->callback([words = words_, carry_out, order_of = std::move(order_of)] {
            carry_out({words->ticket, order_of(*words), words->by});
        });
    }

private:
    CLI::App* command_;
    std::shared_ptr<Words> words_;
};

using Words = OrderCommand::Words;

void add_state_orders(CLI::App& ticket, const CarryOut& carry_out) {
    OrderCommand{ticket, "status", "set the status", "status 1042 resolved --reason \"a new lamp\""}
        .need("STATUS", "open, waiting_customer, resolved, ... as sla.toml has them")
        .option("--reason", "why; the requester reads what is waited for, or what was done")
        .date("--until", "the day of the visit that it waits for")
        .then(carry_out, [](const Words& words) -> rules::DeskOrder {
            return rules::StatusOrder{words.of("STATUS"), words.of("--reason"),
                                      rules::parse_date(words.of("--until"))};
        });
    OrderCommand{ticket, "priority", "set the priority",
                 "priority 1042 P1 --reason \"the whole school\""}
        .need("PRIORITY", "as sla.toml has them")
        .option("--reason", "why")
        .then(carry_out, [](const Words& words) -> rules::DeskOrder {
            return rules::PriorityOrder{words.of("PRIORITY"), words.of("--reason")};
        });
    OrderCommand{ticket, "assign", "give it to a team or a person", "assign 1042 --to Tess"}
        .option("--team", "a team of people.toml")
        .option("--to", "a technician of people.toml")
        .then(carry_out, [](const Words& words) -> rules::DeskOrder {
            return rules::AssignOrder{words.of("--team"), words.of("--to")};
        });
    OrderCommand{ticket, "participant", "say who takes part: gets copies of replies, may answer",
                 "participant 1042 --add head@school.example"}
        .option("--add", "an address")
        .option("--remove", "an address")
        .then(carry_out, [](const Words& words) -> rules::DeskOrder {
            return rules::ParticipantOrder{words.of("--add"), words.of("--remove")};
        });
    OrderCommand{ticket, "reopen", "work on it again: its next cycle begins", "reopen 1042"}
        .option("--reason", "why")
        .then(carry_out, [](const Words& words) -> rules::DeskOrder {
            return rules::ReopenOrder{words.of("--reason")};
        });
    OrderCommand{ticket, "agree", "promise another instant than the target's",
                 "agree 1042 --due 2026-11-02T15:00:00Z"}
        .one_of("--timer", "response or resolution (default)", {"response", "resolution"})
        .instant("--due", "the instant agreed with the requester, RFC 3339")
        .then(carry_out, [](const Words& words) -> rules::DeskOrder {
            return rules::AgreeOrder{words.of("--timer") == "response"
                                         ? rules::TimerKind::response
                                         : rules::TimerKind::resolution,
                                     *rules::parse_instant(words.of("--due"))};
        });
}

}  // namespace

void add_desk_orders(CLI::App& ticket,
                     const CarryOut& carry_out,
                     const std::function<std::string()>& read_text) {
    add_state_orders(ticket, carry_out);
    const auto text_of = [read_text](const std::string& text) {
        return text.empty() || text == "-" ? read_text() : text;
    };
    OrderCommand{ticket, "reply", "write to the requester",
                 "reply 1042 --text \"Which room?\" --status waiting_customer"}
        .option("--text", "the words; from standard input without it, or with \"-\"")
        .option("--status", "the status that the ticket has then")
        .date("--until", "the day of the visit that it waits for then")
        .flag("--requester-only", "send no copies to the others who take part")
        .then(carry_out, [text_of](const Words& words) -> rules::DeskOrder {
            return rules::ReplyOrder{text_of(words.of("--text")), words.of("--status"),
                                     words.has("--requester-only"),
                                     rules::parse_date(words.of("--until"))};
        });
    OrderCommand{ticket, "note", "add a note that only the desk reads", "note 1042 \"rang her\""}
        .need("TEXT", "the words; \"-\" reads them from standard input")
        .then(carry_out, [text_of](const Words& words) -> rules::DeskOrder {
            return rules::NoteOrder{text_of(words.of("TEXT"))};
        });
}

}  // namespace bellhop::daemon
