package io.orderweir.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of mounted connectors that are no routes: their mappings and their tables, whether a route names them or not. */
final class MountedFiles {

    private MountedFiles() {
    }

    static void look(Path directory, Faults faults) throws IOException {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = RouteText.shown(file.toString());
                if (name.endsWith(".jq")) {
                    Mappings.look(name, 1, Files.readString(file), faults);
                    Whole.look(name, Files.readString(file), faults);
                } else if (name.endsWith(".yaml") && !name.endsWith(".camel.yaml")) {
                    new RouteText(name, Files.readString(file)).yaml(faults);
                    Whole.look(name, Files.readString(file), faults);
                }
            }
        }
    }
}
