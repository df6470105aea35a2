package io.orderweir.hold;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** A person's command that is not carried out: nothing has changed, and the sentence says what to do instead. */
public class Refused extends RuntimeException {

    /** The ledger refuses with these states; the digits are the HTTP status. */
    private static final String STATES = "OW";
    /** The database's own trouble: it is away, full, stopping, or two commands met. */
    private static final Set<String> TROUBLE = Set.of("08", "53", "57", "40");

    /** What was asked holds a value that can be no value: a text with a NUL, a number or a time that is none. */
    private static final String NO_VALUE = "22";

    private final int status;
    private final List<String> faults;

    public Refused(int status, String sentence) {
        this(status, sentence, List.of());
    }

    public Refused(int status, String sentence, List<String> faults) {
        super(sentence);
        this.status = status;
        this.faults = faults;
    }

    /** As HTTP says it: 400 it lacks something, 404 no such thing, 409 too late, 422 not possible as asked. */
    public int status() {
        return status;
    }

    /** One sentence per fault of a document, empty when it is about no document. */
    public List<String> faults() {
        return faults;
    }

    /** What a failed command comes to: the refusal inside, 503 for the database's own trouble, else 500. */
    public static Refused of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused;
            }
            if (cause instanceof PSQLException sql && sql.getServerErrorMessage() != null && String.valueOf(sql.getSQLState()).startsWith(STATES)) {
                return new Refused(Integer.parseInt(sql.getSQLState().substring(2)), sql.getServerErrorMessage().getMessage());
            }
            if (cause instanceof SQLException sql && String.valueOf(sql.getSQLState()).startsWith(NO_VALUE)) {
                return new Refused(400, "What was asked holds a text, a number or a time that can be none, so nothing has changed.");
            }
            if (cause instanceof SQLException sql && (sql.getSQLState() == null || TROUBLE.contains(sql.getSQLState().substring(0, 2)))) {
                return new Refused(503, "The ledger does not take commands at the moment, so nothing has changed. Try again.");
            }
        }
        return new Refused(500, "This did not work, and nothing has changed. The log of the engine says why.");
    }
}
