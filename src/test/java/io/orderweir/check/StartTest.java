package io.orderweir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What refuses the start while Camel starts is told by its sentence, once. */
class StartTest {

    private final Logger camel = Logger.getLogger("org.apache.camel.quarkus.main.CamelMainRuntime");
    private final List<String> told = new ArrayList<>();
    private final Handler hears = new Handler() {
        @Override
        public void publish(LogRecord one) {
            told.add(one.getMessage());
        }

        @Override
        public void flush() {
            // it is kept at once
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void hear() {
        camel.addHandler(hears);
        camel.setUseParentHandlers(false);
    }

    @AfterEach
    void hearNoMore() {
        camel.removeHandler(hears);
        camel.setUseParentHandlers(true);
        camel.setFilter(null);
    }

    @Test
    void camelDoesNotTellARefusalASecondTime() {
        Start.tellRefusalsOnce();
        camel.log(Level.SEVERE, "Failed to start application", new RuntimeException(new IllegalStateException("Orderweir does not start: the ledger is that of the environment 'production'")));
        assertEquals(List.of(), told);
    }

    @Test
    void whatIsAFaultOfTheProgramCamelTellsAsEver() {
        Start.tellRefusalsOnce();
        camel.log(Level.SEVERE, "it is null", new RuntimeException(new NullPointerException()));
        camel.log(Level.SEVERE, "nothing was thrown");
        assertEquals(List.of("it is null", "nothing was thrown"), told);
    }
}
