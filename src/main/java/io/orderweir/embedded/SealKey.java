package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The key that capture seals its records with on the embedded broker: made once, 32 random bytes in hexadecimal, readable for its owner alone. */
final class SealKey {

    private static final int BYTES = 32;

    private SealKey() {
    }

    static String of(Path data) throws IOException {
        Path file = data.resolve("seal.key");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Files.writeString(file, HexFormat.of().formatHex(random));
        } catch (FileAlreadyExistsException kept) {
            if (Files.size(file) != 2 * BYTES) {
                throw new Refusal(file + " is no key of ours (" + Files.size(file) + " bytes); put back the one of your backup, or delete it: what waits on Kafka is then held as not-sealed");
            }
        }
        return Files.readString(file);
    }
}
