package io.orderweir.house;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import io.orderweir.embedded.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Immutable;
import org.hibernate.cfg.Configuration;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.Test;

/** Entities read what the console lists: they write nothing, belong to the console, and say of the ledger what it is. */
class EntityRulesTest {

    private static final List<JavaClass> ENTITIES = OurClasses.ALL.stream().filter(type -> type.isAnnotatedWith(Entity.class)).toList();

    @Test
    void entitiesOnlyReadForTheConsole() {
        Findings.none(ENTITIES.stream().flatMap(type -> misplaced(type.getPackageName(), type.reflect()).stream()).toList());
        Findings.found(2, "@Immutable", misplaced("io.orderweir.ledger", Wrong.class));
    }

    @Test
    void everyTableColumnAndExpressionIsInTheLedger() throws SQLException {
        try (SessionFactory ledger = ledger(ENTITIES.stream().<Class<?>>map(JavaClass::reflect).toList())) {
            ledger.inSession(session -> ENTITIES.forEach(type -> session.createQuery("from " + type.getSimpleName(), type.reflect()).setMaxResults(1).list()));
        }
        assertTrue(assertThrows(SchemaManagementException.class, () -> ledger(List.of(Wrong.class))).getMessage().contains("no_such_column"));
    }

    private static List<String> misplaced(String packageName, Class<?> entity) {
        List<String> found = new ArrayList<>();
        if (!entity.isAnnotationPresent(Immutable.class)) {
            found.add(entity.getName() + " is not @Immutable: the ledger is changed by statements in sql/");
        }
        if (!packageName.startsWith("io.orderweir.console.")) {
            found.add(entity.getName() + " is read by no list of the console; a capability asks with statements in sql/<capability>/");
        }
        return found;
    }

    private static SessionFactory ledger(List<Class<?>> entities) throws SQLException {
        Configuration configuration = new Configuration();
        entities.forEach(configuration::addAnnotatedClass);
        try (Connection database = TestDatabase.shared().open()) {
            configuration.setProperty("jakarta.persistence.jdbc.url", database.getMetaData().getURL()).setProperty("jakarta.persistence.jdbc.user", database.getMetaData().getUserName());
        }
        return configuration.setProperty("hibernate.default_schema", "orderweir").setProperty("hibernate.hbm2ddl.auto", "validate").buildSessionFactory();
    }

    /** Breaks the rules, to show that they are found. */
    @Entity(name = "delivery")
    static class Wrong {
        @Id
        long id;
        String no_such_column;
    }
}
