package io.orderweir.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;

/** The compiled classes of io.orderweir without the tests, read once. */
final class OurClasses {

    static final JavaClasses ALL = new ClassFileImporter().importPath(Path.of("target/classes/io/orderweir"));

    private OurClasses() {
    }
}
