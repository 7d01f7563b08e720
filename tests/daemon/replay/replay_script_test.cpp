#include "daemon/replay/replay_script.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

ReplayScript parsed(const std::string& text) {
    auto script = parse_replay_script("story.txt", text);
    EXPECT_TRUE(script.has_value());
    return script ? std::move(*script) : ReplayScript{};
}

std::string complaints(const std::string& text) {
    const auto script = parse_replay_script("story.txt", text);
    if (script) return {};
    std::string all;
    for (const parsers::Diagnostic& each : script.error()) all += parsers::render(each, text);
    return all;
}

TEST(ReplayScript, ReadsAStory) {
    const ReplayScript script = parsed(
        "# a remark\n"
        "preset provider\n"
        "append sla.toml\n"
        "    [priority.P9]\n"
        "\n"
        "Fri 2026-10-23 15:50  mail from Ann <ann@hill.example> in cases: Projector: room 4\n"
        "    It stays dark.\n"
        "\n"
        "      Since today.\n"
        "\n"
        "2026-11-02 09:00  desk reply 1 --status waiting_customer\n"
        "    Which?\n"
        "2026-11-02 09:30  auto-reply from ann@hill.example to 1\n"
        "2026-11-02 09:40  sent to ann@hill.example about 1\n"
        "2026-11-02 09:50  sent to help@supplier.example: Lamps: two\n"
        "2026-11-02 10:00  gateway stops\n"
        "2026-11-02 10:00  clock back 2h\n"
        "2026-11-03 10:00  end\n"
        "timeline\n"
        "nothing\n");
    EXPECT_EQ(script.preset, "provider");
    ASSERT_EQ(script.setup.size(), 1U);
    EXPECT_EQ(script.setup[0].text, "[priority.P9]\n");
    ASSERT_EQ(script.entries.size(), 8U);
    const auto& mail = std::get<NewMail>(script.entries[0].act);
    EXPECT_EQ(mail.from, "Ann <ann@hill.example>");
    EXPECT_EQ(mail.mailbox, "cases");
    EXPECT_EQ(mail.subject, "Projector: room 4");
    EXPECT_EQ(script.entries[0].text, "It stays dark.\n\n  Since today.\n");
    EXPECT_EQ(std::get<DeskWords>(script.entries[1].act).words,
              (std::vector<std::string>{"reply", "1", "--status", "waiting_customer"}));
    EXPECT_EQ(std::get<Response>(script.entries[2].act).kind, Response::Kind::auto_reply);
    EXPECT_EQ(std::get<SentMail>(script.entries[3].act).to, "ann@hill.example");
    EXPECT_EQ(std::get<SentMail>(script.entries[3].act).ticket, 1);
    EXPECT_EQ(std::get<SentMail>(script.entries[4].act).to, "help@supplier.example");
    EXPECT_EQ(std::get<SentMail>(script.entries[4].act).subject, "Lamps: two");
    EXPECT_FALSE(std::get<GatewayRuns>(script.entries[5].act).runs);
    EXPECT_EQ(std::get<ClockOffset>(script.entries[6].act).offset, std::chrono::hours{-2});
    EXPECT_EQ(script.expected, "nothing\n");
}

TEST(ReplayScript, KeepsQuotedWordsTogether) {
    const ReplayScript script =
        parsed("2026-11-02 09:00  desk status 1 open --reason \"a b\" \"\"\n");
    EXPECT_EQ(std::get<DeskWords>(script.entries[0].act).words,
              (std::vector<std::string>{"status", "1", "open", "--reason", "a b", ""}));
}

TEST(ReplayScript, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(complaints("Mon 2026-11-03 09:00  end\n"),
              "story.txt:1:5: error: is a tue\n"
              "    1 | Mon 2026-11-03 09:00  end\n"
              "      |     ^~~~~~~~~~\n");
    EXPECT_EQ(complaints("tomorrow  end\n"),
              "story.txt:1:1: error: not a date: \"tomorrow\"\n"
              "    1 | tomorrow  end\n"
              "      | ^~~~~~~~\n"
              "      = entries begin like this: Mon 2026-11-02 09:00  desk reply 1\n");
    EXPECT_EQ(complaints("2026-11-03 25:00  end\n"),
              "story.txt:1:12: error: not a time of day\n"
              "    1 | 2026-11-03 25:00  end\n"
              "      |            ^~~~~\n"
              "      = for example 09:00\n");
    EXPECT_EQ(
        complaints("2026-11-03 09:00  replay from a to 1\n"),
        "story.txt:1:19: error: nothing is called \"replay\"\n"
        "    1 | 2026-11-03 09:00  replay from a to 1\n"
        "      |                   ^~~~~~\n"
        "      = there are: mail, reply, auto-reply, bounce, sent, file, desk, append, write, "
        "gateway, clock, end\n"
        "      = did you mean \"reply\"?\n");
    EXPECT_EQ(complaints("2026-11-03 09:00  reply from ann@hill.example to ten\n"),
              "story.txt:1:50: error: not the number of a ticket: \"ten\"\n"
              "    1 | 2026-11-03 09:00  reply from ann@hill.example to ten\n"
              "      |                                                  ^~~\n");
    EXPECT_EQ(complaints("2026-11-03 09:00  end\n2026-11-02 09:00  end\n"),
              "story.txt:2:1: error: lies before the entry above it\n"
              "    2 | 2026-11-02 09:00  end\n"
              "      | ^~~~~~~~~~~~~~~~~~~~~\n");
}

}  // namespace
}  // namespace bellhop::daemon
