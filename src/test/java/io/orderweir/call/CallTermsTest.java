package io.orderweir.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capability.Configured;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How patient we are with an account is said of the account. */
class CallTermsTest {

    private static final String KEY = "orderweir.connections.one.";
    private static final Map<String, String> ACCOUNT = Map.of(KEY + "system", "wms", KEY + "url", "http://127.0.0.1:1", KEY + "limits.at-once.calls", "5", KEY + "limits.at-once.window", "0s");

    @Test
    void anAccountHasThePatienceThatItsKeysSayOrTheDefaults() {
        assertEquals(List.of(12, 300.0, 8), patience(Map.of()));
        assertEquals(List.of(3, 60.0, 20), patience(Map.of("patience", "3", "longest-wait", "60S", "breaks-after", "20")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "patience     | 0     | patience = 0 is out of range; use 1 to 1000 tries",
            "patience     | 1001  | patience = 1001 is out of range; use 1 to 1000 tries",
            "longest-wait | 999ms | longest-wait = PT0.999S is shorter than the first wait may be; use 1S or more",
            "breaks-after | 0     | breaks-after = 0 would call nobody; use 1 call or more"})
    void patienceThatIsNoneRefusesTheStart(String key, String value, String said) {
        String refusal = assertThrows(IllegalStateException.class, () -> patience(Map.of(key, value))).getMessage();
        assertTrue(refusal.contains(KEY + said), refusal);
    }

    private static List<?> patience(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(ACCOUNT);
        more.forEach((key, value) -> keys.put(KEY + key, value));
        CallTerms terms = new CallTerms();
        terms.connections = Configured.connections(keys);
        terms.session = new ReplicaSession();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("connection", "one");
        terms.state(exchange);
        return List.of(exchange.getVariable("patience"), exchange.getVariable("longestWait"), exchange.getVariable("breaks"));
    }
}
