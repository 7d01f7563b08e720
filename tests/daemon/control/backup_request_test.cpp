#include "daemon/control/backup_request.hpp"

#include <gmock/gmock.h>
#include <sysexits.h>

#include "daemon/work/work_done.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class BackupRequest : public BusyDesk {
protected:
    Answer note(const boost::json::object& arguments) {
        const RequestContext context{*store_, *desk_, key_, *intake_, clock_, own_peer()};
        return carried_out({{"backup.made", note_backup}}, context, {"backup.made", arguments, {}});
    }

    std::string key_ = "the key";
};

TEST_F(BackupRequest, IsRememberedForStatusTheLastOneOnly) {
    EXPECT_EQ(note({{"file", "/backups/a"}, {"tickets", 11}}).status, EX_OK);
    clock_.time += 24h;
    EXPECT_EQ(note({{"file", "/backups/b"}, {"tickets", 12}}).complaint, "");
    EXPECT_EQ(work_done(*store_),
              (std::vector<WorkDone>{{"backup", clock_.time, "/backups/b, 12 tickets"}}));
}

TEST_F(BackupRequest, SaysWhatIsMissing) {
    const std::vector<std::pair<boost::json::object, std::string>> wrong{
        {{}, "backup.made needs"},
        {{{"file", "/backups/a"}}, "tickets"},
        {{{"file", 1}, {"tickets", 11}}, "file"},
        {{{"file", "/backups/a"}, {"tickets", "many"}}, "tickets"}};
    for (const auto& [arguments, complaint] : wrong) {
        const Answer answer = note(arguments);
        EXPECT_EQ(answer.status, EX_USAGE) << complaint;
        EXPECT_THAT(answer.complaint, HasSubstr(complaint));
    }
    EXPECT_TRUE(work_done(*store_).empty());
}

}  // namespace
}  // namespace bellhop::daemon
