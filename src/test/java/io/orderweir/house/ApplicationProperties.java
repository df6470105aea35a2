package io.orderweir.house;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;

/** The file application.properties as it stands in the sources. */
final class ApplicationProperties {

    private static final Path FILE = RouteFile.RESOURCES.resolve("application.properties");

    private ApplicationProperties() {
    }

    static String text() {
        return RouteFile.read(FILE);
    }

    static Properties values() {
        Properties values = new Properties();
        try {
            values.load(new StringReader(text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values;
    }
}
