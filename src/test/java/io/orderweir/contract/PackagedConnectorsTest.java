package io.orderweir.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orderweir.type.Types;
import io.orderweir.connector.Connector;
import io.orderweir.connector.Connectors;
import io.orderweir.contract.Row.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every packaged connector keeps the laws at every port whose vendor is recorded. */
class PackagedConnectorsTest {

    /** Ports without fixtures, by name, so that nothing is hidden: mail is no HTTP, and a story sends it to a server of its own (AlertIT). A new one is recorded, and not written here. */
    private static final Set<String> NO_FIXTURES = new TreeSet<>(Set.of("smtp.message"));

    private static Report report;

    @BeforeAll
    static void run() {
        Connectors connectors = Connectors.in(null);
        report = Suite.over(connectors, connectors.systems(), Types.packaged(), null);
    }

    @TestFactory
    Stream<DynamicTest> everyLawIsKept() {
        return report.rows().stream().filter(row -> !NO_FIXTURES.contains(row.connector() + "." + row.port())).map(row -> DynamicTest.dynamicTest(
                row.connector() + " " + row.port() + " " + row.law(), () -> assertEquals(Set.of(), row.verdict() == Verdict.RED ? Set.of(row.says()) : Set.of())));
    }

    @Test
    void whatHasNoFixturesIsListedByName() {
        List<Row> without = report.rows().stream().filter(row -> row.law() == Law.RECORDED && row.says().startsWith("there are no fixtures")).toList();
        assertEquals(NO_FIXTURES, new TreeSet<>(without.stream().map(row -> row.connector() + "." + row.port()).toList()));
    }

    @Test
    void everyPortAndDoorIsInTheTable() {
        Set<String> tried = new TreeSet<>(report.rows().stream().filter(row -> row.law() == Law.RECORDED).map(row -> row.connector() + "." + row.port()).toList());
        Set<String> ports = new TreeSet<>();
        Connectors.in(null).all().forEach(connector -> connector.ports().keySet().forEach(port -> ports.add(connector.system() + "." + port)));
        assertEquals(ports, tried);
        assertEquals(new TreeSet<>(Connectors.in(null).all().filter(connector -> connector.signature() != null && !connector.tells()).map(Connector::system).toList()),
                new TreeSet<>(report.rows().stream().filter(row -> row.law() == Law.BAD_SIGNATURE && row.verdict() == Verdict.GREEN).map(Row::connector).toList()));
    }
}
