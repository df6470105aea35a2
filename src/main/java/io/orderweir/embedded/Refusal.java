package io.orderweir.embedded;

/** A start that cannot go on, with the sentence the person at the console needs. */
final class Refusal extends RuntimeException {
    static final int EXIT_CODE = 2;

    Refusal(String sentence) {
        super(sentence);
    }

    Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
