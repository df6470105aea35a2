package io.orderweir.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/** Measures the disk of the embedded data, where there is any: a database elsewhere tells only how large it is. */
final class Disk {

    private Disk() {
    }

    /** Out: diskFree and diskSize (bytes); nothing where this process has no data directory. */
    static void measure(ObjectNode terms) {
        Path data = Path.of(ConfigProvider.getConfig().getOptionalValue("orderweir.data", String.class).orElse("orderweir-data"));
        try {
            if (Files.isDirectory(data)) {
                FileStore disk = Files.getFileStore(data);
                terms.put("diskFree", disk.getUsableSpace()).put("diskSize", disk.getTotalSpace());
            }
        } catch (IOException unreadable) {
            terms.remove("diskFree");
        }
    }
}
