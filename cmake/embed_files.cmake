# Writes OUTPUT, a C++ file that holds every file below ROOT as text.
#   cmake -DROOT=... -DOUTPUT=... -P embed_files.cmake
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/*)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
    file(READ ${ROOT}/${file} text)
    string(FIND "${file}" "/" slash)
    string(SUBSTRING "${file}" 0 ${slash} folder)
    math(EXPR behind "${slash} + 1")
    string(SUBSTRING "${file}" ${behind} -1 path)
    # A string literal of C++ may end at 64 KiB; no configuration comes near it.
    string(APPEND entries "        {\"${folder}\", \"${path}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new
    "#include \"daemon/desk/embedded_files.hpp\"\n\n"
    "namespace bellhop::daemon {\n\n"
    "const std::vector<PresetFile>& embedded_files() {\n"
    "    static const std::vector<PresetFile> files{\n${entries}    };\n"
    "    return files;\n}\n\n}  // namespace bellhop::daemon\n")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUTPUT}.new)
