package io.orderweir.call;

import java.util.List;
import org.apache.camel.Exchange;

/** The words by which a connector says how a call ended: the table of docs/howto/write-a-connector.md. */
public final class Outcome {

    public static final List<String> WORDS = List.of("done", "found", "absent", "onward", "later", "unsure", "pause", "hold");
    /** What a test says that makes no call. */
    public static final String UNREADABLE = "unreadable";
    /** Why it is made later. */
    public static final List<String> CAUSES = List.of("away", "too-fast", "busy", "not-now");

    private static final String UNSURE = "unsure";
    private static final String NOT_NOW = "not-now";

    private Outcome() {
    }

    /**
     * What variable outcome says. Of a word that is none nobody knows what it means of the call, so the target is asked: it is unsure, and variable reason tells the word.
     */
    static String of(Exchange exchange) {
        String said = exchange.getVariable("outcome", UNSURE, String.class);
        if (WORDS.contains(said)) {
            return said;
        }
        exchange.setVariable("reason", "the connector " + exchange.getVariable("system", String.class) + " ended the call with the outcome '" + said + "', which is none of " + String.join(", ", WORDS)
                + "; an integrator corrects it in its routes");
        return UNSURE;
    }

    /** Why it is made later, as variable because says; a word that is none is as good as no word. */
    static String because(Exchange exchange) {
        String said = exchange.getVariable("because", NOT_NOW, String.class);
        return CAUSES.contains(said) ? said : NOT_NOW;
    }
}
