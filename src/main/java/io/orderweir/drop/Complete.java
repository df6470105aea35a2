package io.orderweir.drop;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Says which files of a drop are there as a whole: those that lie in proposed or approved with their checksum beside them. */
@ApplicationScoped
@Named("complete")
@RegisterForReflection
public class Complete implements GenericFileFilter<File> {

    static final String CHECKSUM = ".sha256";

    private static final Set<String> FOLDERS = Set.of("proposed", "approved");
    private static final String UNFINISHED = ".part";

    @Override
    public boolean accept(GenericFile<File> found) {
        String name = found.getFileNameOnly();
        if (found.isDirectory()) {
            return FOLDERS.contains(name);
        }
        return !name.endsWith(UNFINISHED) && !name.endsWith(CHECKSUM) && isWritten(beside(Path.of(found.getAbsoluteFilePath())));
    }

    /** A checksum without content is still being written; what is no file is looked at, and refused. */
    private static boolean isWritten(Path checksum) {
        try {
            BasicFileAttributes attributes = PlainFile.attributes(checksum);
            return !attributes.isRegularFile() || attributes.size() > 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + CHECKSUM);
    }
}
