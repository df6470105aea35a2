package io.orderweir.check;

import io.orderweir.connection.Accounts;
import io.orderweir.connection.SigningIn;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The start of the engine, as far as it may be refused: what a person did wrong is told in a few lines, and only what the program did wrong with its stack trace. */
final class Start {

    private static final String REFUSED = "Orderweir does not start";
    private static final int WRONG = 1;
    /** What Quarkus refuses by a sentence. */
    private static final List<Class<?>> SENTENCES = List.of(ConfigurationException.class, ConfigValidationException.class, PreventFurtherStepsException.class, QuarkusBindException.class);

    /** Camel's own, of a failure that ends the program as well. */
    private static final java.util.logging.Logger CAMEL = java.util.logging.Logger.getLogger("org.apache.camel.quarkus.main.CamelMainRuntime");

    private Start() {
    }

    /** Camel logs a failure with its stack trace and throws it: what refuses the start is told once, by {@link #ended}. */
    static void tellRefusalsOnce() {
        CAMEL.setFilter(record -> record.getThrown() == null || !refuses(root(record.getThrown())));
    }

    /** Ends this process when something that is mounted or configured is wrong. A native program reads its routes without this look: it cannot make them on paper. */
    static void refuseOrGoOn(PrintStream out) {
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            return;
        }
        List<Fault> faults = Check.of(null, null, null).faults();
        if (!faults.isEmpty()) {
            out.println(REFUSED + ": " + faults.size() + (faults.size() == 1 ? " fault" : " faults"));
            faults.forEach(out::println);
            System.exit(WRONG);
        }
    }

    /** What is left to say when the process ends. */
    static void ended(int code, Throwable failure) {
        if (failure != null) {
            Throwable root = root(failure);
            Optional<SQLException> shut = shut(failure);
            if (shut.isPresent()) {
                Config config = Accounts.read(Map.of());
                System.err.println(REFUSED + ": " + SigningIn.atTheDatabase(shut.get(), config.getOptionalValue(KeptTraffic.LEDGER, String.class), config.getOptionalValue(KeptTraffic.USER, String.class)));
            } else if (refuses(root)) {
                System.err.println((root.getMessage().startsWith(REFUSED) ? "" : REFUSED + ": ") + root.getMessage()
                        + (root instanceof QuarkusBindException ? "; end what listens there, or set quarkus.http.port" : ""));
            } else {
                Logger.getLogger(Application.class).error("Failed to start application", failure);
            }
        }
        System.exit(code);
    }

    /** A sentence of our own, or of Quarkus, is for whoever starts it; anything else is a fault of the program. */
    static boolean refuses(Throwable root) {
        return root.getMessage() != null && (SENTENCES.stream().anyMatch(type -> type.isInstance(root))
                || root instanceof IllegalStateException && root.getStackTrace().length > 0 && root.getStackTrace()[0].getClassName().startsWith("io.orderweir."));
    }

    /** What the database said that does not let us in (SQL states 08, 28 and 3D: PostgreSQL, appendix A). */
    private static Optional<SQLException> shut(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause).filter(SQLException.class::isInstance).map(SQLException.class::cast)
                .filter(each -> String.valueOf(each.getSQLState()).matches("(08|28|3D).*")).findFirst();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
