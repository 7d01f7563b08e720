#include "rules/desk/order_verb.hpp"

#include <algorithm>
#include <array>

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

struct VerbName {
    std::string_view name;
    Verb verb;
};

/// The first name of each is the one that is taught.
constexpr std::array verbs{VerbName{"note", Verb::note},
                           VerbName{"internal", Verb::note},
                           VerbName{"reply", Verb::reply},
                           VerbName{"answer", Verb::reply},
                           VerbName{"close", Verb::close},
                           VerbName{"closed", Verb::close},
                           VerbName{"resolve", Verb::close},
                           VerbName{"resolved", Verb::close},
                           VerbName{"solved", Verb::close},
                           VerbName{"done", Verb::close},
                           VerbName{"reopen", Verb::reopen},
                           VerbName{"wait", Verb::wait},
                           VerbName{"waiting", Verb::wait},
                           VerbName{"assign", Verb::assign},
                           VerbName{"me", Verb::me},
                           VerbName{"mine", Verb::me},
                           VerbName{"priority", Verb::priority},
                           VerbName{"prio", Verb::priority},
                           VerbName{"due", Verb::due},
                           VerbName{"tag", Verb::tag},
                           VerbName{"untag", Verb::untag},
                           VerbName{"merge", Verb::merge},
                           VerbName{"requester", Verb::requester},
                           VerbName{"new", Verb::new_ticket},
                           VerbName{"spam", Verb::spam},
                           VerbName{"undo", Verb::undo},
                           VerbName{"help", Verb::help}};

}  // namespace

std::optional<Verb> verb_of(std::string_view name) {
    const auto found = std::find_if(verbs.begin(), verbs.end(), [name](const VerbName& one) {
        return parsers::equal_ignoring_case(one.name, name);
    });
    return found == verbs.end() ? std::nullopt : std::optional{found->verb};
}

std::string nearest_verb(std::string_view name) {
    std::vector<std::string> names;
    for (const VerbName& one : verbs) names.emplace_back(one.name);
    return parsers::nearest(parsers::lower_case(name), names);
}

const std::vector<std::string>& mail_order_help() {
    static const std::vector<std::string> lines{
        "#reply                      what stands below goes to the requester",
        "#note                       what stands below stays with the desk",
        "#close                      resolved; the requester is told, and reads what stands below",
        "#wait customer              waits for the requester",
        "#wait third party           waits for somebody else",
        "#wait visit thursday        waits for the day on which somebody comes",
        "#assign NAME  or  #me       who does it: a technician or a team",
        "#priority P2",
        "#due 3 Dec 12:00            agreed with the requester",
        "#tag WORD  or  #untag WORD",
        "#merge 1042                 a part of ticket 1042 from now on",
        "#requester ann@school.example",
        "#new SUBJECT                a ticket of its own, with #requester for somebody who rang",
        "#reopen",
        "#spam                       nobody asks for help: closed without a word",
        "#undo                       takes your last order back while nothing has been sent"};
    return lines;
}

}  // namespace bellhop::rules
