package io.orderweir.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One file of db/: its place below src/main/resources, and its text. In db/functions/&lt;capability&gt;/ it holds one function. */
record SqlFunction(String file, String text) {

    private static final Pattern DECLARED = Pattern.compile("(?i)create\\s+(?:or\\s+replace\\s+)?(?:function|procedure)\\s+(?:orderweir\\.)?(\\w+)\\s*\\(");
    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final Pattern CALLED = Pattern.compile("\\borderweir\\.(\\w+)\\(");
    private static final Pattern WRITTEN = Pattern.compile("(?i)\\b(update|insert into|delete from)\\s+orderweir\\.(\\w+)(?=([^;]*))");
    private static final Pattern SET = Pattern.compile("\\b(\\w+) =");

    /** Every file of a folder of db/, deep. */
    static List<SqlFunction> under(String folder) {
        Path root = RouteFile.RESOURCES;
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().map(file -> new SqlFunction(root.relativize(file).toString(), RouteFile.read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files with functions; those of triggers stand beside their folders. */
    static List<SqlFunction> all() {
        return under("db/functions").stream().filter(file -> Path.of(file.file).getNameCount() > 3).toList();
    }

    /** What the file is called after its R__. */
    String name() {
        return Path.of(file).getFileName().toString().replaceFirst("^R__(.*)\\.sql$", "$1");
    }

    String capability() {
        return Path.of(file).getParent().getFileName().toString();
    }

    List<String> declared() {
        return found(DECLARED, code(), 1);
    }

    /** The text without its comments. */
    String code() {
        return COMMENT.matcher(text).replaceAll("");
    }

    /** How many lines the function has, from its signature on. */
    int lines() {
        return (int) text.substring(text.indexOf("create or replace function")).stripTrailing().lines().count();
    }

    /** The functions of the ledger that it names with their brackets. */
    Set<String> calls() {
        return new TreeSet<>(found(CALLED, code(), 1));
    }

    /** What it does to tables: update, insert or delete, the table, and the columns that an update sets; what it asks for may be among them. */
    Set<String> writes() {
        return new TreeSet<>(WRITTEN.matcher(code()).results().map(write -> write.group(1).toLowerCase().split(" ")[0] + " " + write.group(2) + " " + String.join(" ", found(SET, write.group(3), 1))).toList());
    }

    /** What stands beside the one statement that makes the function; empty, where it is that and a comment. */
    String rest() {
        Matcher statement = Pattern.compile("(?is)\\s*create or replace function \\w+\\(.*?(\\$\\$).*?\\$\\$;\\s*").matcher(code());
        return statement.lookingAt() ? code().substring(statement.end()).strip() : code().strip();
    }

    private static List<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map((MatchResult result) -> result.group(group)).toList();
    }
}
