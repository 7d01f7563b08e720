#include "daemon/net/curl_loop.hpp"

#include <optional>
#include <string>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

/// A libcurl handle that fetches http://127.0.0.1:PORT/.
class Fetch {
public:
    explicit Fetch(std::uint16_t port) {
        const std::string address = "http://127.0.0.1:" + std::to_string(port) + "/";
        curl_easy_setopt(handle_, CURLOPT_URL, address.c_str());
        curl_easy_setopt(handle_, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(handle_, CURLOPT_FORBID_REUSE, 1L);
        curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers_);
    }
    Fetch(const Fetch&) = delete;
    Fetch& operator=(const Fetch&) = delete;
    ~Fetch() {
        curl_easy_cleanup(handle_);
        curl_slist_free_all(headers_);
    }

    CURL* handle() const { return handle_; }

    /// The status of the answer; 0 without one.
    long status() const {
        long code = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &code);
        return code;
    }

private:
    CURL* handle_ = curl_easy_init();
    curl_slist* headers_ = curl_slist_append(nullptr, "Host: desk.example");
};

const std::string request =
    "C: GET / HTTP/1.1\n"
    "C: Host: desk.example\n"
    "C: Accept: */*\n"
    "C: \n";
const std::string answer = request +
                           "S: HTTP/1.1 204 No Content\n"
                           "S: \n"
                           "--\n";

class CurlLoopTest : public testing::Test {
protected:
    /// Runs `fetch` against a server that plays `transcript` once.
    CURLcode perform(ScriptedServer& server, Fetch& fetch, std::chrono::milliseconds patience) {
        const CURLcode code = run(io, loop.perform(fetch.handle(), patience));
        loop.remove(fetch.handle());
        server.stop();
        return code;
    }

    boost::asio::io_context io{1};
    CurlLoop loop{io.get_executor()};
};

TEST_F(CurlLoopTest, RunsATransferToItsEnd) {
    ScriptedServer server{io, {answer}};
    Fetch fetch{server.port()};
    EXPECT_EQ(perform(server, fetch, 10s), CURLE_OK);
    EXPECT_EQ(fetch.status(), 204);
    EXPECT_TRUE(server.complaints().empty());
}

TEST_F(CurlLoopTest, SaysThatNobodyListens) {
    ScriptedServer server{io, {}};
    const std::uint16_t port = server.port();
    server.stop();
    Fetch fetch{port};
    EXPECT_EQ(perform(server, fetch, 10s), CURLE_COULDNT_CONNECT);
}

TEST_F(CurlLoopTest, SaysThatTheServerHungUp) {
    ScriptedServer server{io, {request + "--\n"}};
    Fetch closed{server.port()};
    EXPECT_EQ(perform(server, closed, 10s), CURLE_GOT_NOTHING);
}

TEST_F(CurlLoopTest, GivesUpWhenItsPatienceEnds) {
    ScriptedServer server{io, {request}};
    Fetch fetch{server.port()};
    EXPECT_EQ(perform(server, fetch, 50ms), CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(fetch.status(), 0);
}

TEST_F(CurlLoopTest, IsPatientAnewWhenToldSo) {
    // Byte by byte, one a millisecond: some 90 ms until the line is whole, more than the patience
    // is.
    const std::string slow = request + "S. " + "HTTP/1.1 204 " + std::string(80, 'N') + "\n" +
                             "S: \n"
                             "S: \n"
                             "--\n";
    ScriptedServer server{io, {slow}};
    Fetch fetch{server.port()};
    boost::asio::steady_timer prolonging{io, 40ms};
    prolonging.async_wait([&](boost::system::error_code error) {
        if (!error) loop.be_patient(fetch.handle(), 10s);
    });
    EXPECT_EQ(perform(server, fetch, 60ms), CURLE_OK);
    EXPECT_EQ(fetch.status(), 204);
}

TEST_F(CurlLoopTest, HasNoPatienceForWhatItDoesNotRun) {
    Fetch fetch{1};
    loop.be_patient(fetch.handle(), 10s);
    loop.remove(fetch.handle());
    loop.remove(fetch.handle());
    EXPECT_EQ(io.run_for(1ms), 0U);
}

TEST_F(CurlLoopTest, LetsGoOfATransferThatIsCancelled) {
    ScriptedServer server{io, {request, answer}};
    Fetch fetch{server.port()};
    boost::asio::cancellation_signal stop;
    std::optional<boost::system::error_code> failure;
    boost::asio::co_spawn(io, loop.perform(fetch.handle(), 10s),
                          boost::asio::bind_cancellation_slot(
                              stop.slot(), [&](const std::exception_ptr& error, CURLcode) {
                                  try {
                                      if (error) std::rethrow_exception(error);
                                  } catch (const boost::system::system_error& thrown) {
                                      failure = thrown.code();
                                  }
                              }));
    boost::asio::steady_timer stopping{io, 30ms};
    stopping.async_wait(
        [&](boost::system::error_code) { stop.emit(boost::asio::cancellation_type::terminal); });
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (!failure && std::chrono::steady_clock::now() < until) io.run_one_for(100ms);
    EXPECT_EQ(failure, boost::asio::error::operation_aborted);

    // The handle is free: the next transfer with it is like the first.
    EXPECT_EQ(perform(server, fetch, 10s), CURLE_OK);
    EXPECT_EQ(server.connections(), 2U);
}

TEST_F(CurlLoopTest, RunsManyAtOnceAndEndsEachWithItsOwnResult) {
    ScriptedServer quick{io, {answer}};
    ScriptedServer silent{io, {request}};
    Fetch first{quick.port()};
    Fetch second{silent.port()};
    std::optional<CURLcode> first_result;
    std::optional<CURLcode> second_result;
    const auto into = [](std::optional<CURLcode>& result) {
        return [&result](const std::exception_ptr&, CURLcode code) { result = code; };
    };
    boost::asio::co_spawn(io, loop.perform(second.handle(), 200ms), into(second_result));
    boost::asio::co_spawn(io, loop.perform(first.handle(), 10s), into(first_result));
    while (!first_result) io.run_one_for(100ms);
    EXPECT_EQ(first_result, CURLE_OK);
    EXPECT_EQ(second_result, std::nullopt);
    while (!second_result) io.run_one_for(100ms);
    EXPECT_EQ(second_result, CURLE_OPERATION_TIMEDOUT);
    loop.remove(first.handle());
    loop.remove(second.handle());
    quick.stop();
    silent.stop();
}

}  // namespace
}  // namespace bellhop::daemon
