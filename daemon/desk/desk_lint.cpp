#include "daemon/desk/desk_lint.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "daemon/desk/text_file.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/calendar_lint.hpp"
#include "rules/lint/rule_lint.hpp"

namespace bellhop::daemon {
namespace {

using parsers::in_quotes;
using parsers::Severity;
using parsers::TextSpan;
using Names = std::vector<std::string>;

class DeskLint {
public:
    DeskLint(const Desk& desk, std::chrono::sys_seconds now)
        : desk_(desk), now_(now), staff_(staff_of(desk)), people_(desk.rules.known_people()) {}

    parsers::Diagnostics run() {
        add(rules::lint(desk_.rules.rule_set(), desk_.rules.tests, people_, desk_.rules.vocabulary,
                        today()));
        for (const rules::CalendarEntry& entry : desk_.calendars.entries) {
            add(rules::lint_calendar(entry, now_));
        }
        look_at_people();
        look_at_steps();
        look_at_plans();
        look_at_zones();
        look_at_proof();
        look_at_secrets();
        sort();
        return std::move(findings_);
    }

private:
    std::chrono::year_month_day today() const {
        return std::chrono::floor<std::chrono::days>(now_);
    }

    void add(const parsers::Diagnostics& found) {
        findings_.insert(findings_.end(), found.begin(), found.end());
    }

    void complain(Severity severity, TextSpan where, std::string message, Names hints) {
        findings_.push_back({std::move(where), std::move(message), std::move(hints), severity});
    }

    std::filesystem::path file(const char* name) const { return desk_.settings.folder / name; }

    // ---- who is reached ----

    void look_at_people() {
        look_at_manager();
        if (people_ == nullptr) {
            if (desk_.settings.desk.manager.empty()) {
                complain(Severity::warning, {file("bellhop.toml").string(), 1, 1, 1},
                         "nobody of the desk is told of anything",
                         {"people.toml says who works here; manager = \"ADDRESS\" in [desk] would "
                          "do, too"});
            }
            return;
        }
        add(rules::lint_people(*people_, desk_.rules.people_file, today()));
        for (const rules::Team& team : people_->teams) {
            if (reaches(team.name)) continue;
            const bool has_manager = reaches(desk_.settings.desk.manager);
            complain(has_manager ? Severity::warning : Severity::error, team.where,
                     "team " + in_quotes(team.name) + " reaches nobody",
                     {has_manager ? "its tickets are told to the manager; give it an address, or a "
                                    "technician teams = [" +
                                        in_quotes(team.name) + "]"
                                  : "give it an address, or a technician teams = [" +
                                        in_quotes(team.name) + "]"});
        }
        for (const auto& [occasion, entry] : people_->tell.entries) {
            for (std::size_t i = 0; i < entry.whom.size(); ++i) {
                look_at_name(entry.spans.at(i), entry.whom[i],
                             Names{rules::approver_word, rules::writer_word});
            }
        }
    }

    void look_at_manager() {
        const std::string& name = desk_.settings.desk.manager;
        if (name.empty() || reaches(name)) return;
        const TextSpan where = place_of_line(file("bellhop.toml"), "manager");
        if (name.find('@') != std::string::npos) {
            return complain(Severity::error, where,
                            "the manager " + in_quotes(name) + " is an address of the desk itself",
                            {"a mail to it would come in as a ticket"});
        }
        complain(Severity::error, where, "the manager " + in_quotes(name) + " reaches nobody",
                 near(name));
    }

    void look_at_steps() {
        for (const rules::LadderStep& step : desk_.policy.ladder) {
            for (const std::string& name : step.tell) look_at_name(step.where, name, {});
        }
    }

    /// A word of a table that tells somebody: roles are people's own affair, names must reach.
    void look_at_name(const TextSpan& where, const std::string& name, const Names& more) {
        static const Names roles{"assignee", "team", "manager"};
        if (parsers::contains(roles, name) || parsers::contains(more, name)) return;
        if (name == "slt" || name == "nominated contact") return look_at_group(where, name);
        if (reaches(name)) return;
        complain(Severity::error, where, in_quotes(name) + " reaches nobody", near(name));
    }

    void look_at_group(const TextSpan& where, const std::string& group) {
        Names without;
        if (people_ == nullptr) return;
        for (const rules::School& school : people_->schools) {
            if (people_->contacts_of(school.name, group).empty()) without.push_back(school.name);
        }
        if (without.empty()) return;
        const bool is_all = without.size() == people_->schools.size();
        complain(is_all ? Severity::error : Severity::warning, where,
                 in_quotes(group) + " reaches nobody at " +
                     (is_all ? std::string{"any school"} : parsers::joined(without, ", ")),
                 {"[[contact]] of people.toml has slt and nominated; the team is told instead"});
    }

    bool reaches(const std::string& name) const {
        if (name.empty()) return false;
        const Names addresses =
            people_ == nullptr ? rules::People{}.addresses_of(name) : people_->addresses_of(name);
        const Names members = people_ == nullptr ? Names{} : people_->members_of(name);
        const auto is_sendable = [this](const std::string& one) {
            return !one.empty() && !rules::is_own_address(staff_, one);
        };
        return std::any_of(addresses.begin(), addresses.end(), is_sendable) ||
               std::any_of(members.begin(), members.end(), is_sendable);
    }

    Names near(const std::string& name) const {
        Names known;
        if (people_ != nullptr) {
            for (const auto& names :
                 {parsers::names_of(people_->technicians), parsers::names_of(people_->teams),
                  parsers::names_of(people_->contacts)}) {
                known.insert(known.end(), names.begin(), names.end());
            }
        }
        const std::string found = parsers::nearest(name, known);
        if (!found.empty() && found != name) return {"did you mean " + in_quotes(found) + "?"};
        return {"name somebody of people.toml who has an address, or write the address"};
    }

    // ---- names in one file that another does not know ----

    void look_at_plans() {
        if (people_ == nullptr) return;
        Names plans;
        for (const rules::School& school : people_->schools) plans.push_back(school.plan);
        std::set<std::string> seen;
        for (const rules::PolicyVersion& version : desk_.policy.versions) {
            for (const auto& [plan, targets] : version.plans) {
                if (parsers::contains(plans, plan) || !seen.insert(plan).second) continue;
                const std::string meant = parsers::nearest(plan, plans);
                // A plan that nobody has today, as for an inspection, is none of our business.
                if (meant.empty()) continue;
                complain(Severity::error, place_of_plan(plan),
                         "no school has the plan " + in_quotes(plan),
                         {"people.toml calls it " + in_quotes(meant) + "?"});
            }
        }
    }

    TextSpan place_of_plan(const std::string& plan) const {
        const TextSpan quoted = place_of_line(file("sla.toml"), "[plan." + in_quotes(plan));
        return quoted.length > 1 ? quoted : place_of_line(file("sla.toml"), "[plan." + plan);
    }

    /// One desk has one clock: what is promised in one zone and written in another is an hour off.
    void look_at_zones() {
        const std::string& ours = desk_.settings.desk.time_zone;
        const std::string& theirs = desk_.calendars.calendars.front().plan().zone;
        if (ours == theirs) return;
        complain(Severity::error, place_of_line(file("bellhop.toml"), "time_zone"),
                 "the desk's time zone is " + in_quotes(ours) + " here and " + in_quotes(theirs) +
                     " in calendar.toml",
                 {"write the same in both"});
    }

    /// Who believes every From should know that he does.
    void look_at_proof() {
        for (const MailboxSettings& mailbox : desk_.settings.mailboxes) {
            if (mailbox.proof.can_prove()) continue;
            complain(Severity::warning,
                     place_of_line(file("bellhop.toml"), "name = " + in_quotes(mailbox.name)),
                     "nothing proves who writes to the mailbox " + in_quotes(mailbox.name) +
                         ": whoever From names is believed",
                     {"provider = \"microsoft365\" or \"google\", or authserv_id, where your own "
                      "server writes Authentication-Results: bellhop.toml(5)"});
        }
    }

    void look_at_secrets() {
        for (const MailboxSettings& mailbox : desk_.settings.mailboxes) {
            look_at_secret(mailbox.server.secret);
        }
        look_at_secret(desk_.settings.smtp.server.secret);
    }

    /// Warnings: the folder may be checked before the passwords are put into it, and by somebody
    /// who may not read them.
    void look_at_secret(const SecretSource& secret) {
        const std::filesystem::path bellhop = file("bellhop.toml");
        if (!secret.file.empty() && is_missing(secret.file)) {
            complain(Severity::warning,
                     place_of_line(bellhop, "password_file = " + quoted_name(secret)),
                     "there is no file " + in_quotes(secret.file.string()),
                     {"one line, the password; then chmod 600"});
        }
        const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
        if (!secret.credential.empty() && credentials != nullptr &&
            is_missing(std::filesystem::path{credentials} / secret.credential)) {
            complain(
                Severity::warning,
                place_of_line(bellhop, "password_credential = " + in_quotes(secret.credential)),
                "the service manager gives no credential " + in_quotes(secret.credential),
                {"LoadCredential=" + secret.credential + ":/path in the unit"});
        }
    }

    std::string quoted_name(const SecretSource& secret) const {
        return in_quotes(secret.file.lexically_relative(desk_.settings.folder).string());
    }

    void sort() {
        std::stable_sort(findings_.begin(), findings_.end(), [](const auto& a, const auto& b) {
            return std::tie(a.where.file, a.where.line) < std::tie(b.where.file, b.where.line);
        });
        // What two looks have found is said once.
        const auto same = [](const auto& a, const auto& b) {
            return a.where.file == b.where.file && a.where.line == b.where.line &&
                   a.message == b.message;
        };
        findings_.erase(std::unique(findings_.begin(), findings_.end(), same), findings_.end());
    }

    const Desk& desk_;
    std::chrono::sys_seconds now_;
    rules::Staff staff_;
    const rules::People* people_;  // null: nobody is known
    parsers::Diagnostics findings_ = {};
};

}  // namespace

parsers::Diagnostics lint_desk(const Desk& desk, std::chrono::sys_seconds now) {
    return DeskLint{desk, now}.run();
}

}  // namespace bellhop::daemon
