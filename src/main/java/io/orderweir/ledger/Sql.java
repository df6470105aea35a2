package io.orderweir.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads a statement from {@code sql/}, where all statements stand. */
public final class Sql {

    private Sql() {
    }

    public static String of(String file) {
        try (InputStream in = Sql.class.getResourceAsStream("/sql/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("sql/" + file + " cannot be read", e);
        }
    }
}
