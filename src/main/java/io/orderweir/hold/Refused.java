package io.orderweir.hold;

import java.util.List;

/** A person's command that is not carried out: nothing has changed, and the sentence says what to do instead. */
public class Refused extends RuntimeException {

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
}
