package io.orderweir.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Where a key of the configuration stands. */
final class Keys {

    private static final Pattern KEY = Pattern.compile("orderweir\\.[\\w.\\[\\]-]*[\\w\\]]");
    private static final Pattern FILE = Pattern.compile("source=file:([^\\]]+)");

    private Keys() {
    }

    /** Where the key stands that a sentence begins with: the file and the line, or the environment, or -D. */
    static Place place(Config config, String says) {
        Matcher key = KEY.matcher(says);
        if (!key.find()) {
            return new Place("configuration", 0);
        }
        String source = String.valueOf(config.getConfigValue(key.group()).getSourceName());
        Matcher file = FILE.matcher(source);
        if (file.find() && Files.exists(Path.of(file.group(1)))) {
            return new Place(RouteText.shown(file.group(1)), line(Path.of(file.group(1)), key.group()));
        }
        return new Place(source.startsWith("Env") ? "environment" : source.startsWith("SysProp") ? "-D" : "configuration", 0);
    }

    record Place(String file, int line) {
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int line(Path file, String key) {
        String[] lines = text(file).split("\\R");
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].strip().startsWith(key)) {
                return i + 1;
            }
        }
        return 0;
    }
}
