package io.rpcboot.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserDatabaseTest {

    private final UserDatabase database = UserDatabase.start(
            Ports.of(Options.of(List.of("--free-ports"), Map.of())).of(Port.DATABASE));
    private final String url = database.environment().get("SPRING_DATASOURCE_URL");
    private final String user = database.environment().get("SPRING_DATASOURCE_USERNAME");
    private final String password = database.environment().get("SPRING_DATASOURCE_PASSWORD");

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void whatOneInstanceWritesAnotherReadsEvenAfterTheFirstHasGone() throws Exception {
        try (Connection first = DriverManager.getConnection(url, user, password)) {
            first.createStatement().execute("create table account as select 'ann' as name");
        }

        try (Connection second = DriverManager.getConnection(url, user, password);
                ResultSet names = second.createStatement().executeQuery("select name from account")) {
            assertThat(names.next()).isTrue();
            assertThat(names.getString(1)).isEqualTo("ann");
        }
    }

    @Test
    void aWrongPasswordAndANewDatabaseAreRefused() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(url, user, "guessed"));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(url.replace("users", "others"), user, password));
    }
}
