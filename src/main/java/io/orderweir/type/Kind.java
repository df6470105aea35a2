package io.orderweir.type;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the engine can do with an event. Everything else about a type is data. */
public enum Kind {

    /** It has lines, parts and gates, and is planned. */
    ORDER(List.of("externalId", "name", "updatedAt", "status", "lineItems")),
    /** One document, of which the newest counts. */
    RECORD(List.of("externalId")),
    /** A fact about something else. */
    SIGNAL(List.of("signal", "at"));

    private final List<String> needs;

    Kind(List<String> needs) {
        this.needs = needs;
    }

    /** The fields without which a document of this kind says nothing to the engine: its schema requires them. */
    public List<String> needs() {
        return needs;
    }

    /** As it is written in files, routes and the ledger. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a document is named by the id in it; what is a fact about something else is named by the message that brought it. */
    public boolean isNamedById() {
        return this != SIGNAL;
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }
}
