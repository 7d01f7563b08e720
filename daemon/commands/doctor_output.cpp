#include "daemon/commands/doctor_output.hpp"

#include <csignal>
#include <iostream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "daemon/doctor/doctor.hpp"
#include "daemon/view/output.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t widest = 600;  // characters of a line's part

json::object to_json(const rules::Finding& finding) {
    json::object object{{"check", finding.check},
                        {"state", std::string{rules::to_text(finding.state)}},
                        {"seen", finding.seen}};
    if (!finding.remedy.empty()) object["remedy"] = finding.remedy;
    return object;
}

/// At once: the checks that follow may take a minute.
void print(const rules::Finding& finding) {
    std::cout << fmt::format("{:<5} {}: {}\n", rules::to_text(finding.state), finding.check,
                             on_one_line(finding.seen, widest));
    if (!finding.remedy.empty()) {
        std::cout << fmt::format("      = {}\n", on_one_line(finding.remedy, widest));
    }
    std::cout.flush();
}

}  // namespace

json::array told_by_doctor(const DoctorOptions& options, Invocation& invocation) {
    std::signal(SIGPIPE, SIG_IGN);  // a server that hangs up is an error code, not the end
    json::array findings;
    examine(options, [&](const rules::Finding& finding) {
        if (finding.state == rules::FindingState::fail) invocation.exit_status = 1;
        if (invocation.json) {
            findings.push_back(to_json(finding));
        } else {
            print(finding);
        }
    });
    return findings;
}

}  // namespace bellhop::daemon
