// A database in a folder of its own that goes with the test.
#pragma once

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "storage/database.hpp"

namespace bellhop::storage {

class TemporaryFolder {
public:
    TemporaryFolder() {
        // In memory where there is such a folder: hundreds of real fsyncs would take seconds, and
        // what a crash of the kernel does is not to be seen from here anyway.
        const std::filesystem::path memory = "/dev/shm";
        const auto parent =
            std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
        std::string name = (parent / "bellhop-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class StoreTest : public testing::Test {
protected:
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "bellhop.db";
    Database database{file};
};

inline std::chrono::sys_seconds at(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

/// Everything that breaks a store that builds its SQL, or its JSON, from texts.
inline const std::string hostile_text =
    std::string{
        "'; DROP TABLE tickets; --\" \\ \n\r\t %s {{x}} ? ?1 NULL \xf0\x9f\x94\x94 \xff\xc3("} +
    '\0' + "after NUL \x02\x03\x1b[31m";

}  // namespace bellhop::storage
