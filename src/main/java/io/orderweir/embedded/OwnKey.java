package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret of the embedded services: made once, 32 random bytes in hexadecimal, in a file that its owner alone can read. */
final class OwnKey {

    private static final int BYTES = 32;

    private OwnKey() {
    }

    static String of(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Files.writeString(file, HexFormat.of().formatHex(random));
        } catch (FileAlreadyExistsException kept) {
            if (Files.size(file) != 2 * BYTES) {
                throw new Refusal(file + " is no key of ours (" + Files.size(file) + " bytes); put back the one of your backup, or delete it and a new one is made");
            }
        }
        return Files.readString(file);
    }
}
