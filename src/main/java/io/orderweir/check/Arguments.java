package io.orderweir.check;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Which directories a command names; each may be null. */
record Arguments(Path connectors, Path policy, Path types) {

    private static final String POLICY = "--policy";
    private static final String TYPES = "--types";

    /** Null where the arguments are not understood, which is told. */
    static Arguments of(String command, List<String> arguments, PrintStream out) {
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
                out.println(command + ": '" + arguments.get(i) + "' is not understood; write " + command + " [<directory of connectors>] [--policy <directory>] [--types <directory>]");
                return null;
            }
        }
        return new Arguments(connectors, policy, types);
    }
}
