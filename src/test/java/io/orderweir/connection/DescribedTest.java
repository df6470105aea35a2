package io.orderweir.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orderweir.capability.Configured;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection asks for nothing that its connector does not say, and sentences call it what people call it. */
class DescribedTest {

    private static final String KEY = "orderweir.connections.one.";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "trytn    |                       |        | one.system = trytn is no system of a connector there is; use one of [business-central, design, drawings, factory, netsuite, pager,",
            "netsuite | credentials.tokn-id   | secret | one.credentials.tokn-id is no credential of netsuite; it has [account, certificate-id, client-id, consumer-key, consumer-secret, private-key, token-id, token-secret]; correct or remove it",
            "wms      | settings.custmer      | 7      | one.settings.custmer is no setting of wms; it has [token-url]; correct or remove it",
            "netsuite | settings.custmer      | 7      | one.settings.custmer is no setting of netsuite; it has [adjustment-item, approve, class, closed-period, company-customers, custom-item, customer, customers, department, deposit-account, discount-item, duty-item, fee-item, gift-card-item, location, nexus, no-tax-code, payment-option, po-number, rounding-item, ship-method, shipping-item, subsidiary, tax, tax-code, tax-codes, tax-item, tax-type, terms, tip-item, token-url, tolerance, totals, wrap-item]; correct or remove it",
            "netsuite | settings.tolerance    | some   | one.settings.tolerance = some is no amount; use one such as 0.02",
            "smtp     | settings.starttls     | maybe  | one.settings.starttls = maybe is none of [required, optional, disabled]; use one of these",
            "drawings |                       |        | one.settings.directory is missing, and drawings needs it; set it, or remove the connection"})
    void whatAConnectorDoesNotKnowRefusesTheStart(String system, String key, String value, String said) {
        // Given
        Map<String, String> keys = new HashMap<>(Map.of(KEY + "system", system));
        if (key != null) {
            keys.put(KEY + key, value);
        }
        // When
        String refusal = assertThrows(IllegalStateException.class, () -> Configured.connections(keys)).getMessage();
        // Then
        assertTrue(refusal.contains("orderweir.connections." + said), refusal);
        assertFalse(refusal.contains("secret") && key != null && key.startsWith("credentials") && refusal.contains("= secret"), refusal);
    }

    @Test
    void anAccountIsCalledByItsLabelOrElseLikeItsSystemAndTwoOfOneSystemAreToldApart() {
        Map<String, String> keys = new HashMap<>(Map.of(KEY + "system", "netsuite"));
        assertEquals("NetSuite", Configured.connections(keys).called("one"));
        keys.put("orderweir.connections.two.system", "netsuite");
        assertEquals("NetSuite (one)", Configured.connections(keys).called("one"));
        keys.put(KEY + "label", "the books of Europe");
        assertEquals("the books of Europe", Configured.connections(keys).called("one"));
        assertEquals("gone", Configured.connections(keys).called("gone"));
    }

    @Test
    void whatTheAddressOfItsTokensNeedsIsAskedForAtTheStart() {
        Map<String, String> keys = new HashMap<>(Map.of(KEY + "system", "business-central", KEY + "settings.company", "c", KEY + "settings.customer", "1", KEY + "credentials.client-id", "app", KEY + "credentials.client-secret", "hush"));
        assertTrue(assertThrows(IllegalStateException.class, () -> Configured.connections(keys)).getMessage().contains("orderweir.connections.one.settings.tenant is missing, and the address of its tokens has it"
                + " (https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token); set it, or that address as orderweir.connections.one.settings.token-url"));
        // one of the two is enough, and a token that is given needs neither
        Configured.connections(with(keys, "settings.tenant", "example.org"));
        Configured.connections(with(keys, "settings.token-url", "https://login.example.org/token"));
        keys.keySet().removeIf(key -> key.contains(".client-"));
        Configured.connections(with(keys, "credentials.token", "hush"));
    }

    @Test
    void howManyRecordsAreReadBackAtOnceIsTheVendorsOrUsual() {
        assertEquals(40, Configured.connections(Map.of(KEY + "system", "business-central", KEY + "settings.company", "c", KEY + "settings.customer", "1")).readBackAtOnce("one"));
        assertEquals(500, Configured.connections(Map.of(KEY + "system", "netsuite")).readBackAtOnce("one"));
    }

    @Test
    void whatMayBeSentAgainIsSaidOfEachPort() {
        Map<String, String> keys = Map.of(KEY + "system", "wms");
        assertEquals("cancel update", Configured.connections(keys).repeatable("one", "fulfilment"));
        assertEquals("", Configured.connections(keys).repeatable("one", "nothing"));
    }

    @Test
    void whatIsReadBackIsSaidByTheConnectorAndTheAccount() {
        Map<String, String> keys = new HashMap<>(Map.of(KEY + "system", "netsuite"));
        assertEquals("{}", Configured.connections(keys).reads("one", "order").toString());
        assertNull(Configured.connections(keys).reads("one", "nothing"));
        assertNull(Configured.connections(Map.of(KEY + "system", "wms")).reads("one", "fulfilment"));
        keys.putAll(Map.of(KEY + "settings.approve", "after-check", KEY + "settings.tolerance", "0.02"));
        assertEquals("{\"approve\":true,\"tolerance\":\"0.02\"}", Configured.connections(keys).reads("one", "order").toString());
        // what is never read is not waited for
        keys.put(KEY + "settings.totals", "unread");
        assertTrue(assertThrows(IllegalStateException.class, () -> Configured.connections(keys)).getMessage().contains("one.settings.approve = after-check waits for what is never read"));
        keys.remove(KEY + "settings.approve");
        assertNull(Configured.connections(keys).reads("one", "order"));
        assertTrue(Configured.connections(keys).couldReadBack("one"));
    }

    private static Map<String, String> with(Map<String, String> keys, String key, String value) {
        Map<String, String> more = new HashMap<>(keys);
        more.put(KEY + key, value);
        return more;
    }
}
