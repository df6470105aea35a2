package io.orderweir.contract;

import java.util.Locale;

/**
 * What became of one law at one port.
 *
 * @param port  empty where a law is about the whole connector
 * @param says  of green nothing; else why
 * @param wayOut of red: the file, and what to do there
 */
public record Row(String connector, Law law, String port, Verdict verdict, String says, String wayOut) {

    /** Whether a law is kept. */
    public enum Verdict {
        GREEN, RED, NOT_OF_THIS_CONNECTOR, NOT_TRIED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
