# Flags that every target of ours is compiled with. Packagers get warnings, presets get errors
# (CMAKE_COMPILE_WARNING_AS_ERROR).
add_library(bellhop_flags INTERFACE)
target_compile_options(bellhop_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
target_include_directories(bellhop_flags INTERFACE ${PROJECT_SOURCE_DIR})

if(BELLHOP_SANITIZE)
    add_compile_options(-fsanitize=${BELLHOP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${BELLHOP_SANITIZE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # g++ 12 takes Asio's coroutine frames for mismatched when the sanitizers keep it from inlining.
        # Under them it takes the states of a std::regex for uninitialised, too.
        add_compile_options(-Wno-mismatched-new-delete -Wno-maybe-uninitialized)
    endif()
endif()

if(BELLHOP_HARDEN)
    add_compile_options(-D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
        -fstack-clash-protection -fcf-protection)
    add_link_options(-pie -Wl,-z,relro,-z,now)
endif()

find_program(BELLHOP_CCACHE ccache)
if(BELLHOP_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${BELLHOP_CCACHE})
endif()
find_program(BELLHOP_MOLD mold)
if(BELLHOP_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

# One layer of the architecture: all .cpp files of the folder that calls this, and of its rooms.
function(bellhop_layer name)
    cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
    add_library(bellhop_${name} STATIC ${sources})
    target_link_libraries(bellhop_${name} PUBLIC bellhop_flags ${ARG_LINK})
endfunction()
