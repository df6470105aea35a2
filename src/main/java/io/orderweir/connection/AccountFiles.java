package io.orderweir.connection;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The files of {@code orderweir.accounts.dir}: each is a properties file of one or several connections, such as {@code orderweir.connections.shopify-us.system=shopify}. */
public class AccountFiles implements ConfigSourceFactory {

    static final String DIRECTORY = "orderweir.accounts.dir";
    private static final String ENDING = ".properties";
    /** More than what is packaged, less than the environment and {@code -D}. */
    private static final int ORDINAL = 270;
    /** Before the limits of plans are looked up, which these files name. */
    private static final int FIRST = 10;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String directory = RoleRoutes.value(context, DIRECTORY);
        List<ConfigSource> sources = new ArrayList<>();
        if (directory != null && Files.isDirectory(Path.of(directory))) {
            for (Path file : files(Path.of(directory))) {
                try {
                    sources.add(new PropertiesConfigSource(file.toUri().toURL(), ORDINAL));
                } catch (IOException e) {
                    throw new UncheckedIOException(file + " cannot be read", e);
                }
            }
        }
        return sources;
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(FIRST);
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".") && file.getFileName().toString().endsWith(ENDING)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
    }
}
