// Reading mails: speed beside GMime 3, and what hostile ones cost.
//
//   bench_parse FOLDER [RUNS]    every file of FOLDER
//   bench_parse --hostile
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/message/parse_message.hpp"
#include "tests/bench/gmime_yardstick.hpp"
#include "tests/parsers/hostile_mails.hpp"

namespace bellhop::bench {
namespace {

constexpr double mega = 1e6;

/// CPU seconds of this process: what other programs do at the same time counts least so.
double cpu_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double cpu_seconds_of(const std::function<void()>& work) {
    const double start = cpu_seconds();
    work();
    return cpu_seconds() - start;
}

std::vector<std::string> mails_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder})
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> mails;
    for (const auto& file : files) {
        std::ifstream stream{file, std::ios::binary};
        mails.emplace_back(std::istreambuf_iterator<char>{stream},
                           std::istreambuf_iterator<char>{});
    }
    return mails;
}

/// What parse_message() gave, so that nothing of it can be optimised away.
std::size_t size_of(const parsers::Message& message) {
    std::size_t octets = message.text.size() + message.subject.size();
    for (const parsers::Attachment& attachment : message.attachments)
        octets += attachment.bytes.size();
    return octets;
}

void print_row(std::string_view name, std::vector<double> seconds, double mails, double bytes) {
    std::sort(seconds.begin(), seconds.end());
    const double median = seconds[seconds.size() / 2];
    fmt::print("| {} | {:.3f} | {:.3f} | {:.3f} | {:.0f} | {:.1f} |\n", name, seconds.front(),
               median, seconds.back(), mails / median, bytes / median / mega);
}

int compare(const std::filesystem::path& folder, int runs) {
    const std::vector<std::string> mails = mails_in(folder);
    double bytes = 0;
    for (const std::string& mail : mails) bytes += static_cast<double>(mail.size());
    std::size_t octets = 0;
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int run = 0; run < runs; ++run) {
        ours.push_back(cpu_seconds_of([&] {
            for (const std::string& mail : mails) octets += size_of(parsers::parse_message(mail));
        }));
        if (!has_gmime()) continue;
        theirs.push_back(cpu_seconds_of([&] {
            for (const std::string& mail : mails) octets += read_with_gmime(mail);
        }));
    }
    const auto count = static_cast<double>(mails.size());
    fmt::print("{} mails, {:.1f} MB, {} runs in turn, CPU time of one core, {} bytes came out\n\n",
               mails.size(), bytes / mega, runs, octets);
    fmt::print("| | min s | median s | max s | mails/s | MB/s |\n|---|---|---|---|---|---|\n");
    print_row("parse_message(): all that the gateway asks of a mail", ours, count, bytes);
    if (theirs.empty()) {
        fmt::print("\nGMime 3 is not installed (libgmime-3.0-dev): nothing to compare with\n");
    } else {
        print_row("GMime 3: tree, main fields, bodies decoded", theirs, count, bytes);
    }
    return 0;
}

/// KiB, of a line of /proc/self/status such as "VmHWM".
std::size_t memory_status(std::string_view key) {
    std::ifstream status{"/proc/self/status"};
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(key)) return std::strtoul(line.c_str() + key.size() + 1, nullptr, 10);
    }
    return 0;
}

std::string codes_of(const parsers::Message& message) {
    std::string codes;
    for (const parsers::Defect& defect : message.defects)
        codes += (codes.empty() ? "" : ", ") + defect.code;
    return codes;
}

constexpr double most_seconds = 5;
constexpr std::size_t most_memory_per_byte = 8;
constexpr std::size_t free_memory_kib = 32 * 1024;
constexpr unsigned patience_seconds = 60;

/// Reads one mail in a process of its own, whose exit status is 0 if time and memory were bounded.
int read_hostile(const parsers::HostileMail& hostile) {
    ::alarm(patience_seconds);
    const std::string quarter = hostile.of(hostile.full / 4);
    const double before = cpu_seconds_of([&] { parsers::parse_message(quarter); });
    const std::string mail = hostile.of(hostile.full);
    std::ofstream{"/proc/self/clear_refs"} << "5";  // forget the peak so far
    const std::size_t resident = memory_status("VmHWM");
    parsers::Message message;
    const double seconds = cpu_seconds_of([&] { message = parsers::parse_message(mail); });
    const std::size_t peak = memory_status("VmHWM") - resident;
    const bool is_bounded = seconds <= most_seconds &&
                            peak <= free_memory_kib + most_memory_per_byte * mail.size() / 1024;
    fmt::print("| {} | {:.2f} | {:.3f} | {:.3f} | {:.1f} | {}{} |\n", hostile.name,
               static_cast<double>(mail.size()) / mega, before, seconds,
               static_cast<double>(peak) * 1024 / mega, codes_of(message),
               is_bounded ? "" : " **beyond bounds**");
    std::fflush(stdout);
    return is_bounded ? 0 : 1;
}

int hostile() {
    fmt::print(
        "| mail | MB | s, a quarter of it | s | peak MB beside the mail | defects |\n"
        "|---|---|---|---|---|---|\n");
    int failures = 0;
    for (const parsers::HostileMail& mail : parsers::hostile_mails()) {
        std::fflush(stdout);
        const pid_t child = ::fork();
        if (child == 0) std::_Exit(read_hostile(mail));
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WIFSIGNALED(status))
            fmt::print("| {} | | | | | **ended by signal {}** |\n", mail.name, WTERMSIG(status));
        failures += status == 0 ? 0 : 1;
    }
    fmt::print("\n{} mails, {} beyond bounds\n", parsers::hostile_mails().size(), failures);
    return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace bellhop::bench

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view{argv[1]} == "--hostile") return bellhop::bench::hostile();
    if (argc == 2 || argc == 3)
        return bellhop::bench::compare(argv[1], argc == 3 ? std::atoi(argv[2]) : 5);
    fmt::print(stderr, "usage: bench_parse FOLDER [RUNS] | --hostile\n");
    return 64;
}
