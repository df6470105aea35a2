package io.orderweir.process;

import java.util.Map;

/** One of several on the same database server and broker, with a ledger of its own and a prefix before the names of its topics. */
public record Tenant(Services services, String jdbcUrl, String prefix) {

    /** On the services that all tests of this JVM share. */
    public static Tenant named(String name) {
        return Services.shared().tenant(name);
    }

    public Sql sql() {
        return new Sql(jdbcUrl, user());
    }

    /** As an engine is given it. */
    public String engineUrl() {
        return jdbcUrl + services.trust();
    }

    public String password() {
        return services.password();
    }

    public String user() {
        return services.user();
    }

    /** What a client of the broker needs. */
    public Map<String, Object> kafka() {
        return services.kafka();
    }

    /** The captured topic of a type, such as order. */
    public String topic(String type) {
        return prefix + "orderweir.captured." + type;
    }
}
