package io.orderweir.ledger;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Makes the ledger's tables and functions in one transaction: whoever starts beside it sees all of them or none, and a start waits for one commit instead of 150. */
@Singleton
public class LedgerMigration implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.group(true);
    }
}
