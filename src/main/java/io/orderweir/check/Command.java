package io.orderweir.check;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** {@code check [<directory of connectors>] [--policy <directory>] [--types <directory>]}: a line for everything that is wrong and 1, or one line and 0; and a line for what vendors end of what connections use. */
final class Command {

    static final int WRONG = 1;
    static final int NOT_UNDERSTOOD = 2;

    private final PrintStream out;
    private final Clock clock;

    Command(PrintStream out) {
        this(out, Clock.systemUTC());
    }

    Command(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    int run(List<String> arguments) {
        Arguments named = Arguments.of("check", arguments, out);
        if (named == null) {
            return NOT_UNDERSTOOD;
        }
        Check check = Check.of(named.connectors(), named.policy(), named.types()).andFixtures();
        check.faults().forEach(out::println);
        LocalDate today = LocalDate.now(clock);
        check.ends().forEach((name, ends) -> ends.forEach(end -> out.println(name + ": " + end.said(today))));
        int count = check.faults().size();
        out.println("check: " + check.summary() + (count == 0 ? ": nothing is wrong" : ": " + count + (count == 1 ? " fault" : " faults")));
        return count == 0 ? 0 : WRONG;
    }
}
