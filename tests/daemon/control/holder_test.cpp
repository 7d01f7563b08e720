// A command that changes something: at the daemon where one listens, else at the database itself.
#include "daemon/control/holder.hpp"

#include <thread>

#include <gtest/gtest.h>
#include <sysexits.h>

#include "daemon/control/ingest_request.hpp"
#include "storage/process_lock.hpp"
#include "tests/daemon/fakes.hpp"

namespace bellhop::daemon {
namespace {

const std::string mail =
    "From: Ann <ann@school.example>\r\nTo: support@desk.example\r\nSubject: projector\r\n"
    "Message-ID: <1@school.example>\r\n\r\nIt is dark.\r\n";

class HolderTest : public testing::Test {
protected:
    std::size_t tickets() {
        const storage::Store store{desk_.settings.database};
        return store.lists.page({.all = true}, {}).size();
    }

    TemporaryFolder folder_;
    Desk desk_ = test_desk(folder_.path);
    Request request_ = ingest_request("support", mail, 1'000'000);
};

TEST_F(HolderTest, WorksAtTheDatabaseItselfWhereNoDaemonRuns) {
    Holder holder{desk_};
    const Answer first = holder.ask(request_);
    EXPECT_EQ(first.status, EX_OK) << first.complaint;
    EXPECT_EQ(first.result.at("outcome"), "ticket");
    const Answer again = holder.ask(request_);
    EXPECT_EQ(again.result.at("ticket"), first.result.at("ticket")) << "given twice it is known";
    EXPECT_EQ(tickets(), 1u);
}

TEST_F(HolderTest, HoldsTheLockWhileItWorks) {
    Holder holder{desk_};
    holder.ask(request_);
    EXPECT_THROW(storage::ProcessLock{desk_.settings.database}, storage::LockHeld);
}

TEST_F(HolderTest, WaitsForAnotherCommand) {
    auto lock = std::make_unique<storage::ProcessLock>(desk_.settings.database);
    std::thread other{[&lock] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        lock.reset();
    }};
    Holder holder{desk_};
    EXPECT_EQ(holder.ask(request_).status, EX_OK);
    other.join();
}

TEST_F(HolderTest, RefusesWhatTheDeskDoesNotKnow) {
    const std::pair<Request, int> table[] = {
        {ingest_request("nobody", mail, 1000), EX_NOUSER},
        {{"ingest", {}, mail}, EX_USAGE},
        {{"outbox.retry", {{"numbers", {17}}}, {}}, 1},
        {{"outbox.retry", {{"numbers", "17"}}, {}}, EX_USAGE},
        {{"outbox.cancel", {{"numbers", {"17"}}}, {}}, EX_USAGE},
        {{"quarantine.release", {{"number", 3}}, {}}, 1},
        {{"quarantine.release", {}, {}}, EX_USAGE},
        {{"make.tea", {}, {}}, EX_TEMPFAIL},
    };
    Holder holder{desk_};
    for (const auto& [request, status] : table) {
        const Answer answer = holder.ask(request);
        EXPECT_EQ(answer.status, status) << request.name << ": " << answer.complaint;
    }
    EXPECT_EQ(tickets(), 0u);
}

TEST_F(HolderTest, CutsAMailThatIsTooLargeToItsHeader) {
    const Request large = ingest_request("support", mail + std::string(5000, 'x'), 1000);
    EXPECT_EQ(large.body, mail.substr(0, mail.find("\n\r\n")));
    EXPECT_FALSE(flag_argument(large, "whole"));
    EXPECT_EQ(number_argument(large, "size"), static_cast<std::int64_t>(mail.size() + 5000));
    EXPECT_NE(
        number_argument(large, "uid"),
        number_argument(ingest_request("support", mail + std::string(5000, 'y'), 1000), "uid"))
        << "two large mails with one header are two";
}

TEST_F(HolderTest, SaysWhatIsTheMatterWithADatabaseThatCannotBeOpened) {
    std::filesystem::create_directory(desk_.settings.database);
    Holder holder{desk_};
    const Answer answer = holder.ask(request_);
    EXPECT_NE(answer.status, EX_OK);
    EXPECT_FALSE(answer.complaint.empty());
}

}  // namespace
}  // namespace bellhop::daemon
