package io.orderweir.check;

import io.quarkus.runtime.Quarkus;
import java.util.List;

/**
 * The program: {@code check} says what is wrong and ends, {@code test} also tries the laws of connectors, {@code try} what they would make of what came, {@code explain} why an order is as it is; else the engine starts, unless something is. The build names it ({@code quarkus.package.main-class}):
 * where an annotation does, Camel waits to be started by hand.
 */
public final class Main {

    private Main() {
    }

    public static void main(String... arguments) {
        List<String> more = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "check" -> System.exit(new Command(System.out).run(more));
            case "test" -> System.exit(new TestCommand(System.out).run(more));
            case "try" -> System.exit(new TryCommand(System.out).run(more));
            case "explain" -> System.exit(new ExplainCommand(System.out).run(more));
            default -> {
                Start.refuseOrGoOn(System.err);
                Start.tellRefusalsOnce();
                Quarkus.run(null, Start::ended, arguments);
            }
        }
    }
}
