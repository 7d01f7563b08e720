#include "storage/disk.hpp"

#include <system_error>

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

TEST(Disk, TellsWhatIsFree) {
    const TemporaryFolder folder;
    EXPECT_GT(free_bytes(folder.path()), 0U);
    EXPECT_LE(free_bytes(folder.path()), std::filesystem::space(folder.path()).capacity);
}

TEST(Disk, KnowsThatATemporaryFolderIsLocal) {
    const TemporaryFolder folder;
    EXPECT_FALSE(is_network_file_system(folder.path()));
}

TEST(Disk, ThrowsWhereThereIsNothing) {
    EXPECT_THROW(free_bytes("/nonexistent/folder"), std::system_error);
    EXPECT_THROW(is_network_file_system("/nonexistent/folder"), std::system_error);
}

}  // namespace
}  // namespace bellhop::storage
