package io.orderweir.connection;

import io.orderweir.mounted.Mounted;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The configuration that the connections of this process are made of: that of the start, until the files of {@code orderweir.accounts.dir} say something else. */
@ApplicationScoped
public class Accounts {

    /** More than anything else says. */
    private static final int ORDINAL = 500;

    /** A configuration and what it says of Orderweir. */
    public record Configured(Settings settings, Config config) {
    }

    private final Path directory;
    private volatile Configured now;

    /** For the client proxy only. */
    protected Accounts() {
        directory = null;
    }

    @Inject
    public Accounts(Settings settings, Config config, @ConfigProperty(name = AccountFiles.DIRECTORY) Optional<Path> directory) {
        now = new Configured(settings, config);
        this.directory = directory.orElse(null);
        if (directory.isPresent() && !Files.isDirectory(this.directory)) {
            throw new IllegalStateException("Orderweir does not start: " + AccountFiles.DIRECTORY + " = " + this.directory + " is no directory; mount it, correct the path, or remove the key");
        }
    }

    /** The configuration of this process as it would be read now, with some keys given otherwise; each of our own keys is checked by whoever asks for it. */
    public static SmallRyeConfig read(Map<String, String> given) {
        return ConfigUtils.configBuilder().withSources(new PropertiesConfigSource(given, "command line", ORDINAL)).withMapping(Settings.class).withValidateUnknown(false).build();
    }

    /** The same, as it can be taken. */
    public Configured read() {
        SmallRyeConfig config = read(Map.of());
        return new Configured(config.getConfigMapping(Settings.class), config);
    }

    public Configured now() {
        return now;
    }

    public void take(Configured next) {
        now = next;
    }

    /** Whether there is a directory whose files may change. */
    public boolean mayChange() {
        return directory != null;
    }

    /** What the files say, in a few characters; nobody can tell the secrets in them from it. */
    public String digest() {
        return directory == null || !Files.isDirectory(directory) ? "-" : Mounted.read(directory).digest();
    }
}
