package io.orderweir.house;

import io.orderweir.ledger.NamedParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.sql.SqlHelper;

/** One statement of sql/, and what reaches the driver. */
record SqlFile(String name, String text) {

    private static final String FOUND = "classpath:";

    /** What the routes say of statements, read once. */
    private static final class Routes {
        private static final Set<String> CALLS = RouteFile.all().stream().flatMap(file -> file.yaml().texts()).map(YamlNode::text).filter(text -> text.contains(FOUND)).collect(Collectors.toSet());
    }

    static List<SqlFile> all() {
        Path root = RouteFile.RESOURCES;
        try (Stream<Path> files = Files.walk(root.resolve("sql"))) {
            List<Path> sql = files.filter(Files::isRegularFile).sorted().toList();
            return sql.stream().map(file -> new SqlFile(root.relativize(file).toString(), RouteFile.read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comment lines at the top. */
    List<String> head() {
        return text.lines().takeWhile(line -> line.startsWith("--")).map(line -> line.substring(2).strip()).toList();
    }

    /** The statement without whole-line comments. */
    String statement() {
        return text.lines().filter(line -> !line.strip().startsWith("--")).collect(Collectors.joining("\n"));
    }

    Set<String> parameters() {
        Pattern named = Pattern.compile(":#(?:\\$\\{variable\\.(\\w+)}|(\\w+))");
        return named.matcher(statement()).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Called from a route, not read by Java. */
    boolean isCamels() {
        return Routes.CALLS.stream().anyMatch(text -> text.contains(FOUND + name));
    }

    /** The statement as it reaches the driver, with ? for every parameter: done as for a route where one calls it. */
    String prepared() {
        return isCamels() ? prepared(text) : statement();
    }

    static String prepared(String text) {
        return new NamedParameters().prepareQuery(SqlHelper.resolvePlaceholders(text, "#"), true, null);
    }
}
