#include "rules/evidence/machine_report.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"

namespace bellhop::rules {
namespace {

using enum MachineState;
using Severity = MachineSeverity;

struct Said {
    const char* subject;
    const char* body;
    MachineState state;
    Severity severity = Severity::unknown;
};

class MachineMails : public testing::TestWithParam<Said> {};

TEST_P(MachineMails, AreReadByTheirForm) {
    const Said& mail = GetParam();
    const auto report =
        machine_report({mail.subject, mail.body, "monitor@desk.example", "", false});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->state, mail.state);
    EXPECT_EQ(report->severity, mail.severity);
}

INSTANTIATE_TEST_SUITE_P(
    Tags,
    MachineMails,
    testing::Values(Said{"[Failed] Nightly", "Job: Nightly", ill, Severity::error},
                    Said{"[Low] Malware cleaned up", "Host: pc1", well, Severity::information},
                    Said{"** RECOVERY Host Alert: sw1 is UP **", "Host: sw1", well},
                    Said{"Resolved in 6m: disk almost full", "Host: sw1", well},
                    Said{"[FIRING:3] PortErrors", "severity = warning", ill, Severity::warning},
                    Said{"PROBLEM: sw1", "Host: sw1\nSeverity: Disaster", ill,
                         Severity::critical}));

INSTANTIATE_TEST_SUITE_P(
    Fields,
    MachineMails,
    testing::Values(
        Said{"Report", "Job: a\nStatus: Success", well},
        Said{"Report", "Job: a\nStatus      Failed", ill, Severity::error},
        Said{"Report", "Job: a\nErrors: 0\nWarnings: 0\nResult: completed", well},
        Said{"Report", "Job: a\nState: OK\nState: CRITICAL", ill, Severity::critical},
        Said{"Alert", "date=2026-11-05 devname=\"FW 1\" level=\"warning\" status=\"DOWN\"", ill,
             Severity::warning},
        Said{"Battery", "Severe - UPS: On battery power.\nCode: 0x0109", ill, Severity::critical}));

INSTANTIATE_TEST_SUITE_P(
    Sentences,
    MachineMails,
    testing::Values(
        Said{"sw1", "Device: sw1\nsw1 is back online. It was down for 4 minutes.", well},
        Said{"UPS", "Name: UPS1\nCode: 1\nNo longer on battery power.", well},
        Said{"Job", "Job: a\nThe job has failed. Run it again once it is resolved.", ill},
        Said{"Job", "Job: a\nThe job did not end and is not healthy.", ill},
        Said{"Weekly figures", "Site: Hill\nDuration: 7 days\nService: print", unknown}));

TEST(MachineReport, IsNotMadeOfWhatAPersonWrites) {
    struct Written {
        const char* subject;
        const char* body;
    };
    for (const Written& mail : {
             Written{"Printer", "The printer in room 4 is offline and I need it by ten."},
             Written{"Problem: no sound", "Hello, my laptop has no sound. Room: 4"},
             Written{"Form",
                     "Name: Ann Hale\nLocation: Room 4\nDevice: iPad\nMy screen is cracked."},
             Written{"Web form: report a fault",
                     "Name: Ann Hale\nLocation: Office\nDescription: No calls can be made"},
             Written{"[URGENT] wifi down", "Nothing works in the annexe, please come."},
             Written{"Error", "It says: error 404. I pressed OK and it failed again."},
             Written{"", ""},
         }) {
        EXPECT_EQ(machine_report({mail.subject, mail.body, "ann@hill.example", "Ann", false}),
                  std::nullopt)
            << mail.subject;
    }
}

TEST(MachineReport, EndsWithAnyBytes) {
    for (const char* text : {"[", "[]", "**", ":", "=", "a=\"", "= = =\"", "[[[", "\t\t", "::::"}) {
        EXPECT_NO_FATAL_FAILURE(machine_report({text, text, text, text, true})) << text;
    }
    const std::string long_text(1'000'000, '=');
    EXPECT_EQ(machine_report({long_text, long_text, "", "", false}), std::nullopt);
}

struct Counts {
    std::size_t mails = 0;
    std::size_t reports = 0;
    std::size_t states = 0;
};

Counts counts_of(const std::string& file) {
    std::ifstream in{std::string{BELLHOP_TEST_DATA "/machine_mails/"} + file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    const auto parsed = parsers::ConfigFile::parse(file, text);
    EXPECT_TRUE(parsed.has_value()) << file;
    Counts counts;
    if (parsed.has_error()) return counts;
    parsers::Diagnostics complaints;
    parsers::ConfigTable root = parsed->root(complaints);
    for (parsers::ConfigTable& test : root.tables("test")) {
        const std::string subject = test.text("subject").value_or("");
        const std::string body = test.text("body").value_or("");
        const std::string from = test.text("from").value_or("");
        const std::string state = test.text("state").value_or("");
        const auto report = machine_report({subject, body, from, "", false});
        ++counts.mails;
        counts.reports += report ? 1 : 0;
        const MachineState right = state == "ill" ? ill : state == "well" ? well : unknown;
        const bool is_right = (report ? report->state : unknown) == right;
        counts.states += is_right ? 1 : 0;
        if (!is_right || !report)
            std::cout << file << ": " << test.text("product").value_or("")
                      << (report ? "" : ": no report") << (is_right ? "" : ": another state")
                      << '\n';
    }
    return counts;
}

/// The reader was made for their kind, with them at hand.
TEST(MachineReport, ReadsTheFormsOfProducts) {
    const Counts counts = counts_of("first.toml");
    EXPECT_EQ(counts.mails, 41U);
    EXPECT_GE(counts.reports, 38U);
    EXPECT_GE(counts.states, 39U);
}

/// 12 of 20 states when they were new; then their kinds were mended as well.
TEST(MachineReport, ReadsTheFormsOfMoreProducts) {
    const Counts counts = counts_of("second.toml");
    EXPECT_EQ(counts.mails, 20U);
    EXPECT_GE(counts.states, 19U);
}

}  // namespace
}  // namespace bellhop::rules
