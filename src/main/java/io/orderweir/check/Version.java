package io.orderweir.check;

import io.orderweir.mounted.Mounted;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SortedMap;

/** What mappings and their products depend on, as it is mounted; what is null is not mounted. */
record Version(String called, Mounted connectors, Mounted policy, Mounted types) {

    static final String CONNECTORS = "orderweir.connectors.dir";
    static final String POLICY = "orderweir.policy.dir";
    static final String TYPES = "orderweir.types.dir";
    private static final String LIMITS = "limits.yaml";

    /** What runs: the newest revision that the ledger keeps, and what is configured beside it. */
    static Version running(KeptTraffic kept, SmallRyeConfig config) throws SQLException {
        long revision = kept.revision();
        SortedMap<String, byte[]> connectors = kept.files(revision, "connectors");
        SortedMap<String, byte[]> policy = kept.files(revision, "policy");
        String called = !connectors.isEmpty() || !policy.isEmpty() ? "revision " + revision : config.getOptionalValue(CONNECTORS, String.class).orElse("no mounted connectors");
        return new Version(called, mounted(revision, connectors, config, CONNECTORS), mounted(revision, policy, config, POLICY), configured(config, TYPES));
    }

    /** The same with what a command names in its place. */
    Version with(Arguments named) {
        return new Version(called, named.connectors() == null ? connectors : read(named.connectors()), named.policy() == null ? policy : read(named.policy()), named.types() == null ? types : read(named.types()));
    }

    /** Whether what holds a delivery before it is sent is otherwise there. */
    boolean hasOtherLimits(Version other) {
        return !Arrays.equals(limits(), other.limits());
    }

    /** Whether what a document must be is otherwise there. */
    boolean hasOtherTypes(Version other) {
        return !digest(types).equals(digest(other.types));
    }

    private byte[] limits() {
        return policy == null ? null : policy.files().get(LIMITS);
    }

    private static String digest(Mounted mounted) {
        return mounted == null || mounted.files().isEmpty() ? "" : mounted.digest();
    }

    private static Mounted mounted(long revision, SortedMap<String, byte[]> files, SmallRyeConfig config, String key) {
        return files.isEmpty() ? configured(config, key) : Mounted.of(Path.of("revision-" + revision), files);
    }

    private static Mounted configured(SmallRyeConfig config, String key) {
        return config.getOptionalValue(key, Path.class).filter(Files::isDirectory).map(Version::read).orElse(null);
    }

    private static Mounted read(Path directory) {
        return Mounted.read(directory.toAbsolutePath());
    }
}
