package io.orderweir.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** What the launcher needs to know, looked up where the application would: -D, environment, config/application.properties. */
final class Settings {
    private final Properties system;
    private final Map<String, String> environment;
    private final Properties file;

    Settings(Properties system, Map<String, String> environment, Properties file) {
        this.system = system;
        this.environment = environment;
        this.file = file;
    }

    static Settings ofThisProcess() {
        return new Settings(System.getProperties(), System.getenv(), read(Path.of("config", "application.properties")));
    }

    Optional<String> find(String key) {
        return Stream.of(system.getProperty(key), environment.get(environmentName(key)), file.getProperty(key))
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    /** The name the application's configuration gives the same key in the environment. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Properties read(Path path) {
        Properties properties = new Properties();
        if (Files.isRegularFile(path)) {
            try (Reader reader = Files.newBufferedReader(path)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new Refusal("cannot read " + path.toAbsolutePath() + ": " + e.getMessage(), e);
            }
        }
        return properties;
    }
}
