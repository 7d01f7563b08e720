#include "rules/ticket/own_message_id.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

constexpr std::string_view key = "a key for the tests, 32 bytes....";
const OwnMessageId ack{TicketId{1042}, "ack-1"};

TEST(OwnMessageId, IsReadBackAsGenuine) {
    const std::string id = make_message_id(ack, key, "school.example");
    EXPECT_TRUE(id.starts_with("1042.ack-1."));
    EXPECT_TRUE(id.ends_with("@school.example"));
    EXPECT_EQ(read_message_id(id, key), (std::pair{ack, Genuine::yes}));
}

TEST(OwnMessageId, IsTheSameForTheSameMail) {
    EXPECT_EQ(make_message_id(ack, key, "school.example"),
              make_message_id(ack, key, "school.example"));
}

TEST(OwnMessageId, SurvivesARelayThatChangesCaseOrDomain) {
    std::string id = make_message_id(ack, key, "school.example");
    for (char& c : id) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(read_message_id(id, key), (std::pair{ack, Genuine::yes}));
    EXPECT_EQ(read_message_id(id.substr(0, id.find('@')) + "@relay.example", key),
              (std::pair{ack, Genuine::yes}));
}

TEST(OwnMessageId, HasAtLeastEightyBitsOfToken) {
    const std::string id = make_message_id(ack, key, "x.example");
    const std::size_t token = id.find('@') - (id.rfind('.', id.find('@')) + 1);
    EXPECT_GE(token * 5, 80U);
}

TEST(OwnMessageId, RefusesEveryFlippedCharacterOfTheToken) {
    const std::string id = make_message_id(ack, key, "school.example");
    const std::size_t at = id.find('@');
    for (std::size_t i = at - 20; i < at; ++i) {
        std::string forged = id;
        forged[i] = forged[i] == 'a' ? 'b' : 'a';
        EXPECT_EQ(read_message_id(forged, key), (std::pair{ack, Genuine::no})) << i;
    }
}

TEST(OwnMessageId, BindsTheTokenToTicketAndLabelAndKey) {
    const std::string id = make_message_id(ack, key, "school.example");
    const std::string token = id.substr(id.find(".ack-1.") + 7);
    EXPECT_EQ(read_message_id("1043.ack-1." + token, key)->second, Genuine::no);
    EXPECT_EQ(read_message_id("1042.ack-2." + token, key)->second, Genuine::no);
    EXPECT_EQ(read_message_id(id, "another key")->second, Genuine::no);
}

TEST(OwnMessageId, NeverJoinsByGuessing) {
    int genuine = 0;
    for (unsigned i = 0; i < 100'000; ++i) {
        std::string token;
        unsigned value = i;
        for (int n = 0; n < 20; ++n, value = value * 31 + 7) {
            token += "abcdefghijklmnopqrstuvwxyz234567"[value % 32];
        }
        const auto read = read_message_id("1042.ack-1." + token + "@school.example", key);
        if (read && read->second == Genuine::yes) ++genuine;
    }
    EXPECT_EQ(genuine, 0);
}

TEST(OwnMessageId, LeavesForeignFormsAlone) {
    for (const char* foreign :
         {"", "@", "abc@x.example", "1042@x.example", "1042.ack-1@x.example",
          "20261125.123456@mail.example", "0.ack-1.aaaaaaaaaaaaaaaaaaaa@x.example",
          "-5.ack-1.aaaaaaaaaaaaaaaaaaaa@x.example",
          "99999999999999999999.ack-1.aaaaaaaaaaaaaaaaaaaa@x.example",
          "1042..aaaaaaaaaaaaaaaaaaaa@x.example", "1042.a b.aaaaaaaaaaaaaaaaaaaa@x.example",
          "1042.ack-1.AAAA1111@x.example"}) {
        EXPECT_FALSE(read_message_id(foreign, key)) << foreign;
    }
}

}  // namespace
}  // namespace bellhop::rules
