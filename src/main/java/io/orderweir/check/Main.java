package io.orderweir.check;

import io.quarkus.runtime.Quarkus;
import java.util.List;

/**
 * The program: {@code check} says what is wrong and ends, {@code test} also tries the laws of connectors, {@code try} what they would make of what came; else the engine starts, unless something is. The build names it ({@code quarkus.package.main-class}):
 * where an annotation does, Camel waits to be started by hand.
 */
public final class Main {

    private static final String CHECK = "check";
    private static final String TEST = "test";
    private static final String TRY = "try";

    private Main() {
    }

    public static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals(CHECK)) {
            System.exit(new Command(System.out).run(List.of(arguments).subList(1, arguments.length)));
        }
        if (arguments.length > 0 && arguments[0].equals(TEST)) {
            System.exit(new TestCommand(System.out).run(List.of(arguments).subList(1, arguments.length)));
        }
        if (arguments.length > 0 && arguments[0].equals(TRY)) {
            System.exit(new TryCommand(System.out).run(List.of(arguments).subList(1, arguments.length)));
        }
        Start.refuseOrGoOn(System.err);
        Start.tellRefusalsOnce();
        Quarkus.run(null, Start::ended, arguments);
    }
}
