#include "rules/mail/other_gateway.hpp"

#include <gtest/gtest.h>

#include "rules/ticket/own_message_id.hpp"

namespace bellhop::rules {
namespace {

const ThreadPolicy policy{"the key", "HELP"};
const std::vector<std::string> own{"support@desk.example"};
const std::string hers = "m1@school.example";
const std::string foreign =
    make_message_id({TicketId{7}, "ack-1"}, "the key of another", "desk.example");

struct Reply {
    std::vector<std::string> in_reply_to = {foreign};
    std::vector<std::string> references = {hers, foreign};
    std::string from = "Ann@School.example";
    std::vector<parsers::Address> to = {{"", "support@desk.example"}};
    parsers::MessageKind kind = parsers::MessageKind::human;
};

std::string sign_in(const Reply& reply) {
    parsers::Message message;
    message.from = parsers::Address{"", reply.from};
    message.to = reply.to;
    message.in_reply_to = reply.in_reply_to;
    message.references = reply.references;
    message.kind = reply.kind;
    const std::vector<Candidate> candidates{{hers, {}, "ann@school.example"}};
    return sign_of_another_gateway(message, thread_claims(message, policy), candidates, own);
}

TEST(OtherGateway, IsSeenInAnAnswerToAMailThatWeHaveNotWritten) {
    EXPECT_EQ(sign_in({}), foreign);
}

TEST(OtherGateway, IsNotConcludedFromLess) {
    const std::string genuine = make_message_id({TicketId{7}, "ack-1"}, "the key", "desk.example");
    const std::string elsewhere =
        make_message_id({TicketId{7}, "ack-1"}, "the key of another", "other.example");
    const std::pair<const char*, Reply> table[] = {
        {"our own acknowledgement", {{genuine}, {hers, genuine}}},
        {"that of another desk", {{elsewhere}, {hers, elsewhere}}},
        {"a forged id alone", {{foreign}, {foreign}}},
        {"somebody else's conversation", {{foreign}, {hers, foreign}, "mallory@elsewhere.example"}},
        {"a program's mail",
         {{foreign}, {hers, foreign}, "ann@school.example", {}, parsers::MessageKind::automatic}},
        {"written to a neighbour as well",
         {{foreign},
          {hers, foreign},
          "ann@school.example",
          {{"", "support@desk.example"}, {"", "office@DESK.example"}}}},
        {"an ordinary reply", {{hers}, {hers}}},
    };
    for (const auto& [what, reply] : table) EXPECT_EQ(sign_in(reply), "") << what;
}

TEST(OtherGateway, IsNotHiddenByColleaguesInCopy) {
    EXPECT_EQ(sign_in({{foreign},
                       {hers, foreign},
                       "ann@school.example",
                       {{"", "support@desk.example"}, {"", "bob@school.example"}}}),
              foreign);
}

}  // namespace
}  // namespace bellhop::rules
