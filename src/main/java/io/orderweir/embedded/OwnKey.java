package io.orderweir.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret of the embedded services: made once, 32 random bytes in hexadecimal, in a file that its owner alone can read. */
final class OwnKey {

    private static final int BYTES = 32;

    private OwnKey() {
    }

    static String of(Path file) throws IOException {
        if (!Files.exists(file)) {
            // made beside and renamed when complete: a start that was killed half way begins again
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Files.writeString(unfinished, HexFormat.of().formatHex(random));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        String key = Files.readString(file);
        if (key.length() != 2 * BYTES) {
            throw new Refusal(file + " is no key of ours (" + key.length() + " characters); put back the one of your backup, or delete it and a new one is made");
        }
        return key;
    }
}
