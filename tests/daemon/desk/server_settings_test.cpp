#include "daemon/desk/server_settings.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

TEST(ConnectionSettings, CarryTheResolvedSecret) {
    const ConfigFolder folder;
    ServerSettings server;
    server.host = "imap.example";
    server.port = 993;
    server.user = "u";
    server.secret = {folder.write("a", "secret\n"), {}, {}};
    server.ca_file = "/ca.pem";
    const ConnectionSettings connection = connection_settings(server);
    EXPECT_EQ(connection.host, "imap.example");
    EXPECT_EQ(connection.port, 993);
    EXPECT_EQ(connection.user, "u");
    EXPECT_EQ(connection.password, "secret");
    EXPECT_EQ(connection.ca_file, "/ca.pem");
    server.authentication = Authentication::none;
    server.secret = {};
    EXPECT_EQ(connection_settings(server).password, "");
}

}  // namespace
}  // namespace bellhop::daemon
