package io.rpcboot.demo.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;

/**
 * The one database that all instances of the user service share: H2 in this process, in memory, reachable from this machine only and with
 * a password made for this run. Its users live as long as the demo, whichever instance is stopped meanwhile.
 */
final class UserDatabase implements AutoCloseable {

    private static final String USER = "demo";

    private final Server server;
    private final Connection keeper;
    private final String password;

    private UserDatabase(Server server, Connection keeper, String password) {
        this.server = server;
        this.keeper = keeper;
        this.password = password;
    }

    static UserDatabase start(int port) {
        // H2 would listen on all addresses. It reads the property once, when its first class is loaded.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        String password = UUID.randomUUID().toString();
        try {
            // Created here, since the server lets nobody create one from outside, and kept as long as this connection
            // is open.
            Connection keeper = DriverManager.getConnection("jdbc:h2:mem:users", USER, password);
            Server server =
                    Server.createTcpServer("-tcpPort", Integer.toString(port)).start();
            return new UserDatabase(server, keeper, password);
        } catch (SQLException e) {
            throw new DemoException("the database does not start on port " + port, e);
        }
    }

    /** What an instance of the user service needs in its environment to use this database. */
    Map<String, String> environment() {
        return Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:users",
                "SPRING_DATASOURCE_USERNAME", USER,
                "SPRING_DATASOURCE_PASSWORD", password);
    }

    @Override
    public void close() {
        server.stop();
        try {
            keeper.close();
        } catch (SQLException e) {
            throw new DemoException("the database does not stop", e);
        }
    }
}
