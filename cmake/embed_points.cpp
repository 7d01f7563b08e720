// Writes a table of points as C++ data, so that the program need not read its own:
//     embed_points words.points OUTPUT.cpp
// Runs while the program is built; a table that cannot be read fails the build.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "rules/evidence/point_table.hpp"

namespace {

using bellhop::rules::PointTable;

void write(const std::string& name, const PointTable& table, std::ostream& out) {
    out << "#include \"rules/builtin/builtin_files.hpp\"\n\nnamespace bellhop::rules {\nnamespace "
           "{\n\n"
           "constexpr std::uint64_t keys[] = {";
    for (const std::uint64_t key : table.keys()) out << key << "u,\n";
    out << "};\n\nconstexpr Tenths points[] = {";
    for (const bellhop::rules::Points& points : table.points()) {
        out << "Tenths{";
        for (const std::int16_t each : bellhop::rules::tenths_of(points)) out << each << ',';
        out << "},\n";
    }
    out << "};\n\n}  // namespace\n\nstd::shared_ptr<const PointTable> "
           "builtin_table(std::string_view name) {\n"
           "    if (name != \"builtin:"
        << name
        << "\") return nullptr;\n    static const auto table = std::make_shared<const "
           "PointTable>(R\"embedded("
        << table.version() << ")embedded\", points_of(Tenths{";
    for (const std::int16_t each : bellhop::rules::tenths_of(table.start())) out << each << ',';
    out << "}), keys, points);\n    return table;\n}\n\n}  // namespace bellhop::rules\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    std::ifstream in{argv[1], std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    const auto table = PointTable::read(text);
    if (table.has_error()) {
        std::cerr << argv[1] << ": " << table.error() << '\n';
        return 1;
    }
    std::ofstream out{argv[2], std::ios::binary | std::ios::trunc};
    write(std::filesystem::path{argv[1]}.stem().string(), *table, out);
    out.close();
    return out ? 0 : 1;
}
