package io.orderweir.capture;

/** Why the doors turned a connection's webhooks away, with the way out; %s is the connection's name in the configuration. */
public enum Refusal {
    UNSIGNED("no secret of orderweir.connections.%s.secrets made their signature. Put the secret that the sender signs with there, beside the old one if both are in use"),
    LATE("they were signed more than five minutes before or after the time of the machine that runs capture. Set its clock, or the sender's"),
    TOO_LARGE("they are larger than orderweir.capture.max-body. Make that larger; the topics are widened at the next start"),
    TOO_LARGE_FOR_THE_BROKER("the broker takes no record so large, and it will be refused each time. Set max.message.bytes of the captured topics to orderweir.capture.max-body and 64 KB"),
    NOT_KEPT("the broker did not acknowledge them in time. Look at the broker; the sender repeats them");

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    String words(String connection) {
        return words.formatted(connection);
    }
}
