#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "daemon/commands/command_line.hpp"

namespace bellhop::daemon {
namespace {

/// A folder of its own for each test, gone afterwards.
class ParseCommand : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name =
            (std::filesystem::temp_directory_path() / "bellhop-parse-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, std::string_view bytes) const {
        std::ofstream{folder_ / name, std::ios::binary} << bytes;
        return folder_ / name;
    }

    /// What the command prints; `status_` is its exit status.
    std::string output_of(const std::vector<std::string>& arguments) {
        const Program program{"bellhop", {}, {}, {}, {parse_command()}};
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        status_ = run(program, arguments, std::cout, std::cerr);
        complaint_ = testing::internal::GetCapturedStderr();
        return testing::internal::GetCapturedStdout();
    }

    std::filesystem::path folder_ = {};
    int status_ = -1;
    std::string complaint_ = {};
};

constexpr std::string_view mail =
    "From: ann@school.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n"
    "--b\nContent-Type: text/plain\nContent-Disposition: attachment; "
    "filename=\"%2e%2e%2fnotes.txt\"\n\none\n"
    "--b\nContent-Type: text/plain\nContent-Disposition: attachment; "
    "filename=\"%2e%2e%2fnotes.txt\"\n\ntwo\n--b--\n";

TEST_F(ParseCommand, SaysWhatIsProvedOfTheSenderWhereItIsAsked) {
    const std::string a =
        file("a.eml",
             "Authentication-Results: mx.b.example; dmarc=pass header.from=a.example\n"
             "Received: from out.a.example (out.a.example [192.0.2.1]) by mx.b.example\n"
             "From: ann@a.example\n\nhello\n");
    EXPECT_EQ(output_of({"--json", "parse", a}).find("sender_proof"), std::string::npos);
    const std::string proved =
        R"("sender_proof":{"level":"proved","because":"DMARC passes for a.example",)"
        R"("address":"ann@a.example"})";
    for (const std::vector<std::string>& options :
         {std::vector<std::string>{"--authserv-id", "mx.b.example"},
          {"--provider", "rfc8601", "--authserv-id", "MX.b.example"}}) {
        std::vector<std::string> arguments{"--json", "parse", a};
        arguments.insert(arguments.end(), options.begin(), options.end());
        EXPECT_NE(output_of(arguments).find(proved), std::string::npos);
    }
    const std::string other = output_of({"parse", a, "--provider", "microsoft365"});
    EXPECT_NE(other.find("\nSender:      unknown (the mail did not come by Exchange Online"),
              std::string::npos)
        << other;
    output_of({"parse", a, "--provider", "exchange"});
    EXPECT_NE(status_, 0);
}

TEST_F(ParseCommand, PrintsOneObjectALine) {
    const std::string a = file("a.eml", mail);
    const std::string text = output_of({"--json", "parse", a, a});
    EXPECT_EQ(status_, 0);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
    EXPECT_TRUE(text.starts_with("{\"file\":"));
}

TEST_F(ParseCommand, WritesAttachmentsUnderNamesThatStayInTheFolder) {
    const std::filesystem::path out = folder_ / "out";
    output_of({"parse", file("a.eml", mail), "--attachments", out.string()});
    EXPECT_EQ(status_, 0);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{out})
        names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    ASSERT_EQ(names.size(), 2U);
    EXPECT_EQ(names[0].find(".."), std::string::npos);
    struct stat status {};
    ASSERT_EQ(::stat((out / names[0]).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(out.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(ParseCommand, GoesOnPastAFileThatCannotBeRead) {
    const std::string text =
        output_of({"--json", "parse", (folder_ / "missing").string(), file("a.eml", mail)});
    EXPECT_EQ(status_, 65);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_NE(complaint_.find("cannot read"), std::string::npos);
}

TEST_F(ParseCommand, ReadsAnythingAsAMail) {
    EXPECT_FALSE(output_of({"--json", "parse", file("empty", "")}).empty());
    EXPECT_EQ(status_, 0);
}

}  // namespace
}  // namespace bellhop::daemon
