package io.orderweir.check;

import io.orderweir.connector.Connectors;
import io.orderweir.contract.Report;
import io.orderweir.contract.Suite;
import io.orderweir.type.Types;
import io.quarkus.runtime.ImageMode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code test [<directory of connectors>] [--policy <directory>] [--types <directory>]}: the table of laws of every connector in it; 1 where a law is broken, or where {@code check} would find something,
 * which is told first; else 0.
 */
final class TestCommand {

    private static final String NAME = "test";
    private static final String CONNECTORS = "orderweir.connectors.dir";
    private static final String TYPES = "orderweir.types.dir";

    private final PrintStream out;

    TestCommand(PrintStream out) {
        this.out = out;
    }

    int run(List<String> arguments) {
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            out.println(NAME + ": the native program cannot try connectors; use the one that Java runs");
            return Command.NOT_UNDERSTOOD;
        }
        Arguments named = Arguments.of(NAME, arguments, out);
        if (named == null) {
            return Command.NOT_UNDERSTOOD;
        }
        Path directory = named.connectors() != null ? named.connectors() : Check.configured(CONNECTORS).orElse(null);
        if (directory == null) {
            out.println(NAME + ": no directory of connectors is named, and " + CONNECTORS + " is not set; write " + NAME + " <directory of connectors>");
            return Command.NOT_UNDERSTOOD;
        }
        Check check = Check.of(directory, named.policy(), named.types()).andFixtures();
        if (!check.faults().isEmpty()) {
            check.faults().forEach(out::println);
            out.println(NAME + ": " + check.faults().size() + (check.faults().size() == 1 ? " fault" : " faults") + " of the check; no law is tried before they are mended");
            return Command.WRONG;
        }
        Connectors connectors = Connectors.in(directory.toString());
        Set<String> mounted = new TreeSet<>(connectors.systems());
        mounted.removeAll(Connectors.in(null).systems());
        Path types = named.types() != null ? named.types() : Check.configured(TYPES).orElse(null);
        Report report = Suite.over(connectors, mounted, Types.in(types == null ? null : types.toString()), named.policy());
        report.lines().forEach(out::println);
        out.println(NAME + ": " + report.summary());
        return report.isKept() ? 0 : Command.WRONG;
    }
}
