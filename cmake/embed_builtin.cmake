# Writes OUTPUT, a C++ file that holds the files of ROOT that end in .toml or .points, each under its name.
#   cmake -DROOT=... -DOUTPUT=... -P embed_builtin.cmake
file(GLOB files RELATIVE ${ROOT} ${ROOT}/*.toml ${ROOT}/*.points)
list(SORT files)
set(lines "")
foreach(file IN LISTS files)
    file(READ ${ROOT}/${file} text)
    file(SHA256 ${ROOT}/${file} digest)
    get_filename_component(name ${file} NAME_WE)
    string(APPEND lines
        "    {\"builtin:${name}\",\n     R\"embedded(${text})embedded\"sv,\n     \"${digest}\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new
    "#include <algorithm>\n#include <iterator>\n\n#include \"rules/builtin/builtin_files.hpp\"\n\n"
    "namespace bellhop::rules {\nnamespace {\n\nusing namespace std::string_view_literals;\n\nconstexpr BuiltinFile files[] = {\n${lines}};\n\n"
    "}  // namespace\n\nconst BuiltinFile* builtin_file(std::string_view name) {\n"
    "    const auto* found = std::find_if(std::begin(files), std::end(files),\n"
    "        [name](const BuiltinFile& each) { return each.name == name; });\n"
    "    return found == std::end(files) ? nullptr : found;\n}\n\n}  // namespace bellhop::rules\n")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUTPUT}.new)
