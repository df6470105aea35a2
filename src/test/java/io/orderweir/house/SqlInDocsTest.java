package io.orderweir.house;

import io.orderweir.embedded.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the docs offer to be typed into psql runs on the ledger as it is now, and changes nothing. */
class SqlInDocsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sql\\n(.*?)^```");
    /** A page that says so first names the tables without their schema. */
    private static final String SEARCH_PATH = "set search_path = orderweir;";

    @Test
    void everyStatementOfTheDocsRunsAndOnlyReads() throws SQLException {
        Findings.none(refused(pages()));
        Findings.found(3, "a.md:3: ", refused(List.of(
                new Page("a.md", "Look.\n\n```sql\nselect id from orderweir.delivery where id = 1;\nselect leased_until from orderweir.delivery;\n```\n"),
                new Page("b.md", "```sql\nupdate orderweir.delivery set due_at = now() where id = 1;\n```\n"),
                new Page("c.md", "`set search_path = orderweir;`\n```sql\nselect id from delivery;\n```\nand, of what is gone,\n```sql\nselect * from attempt\n```\n"))));
    }

    private static List<String> refused(List<Page> pages) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection ledger = TestDatabase.shared().open(); Statement statement = ledger.createStatement()) {
            for (Page page : pages) {
                for (Block block : page.blocks()) {
                    try {
                        statement.execute("set transaction read only; set local search_path = " + (page.text.contains(SEARCH_PATH) ? "orderweir" : "public"));
                        statement.execute(block.sql);
                    } catch (SQLException e) {
                        found.add(block.place + ": the ledger refuses it: " + e.getMessage().lines().findFirst().orElse("") + "; write what runs now, and only reads");
                    } finally {
                        ledger.rollback();
                    }
                }
            }
        }
        return found;
    }

    private static List<Page> pages() {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().map(file -> new Page(file.toString(), RouteFile.read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Page(String name, String text) {

        List<Block> blocks() {
            return BLOCK.matcher(text).results().map(block -> new Block(name + ":" + (text.substring(0, block.start()).lines().count() + 1), block.group(1))).toList();
        }
    }

    private record Block(String place, String sql) {
    }
}
