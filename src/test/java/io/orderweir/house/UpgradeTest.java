package io.orderweir.house;

import io.orderweir.embedded.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Replicas of the release before run on while the ledger is widened: what their statements name is there for one release more. The list is made when a release is cut,
 * with mvn test -Dtest=UpgradeTest -Drelease=true.
 */
class UpgradeTest {

    private static final Path RELEASE = Path.of("src/test/resources/release/ledger.txt");
    /** Functions by their arguments and what they return, and columns by their type. */
    private static final String LEDGER = """
            select format('function %s(%s) returns %s', p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid)), p.proname
            from pg_proc p where p.pronamespace = 'orderweir'::regnamespace
            union all
            select format('column %s.%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod)), c.relname
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'orderweir'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition""";

    @Test
    void whatTheReplicasOfTheReleaseBeforeNameIsInTheLedger() throws SQLException, IOException {
        Set<String> ledger = ledger();
        if (Boolean.getBoolean("release")) {
            Files.createDirectories(RELEASE.getParent());
            Files.write(RELEASE, ledger);
        }
        Findings.none(gone(Files.readAllLines(RELEASE), ledger));
        Findings.found(1, "append(text)", gone(List.of("function append(text) returns jsonb", "column hold.id bigint"), Set.of("function append(jsonb) returns jsonb", "column hold.id bigint")));
    }

    private static List<String> gone(List<String> release, Set<String> ledger) {
        List<String> found = new ArrayList<>();
        release.stream().filter(name -> !ledger.contains(name)).forEach(name -> found.add(name
                + ": replicas of the release before use it until they are replaced; leave it beside the new one, and take it out in the release after"));
        return found;
    }

    /** What the statements of sql/ name of it. */
    private static Set<String> ledger() throws SQLException {
        Set<String> words = SqlFile.all().stream().flatMap(file -> Arrays.stream(file.statement().split("\\W+"))).collect(Collectors.toCollection(HashSet::new));
        Set<String> named = new TreeSet<>();
        try (Connection connection = TestDatabase.shared().open(); Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(LEDGER)) {
            while (rows.next()) {
                if (words.contains(rows.getString(2))) {
                    named.add(rows.getString(1));
                }
            }
        }
        return named;
    }
}
