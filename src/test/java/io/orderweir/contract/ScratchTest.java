package io.orderweir.contract;
import io.orderweir.connector.Connectors;
import org.junit.jupiter.api.Test;
class ScratchTest {
    @Test
    void print() {
        Connectors connectors = Connectors.in(null);
        long t = System.nanoTime();
        Report r = Suite.over(connectors, connectors.systems(), null);
        StringBuilder b = new StringBuilder();
        r.lines().forEach(l -> b.append(l).append('\n'));
        b.append(r.summary()).append(" ").append((System.nanoTime() - t) / 1_000_000).append(" ms");
        System.out.println(b);
    }
}
