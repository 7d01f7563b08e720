#include "rules/learn/learnt_file.hpp"

#include <cmath>
#include <cstdlib>
#include <string_view>

#include "rules/builtin/builtin_files.hpp"

namespace bellhop::rules {
namespace {

std::string tenths(double points) {
    const long all = std::lround(points * 10);
    const std::string whole = (all < 0 ? "-" : "") + std::to_string(std::labs(all) / 10);
    return all % 10 == 0 ? whole : whole + '.' + std::to_string(std::labs(all) % 10);
}

/// As a basic string of TOML.
std::string toml_text(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// "{ major = 1.2, low = -0.5 }"
std::string points_in_toml(const Points& points) {
    std::string all;
    for (std::size_t i = 0; i < scale_count; ++i) {
        if (std::lround(points[i] * 10) == 0) continue;
        all += (all.empty() ? "" : ", ") + std::string{name_of(static_cast<Scale>(i))} + " = " +
               tenths(points[i]);
    }
    return all.empty() ? "{}" : "{ " + all + " }";
}

}  // namespace

std::string learnt_rules(const Learnt& learnt,
                         const Weighing& weighing,
                         const std::string& version,
                         const std::string& table_file,
                         EvidencePoints evidence) {
    std::string text = "# Made by `bellhop rules learn`: " + version +
                       ".\n# Counts where rules.toml includes it after what it changes: include = "
                       "[\"builtin:school\", \"learned.toml\"]\n\n[weighing]\ntable = [";
    for (const NamedTable& each : learnt.beside) text += toml_text(each.name) + ", ";
    text += toml_text(table_file) + "]\n";
    if (evidence == EvidencePoints::keep) return text;
    text += "start = " + points_in_toml(learnt.start_alone) + '\n';
    for (std::size_t i = 0; i < learnt.evidence.size(); ++i) {
        if (!weighing.evidence[i].where.file.starts_with(builtin_prefix)) continue;
        const auto& [name, points] = learnt.evidence[i];
        text += "\n[[evidence]]\nname = " + toml_text(name) +
                "\npoints = " + points_in_toml(points) + '\n';
    }
    return text;
}

}  // namespace bellhop::rules
