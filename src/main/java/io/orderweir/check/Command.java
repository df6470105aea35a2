package io.orderweir.check;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code check [<directory of connectors>] [--policy <directory>] [--types <directory>]}: a line for everything that is wrong and 1, or one line and 0. */
final class Command {

    private static final int WRONG = 1;
    private static final int NOT_UNDERSTOOD = 2;
    private static final String POLICY = "--policy";
    private static final String TYPES = "--types";

    private final PrintStream out;

    Command(PrintStream out) {
        this.out = out;
    }

    int run(List<String> arguments) {
        Path connectors = null;
        Path policy = null;
        Path types = null;
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals(POLICY) && i + 1 < arguments.size()) {
                policy = Path.of(arguments.get(++i));
            } else if (arguments.get(i).equals(TYPES) && i + 1 < arguments.size()) {
                types = Path.of(arguments.get(++i));
            } else if (connectors == null && !arguments.get(i).startsWith("-")) {
                connectors = Path.of(arguments.get(i));
            } else {
                out.println("check: '" + arguments.get(i) + "' is not understood; write check [<directory of connectors>] [--policy <directory>] [--types <directory>]");
                return NOT_UNDERSTOOD;
            }
        }
        Check check = Check.of(connectors, policy, types);
        check.faults().forEach(out::println);
        int count = check.faults().size();
        out.println("check: " + check.summary() + (count == 0 ? ": nothing is wrong" : ": " + count + (count == 1 ? " fault" : " faults")));
        return count == 0 ? 0 : WRONG;
    }
}
