#include "rules/ticket/own_message_id.hpp"

#include <array>

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

constexpr std::array means{ReplyMeans::answer, ReplyMeans::note, ReplyMeans::approval,
                           ReplyMeans::confirmation};

std::string bound_to(const std::string& reader, ReplyMeans reply) {
    return make_message_id({TicketId{1042}, "notify-3-1"}, Bond{reader, reply}, key,
                           "school.example");
}

TEST(OwnMessageId, ProvesWhoWasSentAMailAndWhatHisReplyIs) {
    for (const ReplyMeans reply : means) {
        const std::string id = bound_to("Tom@desk.example", reply);
        const Proof proof{{TicketId{1042}, "notify-3-1"}, reply};
        EXPECT_EQ(proof_in(id, "tom@DESK.example", key), proof);
        EXPECT_EQ(read_message_id(id, key), (std::pair{proof.mail, Genuine::yes}));
        EXPECT_TRUE(is_bound(id));
        std::string shouted = id;
        for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        EXPECT_EQ(proof_in(shouted, "tom@desk.example", key), proof) << "a relay changes the case";
    }
}

/// A bond says nothing for another person, ticket, mail or purpose.
TEST(OwnMessageId, ProvesNothingOfAnybodyElse) {
    const auto bond_of = [](const std::string& id) {
        const std::size_t at = id.find('@');
        return id.substr(at - 20, 20);
    };
    const std::string toms = bound_to("tom@desk.example", ReplyMeans::note);
    for (const char* other :
         {"raj@desk.example", "tom@desk.example.evil.example", "tom", "", "tom@desk.example\n2"}) {
        EXPECT_EQ(proof_in(toms, other, key), std::nullopt) << other;
    }
    for (const OwnMessageId& other :
         {OwnMessageId{TicketId{1043}, "notify-3-1"}, OwnMessageId{TicketId{1042}, "notify-3-2"}}) {
        std::string id = make_message_id(other, key, "school.example");
        id.insert(id.find('@'), "." + bond_of(toms));
        EXPECT_EQ(read_message_id(id, key)->second, Genuine::yes);
        EXPECT_EQ(proof_in(id, "tom@desk.example", key), std::nullopt);
    }
    EXPECT_NE(bond_of(toms), bond_of(bound_to("tom@desk.example", ReplyMeans::answer)));
    EXPECT_EQ(proof_in(toms, "tom@desk.example", "another key"), std::nullopt);
    EXPECT_EQ(proof_in(make_message_id(ack, key, "school.example"), "tom@desk.example", key),
              std::nullopt);
}

TEST(OwnMessageId, RefusesEveryFlippedCharacterOfTheBond) {
    const std::string id = bound_to("tom@desk.example", ReplyMeans::answer);
    for (std::size_t i = id.find('@') - 20; i < id.find('@'); ++i) {
        std::string forged = id;
        forged[i] = forged[i] == 'a' ? 'b' : 'a';
        EXPECT_EQ(proof_in(forged, "tom@desk.example", key), std::nullopt) << i;
        EXPECT_EQ(read_message_id(forged, key)->second, Genuine::yes)
            << "it still names the ticket";
    }
}

TEST(OwnMessageId, OfAMailThatProvesNothingIsThePlainOne) {
    EXPECT_EQ(
        make_message_id(ack, Bond{"ann@school.example", ReplyMeans::nothing}, key, "x.example"),
        make_message_id(ack, key, "x.example"));
}

/// A digest is about many tickets.
TEST(OwnMessageId, OfAMailAboutNoTicketProvesItsReaderAndNamesNoTicket) {
    const OwnMessageId digest{TicketId{}, "digest-1"};
    const std::string id =
        make_message_id(digest, Bond{"tom@desk.example", ReplyMeans::note}, key, "x.example");
    EXPECT_EQ(proof_in(id, "tom@desk.example", key), (Proof{digest, ReplyMeans::note}));
    EXPECT_EQ(read_message_id(id, key), std::nullopt);
    EXPECT_TRUE(is_about_no_ticket(id, key));
    EXPECT_FALSE(is_about_no_ticket(id, "another key"));
    EXPECT_TRUE(is_about_no_ticket(id, TokenKeys("new", {{std::string{key}, TicketId{5}}})))
        << "sent before a restore";
    std::string forged = id;
    forged[forged.find('.', forged.find('.') + 1) + 1] ^= 1;
    EXPECT_FALSE(is_about_no_ticket(forged, key));
    EXPECT_FALSE(is_about_no_ticket(bound_to("tom@desk.example", ReplyMeans::note), key));
    EXPECT_FALSE(is_about_no_ticket("first@school.example", key));
}

TEST(OwnMessageId, IsOursWhateverItIsAbout) {
    const std::string about_none = make_message_id({TicketId{}, "doctor-1"}, key, "x.example");
    EXPECT_TRUE(is_ours(about_none, key));
    EXPECT_EQ(read_message_id(about_none, key), std::nullopt);
    EXPECT_TRUE(is_ours(make_message_id(ack, key, "x.example"), key));
    const TokenKeys later{"new", {{std::string{key}, TicketId{1}}}};
    EXPECT_TRUE(is_ours(make_message_id(ack, key, "x.example"), later));
    EXPECT_FALSE(is_ours(about_none, "another key"));
    EXPECT_FALSE(is_ours("0.doctor-1.aaaaaaaaaaaaaaaaaaaa@x.example", key));
    EXPECT_FALSE(is_ours("abc@x.example", key));
}

TEST(OwnMessageId, ProvesNothingOfATicketThatWasLost) {
    const std::string id = bound_to("tom@desk.example", ReplyMeans::answer);
    const TokenKeys knows{"new", {{std::string{key}, TicketId{1042}}}};
    const TokenKeys lost{"new", {{std::string{key}, TicketId{1041}}}};
    EXPECT_TRUE(proof_in(id, "tom@desk.example", knows));
    EXPECT_FALSE(proof_in(id, "tom@desk.example", lost));
}

}  // namespace
}  // namespace bellhop::rules
