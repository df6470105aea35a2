package io.orderweir.revision;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.capability.Configured;
import io.orderweir.check.Mounted;
import io.orderweir.connection.Accounts;
import io.orderweir.embedded.TestDatabase;
import io.orderweir.house.PaperEngine;
import io.orderweir.ledger.Sql;
import io.orderweir.mounted.Mounts;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that looks at a connector, a policy and an account, by the real routes and with a real ledger, one look at a time; what is taken up is numbered there, and nothing runs by it. */
final class Watch implements AutoCloseable {

    /** What tells the processes of tests apart, and is no key of the engine's. */
    private static final String FORK = "orderweir.fork";
    private static final String ACCOUNT = "orderweir.connections.";
    private static final List<String> DIRECTORIES = List.of("orderweir.connectors.dir", "orderweir.policy.dir", "orderweir.types.dir", "orderweir.accounts.dir");

    final Mounted mounted;
    final Mounts mounts;
    final Changes changes = new Changes();
    private final Path accounts;
    private final TestDatabase database;
    private final String fork;
    private final PaperEngine engine;
    private final PGSimpleDataSource ledger = new PGSimpleDataSource();
    private final SetClock clock = new SetClock();
    /** Counts down with each statement; those after the last are refused, or lost. */
    private int answered = Integer.MAX_VALUE;
    private boolean lost;
    private int tries;
    private Runnable outage = () -> { };

    /** Everything is right, runs, and has the number 1. */
    Watch(Path directory, TestDatabase database) throws Exception {
        this.database = database;
        mounted = new Mounted(directory);
        accounts = Files.createDirectory(directory.resolve("accounts"));
        saveAccounts();
        fork = System.clearProperty(FORK);
        configure();
        ledger.setUrl(database.keys().get("quarkus.datasource.jdbc.url"));
        ledger.setUser(database.keys().get("quarkus.datasource.username"));
        try (Connection connection = ledger.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("truncate orderweir.revision, orderweir.revision_file, orderweir.revision_refused cascade");
        }
        mounts = new Mounts(Optional.of(mounted.connectors), Optional.of(mounted.policy));
        Revisions revisions = new Revisions();
        revisions.mounts = mounts;
        revisions.ledger = instance();
        mounts.number(revisions.take(mounts.running(), null, true));
        changes.mounts = mounts;
        changes.accounts = new Accounts(Configured.settings(Map.of()), null, Optional.of(accounts));
        changes.connections = Configured.connections(Map.of());
        changes.revisions = revisions;
        changes.clock = clock;
        engine = new PaperEngine().bean("changes", changes).bean("adoption", new Following()).bean("loops", (Processor) waiting -> waits());
        engine.start(PaperEngine.file("0-errors.camel.yaml").replace("redeliveryDelay: \"1000\"", "redeliveryDelay: \"1\""),
                PaperEngine.file("8-revision.camel.yaml").replaceAll("uri: timer:(revision\\.look)\\n\\s+parameters:\\n\\s+period: .*\\n\\s+includeMetadata: .*\\n", "uri: direct:$1\n"));
        // what is right is nobody's question
        Supplier<List<String>> check = changes.check;
        changes.check = List::of;
        rests();
        changes.check = check;
    }

    /** The files of the account as the keys of what is mounted say it, and every directory as it is configured. */
    void saveAccounts() throws IOException {
        Files.writeString(account(), mounted.keys().entrySet().stream().filter(key -> key.getKey().startsWith(ACCOUNT)).map(key -> key.getKey() + "=" + key.getValue() + "\n").collect(Collectors.joining()));
    }

    Path account() {
        return accounts.resolve("acme.properties");
    }

    /** What is mounted is looked at until it has come to rest. */
    void rests() {
        configure();
        for (int seconds : List.of(1, 2)) {
            clock.move(seconds);
            Exception failed = engine.send("direct:revision.look", Map.of()).getException();
            if (failed != null) {
                throw new AssertionError(failed);
            }
        }
    }

    /** From now on so many statements are answered, and those after them are not; whoever waits is heard. */
    void goesAway(int after, boolean answersAreLost, Runnable heard) {
        answered = after;
        lost = answersAreLost;
        outage = heard;
        tries = 0;
    }

    /** What GET /api/connectors shows as wrong. */
    List<String> faults() throws Exception {
        String faults = one(Sql.of("console/revision-faults.sql"));
        return faults == null ? List.of() : List.of(new ObjectMapper().readValue(faults, String[].class));
    }

    /** The number of the revision that every process runs by. */
    long newest() throws SQLException {
        return Long.parseLong(one(Sql.of("revision/newest.sql")));
    }

    /** What the ledger keeps of a file in a revision. */
    String kept(long revision, String file) throws SQLException {
        return one("select convert_from(content, 'UTF8') from orderweir.revision_file where number = " + revision + " and path = '" + file + "'");
    }

    long files(long revision) throws SQLException {
        return Long.parseLong(one("select count(*) from orderweir.revision_file where number = " + revision));
    }

    int tries() {
        return tries;
    }

    @Override
    public void close() {
        engine.close();
        DIRECTORIES.forEach(System::clearProperty);
        if (fork != null) {
            System.setProperty(FORK, fork);
        }
    }

    private void configure() {
        Map<String, String> keys = new TreeMap<>(mounted.keys());
        keys.put("orderweir.accounts.dir", accounts.toString());
        DIRECTORIES.stream().filter(keys::containsKey).forEach(key -> System.setProperty(key, keys.get(key)));
    }

    private void waits() {
        tries++;
        outage.run();
        if (tries == 2) {
            answered = Integer.MAX_VALUE;
        }
    }

    private String one(String query) throws SQLException {
        try (Connection connection = ledger.getConnection(); PreparedStatement ask = connection.prepareStatement(query); ResultSet row = ask.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private Connection opened() throws SQLException {
        boolean away = answered-- <= 0;
        if (away && !lost) {
            throw new SQLException("the connection was refused");
        }
        Connection connection = ledger.getConnection();
        return away ? proxy(Connection.class, connection, (name, made) -> made instanceof PreparedStatement statement ? proxy(PreparedStatement.class, statement, Watch::lose) : made) : connection;
    }

    private static Object lose(String method, Object answer) throws SQLException {
        if (method.equals("execute")) {
            throw new SQLException("the connection ended before the answer");
        }
        return answer;
    }

    @SuppressWarnings("unchecked")
    private Instance<DataSource> instance() {
        DataSource source = proxyOf(DataSource.class, (method, arguments) -> opened());
        return proxyOf(Instance.class, (method, arguments) -> source);
    }

    private interface Answering {
        Object answer(String method, Object[] arguments) throws SQLException;
    }

    private interface Changing {
        Object change(String method, Object answer) throws SQLException;
    }

    private static <T> T proxyOf(Class<T> type, Answering answering) {
        return type.cast(Proxy.newProxyInstance(Watch.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answering.answer(method.getName(), arguments)));
    }

    private static <T> T proxy(Class<T> type, T real, Changing changing) {
        return type.cast(Proxy.newProxyInstance(Watch.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return changing.change(method.getName(), method.invoke(real, arguments));
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }));
    }

    /** Whatever has a number is there for every process; here none of them starts routes. */
    public static final class Following extends Adoption {

        @Override
        public boolean mayChange() {
            return true;
        }

        @Override
        public void follow(CamelContext camel) {
            // what runs stays
        }
    }
}
