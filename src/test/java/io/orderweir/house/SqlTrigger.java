package io.orderweir.house;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One trigger as its page writes it; event is what fires it, such as {@code insert} or {@code update or delete}. */
record SqlTrigger(String file, String comment, String name, String timing, String event, String table, boolean eachRow, String function) {

    private static final Pattern TRIGGER = Pattern.compile(
            "((?:--[^\\n]*\\n)*)create or replace trigger (\\w+) (before|after) ([a-z_, ]+?) on (\\w+)\\b([^;]*?)execute function (\\w+)\\(\\);", Pattern.DOTALL);

    /** The pages of triggers. */
    static List<SqlFunction> pages() {
        return SqlFunction.under("db/functions").stream().filter(file -> Path.of(file.file()).getNameCount() == 3).toList();
    }

    static List<SqlTrigger> all() {
        return pages().stream().flatMap(page -> of(page).stream()).toList();
    }

    static List<SqlTrigger> of(SqlFunction page) {
        return TRIGGER.matcher(page.text()).results()
                .map(found -> new SqlTrigger(page.file(), found.group(1), found.group(2), found.group(3), found.group(4), found.group(5), found.group(6).contains("for each row"), found.group(7)))
                .toList();
    }

    /** What stands on a page beside triggers and their comments. */
    static String rest(SqlFunction page) {
        Matcher triggers = TRIGGER.matcher(page.text());
        return triggers.replaceAll("").strip();
    }

    /** Whether a write, as {@link SqlFunction#writes} tells it, fires this one; one of some columns is fired by what sets one of them. */
    boolean firesOn(String write) {
        List<String> what = List.of(write.split(" "));
        return what.get(1).equals(table) && event.matches(".*\\b" + what.get(0) + "\\b.*")
                && (!event.contains(" of ") || Stream.of(event.substring(event.indexOf(" of ") + 4).split(", ")).anyMatch(what.subList(2, what.size())::contains));
    }

    /** PostgreSQL fires the triggers of a table in this order: before the change, first of the statement; after it, first of its rows; each by name. */
    String turn() {
        boolean before = timing.equals("before");
        return (before ? "1" : "2") + (before == eachRow ? "b" : "a") + name;
    }
}
