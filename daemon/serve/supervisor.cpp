#include "daemon/serve/supervisor.hpp"

#include <algorithm>
#include <bit>
#include <exception>
#include <optional>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/net/connection_error.hpp"
#include "daemon/process/log.hpp"
#include "daemon/process/program_fault.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/access/provider_answer.hpp"
#include "rules/mail/backoff.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto good_run = 60s;  // one that lasted so long did not fail at once
constexpr auto told_at_least =
    10s;  // however short the time that a server asks for again and again
constexpr int operator_failures = 7;  // a wrong password is tried once a minute, not every second

struct Failure {
    std::string text = {};
    bool needs_operator = false;
    std::chrono::seconds retry_after{0};  // that the server has asked for
};

Failure describe(const std::exception& error) {
    if (const auto* connection = dynamic_cast<const ConnectionError*>(&error)) {
        return {connection->code().message() + ": " + connection->detail(),
                connection->needs_operator(), connection->retry_after().value_or(0s)};
    }
    // system_error::what() of Boost 1.81 names a line of Boost's source.
    if (const auto* system = dynamic_cast<const boost::system::system_error*>(&error)) {
        return {system->code().message(), false};
    }
    return {error.what(), false};
}

}  // namespace

struct Supervisor::Running {
    Running(asio::io_context& context, Duty its_duty) : duty(std::move(its_duty)), pause(context) {}

    bool is_wanted() const { return !duty.is_wanted || duty.is_wanted(); }

    Duty duty;
    asio::steady_timer pause;  // before it is tried again
    asio::cancellation_signal cancellation;
    int failures = 0;  // in a row
    std::string error = {};
    std::chrono::sys_seconds failing_since = {};
    std::chrono::steady_clock::time_point begun = {};  // of the run in hand, or of the last one
    bool is_at_work = false;                           // rather than waiting to try again
};

Supervisor::Supervisor(asio::io_context& context, const Clock& clock, Backoff backoff)
    : context_(context),
      clock_(clock),
      backoff_(std::move(backoff)),
      random_(std::random_device{}()) {
    if (!backoff_) backoff_ = [this](int failures) { return reconnect_delay(failures); };
}

Supervisor::~Supervisor() = default;

void Supervisor::start(Duty duty) {
    if (stopping_) return;
    const std::string name = duty.name;
    std::unique_ptr<Running>& place = duties_[name];
    if (place) return;
    place = std::make_unique<Running>(context_, std::move(duty));
    asio::co_spawn(context_, run(*place),
                   asio::bind_cancellation_slot(place->cancellation.slot(),
                                                [this, name](std::exception_ptr fault) {
                                                    finished(name, std::move(fault));
                                                }));
}

void Supervisor::restart(const std::string& name) {
    const auto found = duties_.find(name);
    if (found == duties_.end()) return;
    ensure(found->second->duty.stop != nullptr);  // a cancelled coroutine does not begin again
    found->second->duty.stop();
    found->second->pause.cancel();
}

void Supervisor::hurry(const std::string& name) {
    const auto found = duties_.find(name);
    if (found != duties_.end()) found->second->pause.cancel();
}

void Supervisor::stop() {
    if (stopping_) return;
    stopping_ = true;
    for (auto& [name, running] : duties_) {
        running->pause.cancel();
        if (running->duty.stop) {
            running->duty.stop();
        } else {
            running->cancellation.emit(asio::cancellation_type::terminal);
        }
    }
    if (duties_.empty()) ended();
}

void Supervisor::cancel() {
    for (auto& [name, running] : duties_) {
        running->cancellation.emit(asio::cancellation_type::terminal);
    }
}

std::vector<Supervisor::Health> Supervisor::health() const {
    std::vector<Health> all;
    for (const auto& [name, running] : duties_) {
        const bool has_recovered = clock_.steady() - running->begun > good_run;
        const int failures = has_recovered && running->is_at_work ? 0 : running->failures;
        if (failures == 0) {
            all.push_back({name});
        } else {
            all.push_back({name, failures, running->error, running->failing_since});
        }
    }
    return all;
}

asio::awaitable<void> Supervisor::run(Running& running) {
    while (!stopping_ && running.is_wanted()) {
        running.begun = clock_.steady();
        running.is_at_work = true;
        std::optional<Failure> failure;
        try {
            co_await running.duty.work();
        } catch (const std::exception& error) {
            if (is_program_fault(error)) throw;
            failure = describe(error);
        }
        if (running.duty.once && !failure) co_return;
        running.is_at_work = false;
        if (!failure || stopping_) continue;
        const bool is_new = running.failures == 0 || failure->text != running.error;
        running.error = failure->text;
        running.failures = clock_.steady() - running.begun > good_run ? 1 : running.failures + 1;
        if (running.failures == 1) running.failing_since = clock_.now();
        if (failure->needs_operator)
            running.failures = std::max(running.failures, operator_failures);
        std::chrono::milliseconds delay = backoff_(running.failures);
        // A server that says when it will be well again is taken at its word, but not every second.
        if (failure->retry_after > 0s) {
            delay = std::max<std::chrono::milliseconds>(
                failure->retry_after, std::min<std::chrono::milliseconds>(delay, told_at_least));
        }
        const LogLevel level = failure->needs_operator ? LogLevel::error : running.duty.level;
        // What stays as it is becomes no news by lasting: told the first, second, fourth ... time.
        const bool is_told = is_new || std::has_single_bit(static_cast<unsigned>(running.failures));
        log_event(is_told ? level : LogLevel::debug, running.duty.event,
                  {{running.duty.subject_key, running.duty.subject},
                   {"error", failure->text},
                   {"advice", is_new ? rules::advice_on(failure->text) : ""},
                   {"delay", running.duty.once ? "" : std::to_string(delay / 1s) + "s"}});
        if (running.duty.once) co_return;
        running.pause.expires_after(delay);
        boost::system::error_code cancelled;
        co_await running.pause.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

/// The completion handler of the coroutine still holds the cancellation slot: what belongs to the
/// duty goes in a turn of its own, and so does a fault of the program.
void Supervisor::finished(const std::string& name, std::exception_ptr fault) {
    auto gone = duties_.extract(name);
    asio::post(context_, [this, gone = std::move(gone), fault = std::move(fault)] {
        if (fault) std::rethrow_exception(fault);
        if (stopping_ && duties_.empty()) ended();
    });
}

std::chrono::milliseconds Supervisor::reconnect_delay(int failures) {
    const double jitter = std::uniform_real_distribution<double>{-1.0, 1.0}(random_);
    return rules::reconnect_delay(failures, jitter);
}

}  // namespace bellhop::daemon
