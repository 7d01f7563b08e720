# Writes OUTPUT, a C++ file that holds the files of ROOT that end in .toml or .points, each under its name.
#   cmake -DROOT=... -DOUTPUT=... -P embed_builtin.cmake
file(GLOB files RELATIVE ${ROOT} ${ROOT}/*.toml ${ROOT}/*.points)
list(SORT files)
set(lines "")
foreach(file IN LISTS files)
    file(READ ${ROOT}/${file} text)
    get_filename_component(name ${file} NAME_WE)
    string(APPEND lines "    if (name == \"builtin:${name}\") return R\"embedded(${text})embedded\";\n")
endforeach()
file(WRITE ${OUTPUT}.new
    "#include \"rules/builtin/builtin_files.hpp\"\n\n"
    "namespace bellhop::rules {\n\n"
    "std::optional<std::string_view> builtin_text(std::string_view name) {\n${lines}"
    "    return std::nullopt;\n}\n\n}  // namespace bellhop::rules\n")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUTPUT}.new)
