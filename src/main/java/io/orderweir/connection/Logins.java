package io.orderweir.connection;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Names and passwords for the database and the broker that stand in files of their own, such as those of a mounted Secret: they are what the usual keys would say. */
public class Logins implements ConfigSourceFactory {

    /** The usual key for each of the keys that name a file. */
    private static final Map<String, String> MEANT = Map.of(
            "orderweir.database.username-file", "quarkus.datasource.username",
            "orderweir.database.password-file", "quarkus.datasource.password",
            "orderweir.broker.username-file", Broker.USERNAME,
            "orderweir.broker.password-file", Broker.PASSWORD);
    /** More than anything else says: who names a file means it. */
    private static final int ORDINAL = 450;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> values = new HashMap<>();
        MEANT.forEach((key, usual) -> {
            String file = RoleRoutes.value(context, key);
            if (file != null && !file.isBlank()) {
                try {
                    // a '$' of a password is no expression
                    values.put(usual, text(file).replace("$", "\\$"));
                } catch (IOException | InvalidPathException told) {
                    // by wrong()
                }
            }
        });
        return List.of(new PropertiesConfigSource(values, "files of logins", ORDINAL));
    }

    /** One sentence for each file that nobody can sign in with, also where it is the broker's. */
    static List<String> wrong(Config config, boolean ofTheBroker) {
        List<String> wrong = new ArrayList<>();
        MEANT.keySet().stream().filter(key -> ofTheBroker || !MEANT.get(key).startsWith("kafka.")).sorted().forEach(key -> config.getOptionalValue(key, String.class).ifPresent(file -> {
            try {
                if (text(file).isEmpty()) {
                    wrong.add(key + " = " + file + " is empty; write the " + (key.contains("password") ? "password" : "name") + " into it");
                }
            } catch (IOException | InvalidPathException e) {
                wrong.add(key + " = " + file + " cannot be read (" + e.getClass().getSimpleName() + "); mount it or correct the path");
            }
        }));
        return wrong;
    }

    /** Editors and shells end a file with a line. */
    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file)).replaceFirst("\\R+\\z", "");
    }
}
