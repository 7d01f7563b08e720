// Runs one coroutine after the other on a loop, from plain test code.
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace bellhop::daemon {

/// Runs the loop until `operation` is done; gives its result or throws what it throws.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> operation) {
    std::optional<T> result;
    std::exception_ptr failure;
    bool done = false;
    if (io.stopped()) io.restart();
    boost::asio::co_spawn(io, std::move(operation), [&](std::exception_ptr error, T value) {
        failure = error;
        result.emplace(std::move(value));
        done = true;
    });
    while (!done && io.run_one_for(std::chrono::seconds{20}) > 0) continue;
    if (!done) throw std::runtime_error("the coroutine hangs");
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
}

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> operation) {
    std::exception_ptr failure;
    bool done = false;
    if (io.stopped()) io.restart();
    boost::asio::co_spawn(io, std::move(operation), [&](std::exception_ptr error) {
        failure = error;
        done = true;
    });
    while (!done && io.run_one_for(std::chrono::seconds{20}) > 0) continue;
    if (!done) throw std::runtime_error("the coroutine hangs");
    if (failure) std::rethrow_exception(failure);
}

}  // namespace bellhop::daemon
