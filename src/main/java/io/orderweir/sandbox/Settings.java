package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What a pretend vendor can be told at run time; an unknown key or a wrong type is refused. */
final class Settings {
    private final String vendor;
    private final ObjectNode defaults;
    private final Predicate<String> isSecret;
    private volatile ObjectNode current;

    Settings(String vendor, ObjectNode defaults) {
        this(vendor, defaults, secret -> true);
    }

    private Settings(String vendor, ObjectNode defaults, Predicate<String> isSecret) {
        this.vendor = vendor;
        this.defaults = defaults;
        this.isSecret = isSecret;
        this.current = defaults.deepCopy();
    }

    static Settings netsuite() {
        ObjectNode defaults = common();
        defaults.put("account", "1234567");
        defaults.put("consumerKey", "sandbox-consumer-key");
        defaults.put("consumerSecret", "sandbox-consumer-secret");
        defaults.put("token", "sandbox-token");
        defaults.put("tokenSecret", "sandbox-token-secret");
        // of the certificate that is mapped to the client: its public key, in PEM; empty: there is none
        defaults.put("clientId", "sandbox-netsuite-client");
        defaults.put("certificateId", "sandbox-netsuite-certificate");
        defaults.put("certificateKey", "");
        defaults.put("tokenLivesSeconds", 3_600);
        defaults.put("limit", 100);
        defaults.put("concurrency", 15);
        defaults.put("allowanceLimit", 99);
        // a script of the account adds so much handling to every order; the service of queries fails
        defaults.put("handlingCents", 0);
        defaults.put("queriesFail", false);
        // the last day of the books that are closed; empty: they are open
        defaults.put("closedUntil", "");
        defaults.putArray("customers").add("107");
        return new Settings("netsuite", defaults);
    }

    /** It works at 5 calls at once and lets 95 wait; here the sixth is refused, which is less. What has been shipped of the references in shipped can be neither changed nor deleted; payments of those in posted have left their journals for the ledger. */
    static Settings businessCentral() {
        ObjectNode defaults = common();
        defaults.put("token", "sandbox-business-central-token");
        defaults.put("tenant", "5f8e0a6c-0000-4000-8000-00000000a001");
        defaults.put("clientId", "5f8e0a6c-0000-4000-8000-00000000b001");
        defaults.put("clientSecret", "sandbox-business-central-client-secret");
        defaults.put("tokenLivesSeconds", 3_599);
        defaults.put("company", "5f8e0a6c-0000-4000-8000-00000000c001");
        defaults.put("limit", 6_000);
        defaults.put("windowMs", 300_000);
        defaults.put("concurrency", 5);
        // a create is cut behind half of its lines
        defaults.put("cutCreate", 0.0);
        defaults.putArray("customers").add("10000");
        defaults.putArray("shipped");
        defaults.putArray("paymentJournals").add("5f8e0a6c-0000-4000-8000-00000000f001").add("5f8e0a6c-0000-4000-8000-00000000f002");
        defaults.putArray("posted");
        return new Settings("business-central", defaults);
    }

    static Settings wms() {
        ObjectNode defaults = common();
        defaults.put("token", "sandbox-wms-token");
        defaults.put("user", "sandbox-wms-user");
        defaults.put("password", "sandbox-wms-password");
        defaults.put("tokenLivesSeconds", 1_800);
        defaults.put("limit", 0);
        defaults.put("concurrency", 20);
        defaults.put("pickAfterMs", 0);
        return new Settings("wms", defaults);
    }

    static Settings factory() {
        ObjectNode defaults = common();
        defaults.put("token", "sandbox-factory-token");
        defaults.put("limit", 0);
        defaults.put("concurrency", 20);
        defaults.put("slots", 12);
        defaults.put("dayMs", 86_400_000);
        calls(defaults, "whsec_c2FuZGJveC1mYWN0b3J5LWNhbGxiYWNrcw==");
        return new Settings("factory", defaults, Signature::isStandardSecret);
    }

    static Settings design() {
        ObjectNode defaults = common();
        defaults.put("token", "sandbox-design-token");
        defaults.put("limit", 0);
        defaults.put("concurrency", 20);
        defaults.put("drawMs", 5_000);
        defaults.put("directory", "");
        return new Settings("design", defaults);
    }

    /** Its limit is the points: maximumAvailable of them, restoreRate back per second. */
    static Settings shopify() {
        ObjectNode defaults = common();
        defaults.put("token", "sandbox-shopify-token");
        defaults.put("clientId", "sandbox-shopify-client");
        defaults.put("clientSecret", "sandbox-shopify-client-secret");
        defaults.put("tokenLivesSeconds", 86_399);
        defaults.put("limit", 0);
        defaults.put("concurrency", 0);
        defaults.put("maximumAvailable", 2_000);
        defaults.put("restoreRate", 100);
        defaults.put("fulfillmentOrdersAfterMs", 200);
        defaults.put("mergeReleased", false);
        return new Settings("shopify", defaults);
    }

    /** Whoever stands in invalidNumbers gets the refusal 21211, in unsubscribed 21610. */
    static Settings twilio() {
        ObjectNode defaults = common();
        defaults.put("account", "ACc2FuZGJveC10d2lsaW8tYWNjb3Vu");
        defaults.put("token", "sandbox-twilio-token");
        defaults.put("limit", 0);
        defaults.put("concurrency", 0);
        defaults.putArray("numbers").add("+15550001");
        defaults.putArray("invalidNumbers");
        defaults.putArray("unsubscribed");
        return new Settings("twilio", defaults);
    }

    /** Its service is what follows /services/; archived and gone are answers of a channel and a webhook that are no more. */
    static Settings slack() {
        ObjectNode defaults = common();
        defaults.put("service", "T0SANDBOX/B0SANDBOX/sandbox-slack-secret");
        defaults.put("limit", 0);
        defaults.put("concurrency", 0);
        defaults.put("retryAfterS", 1);
        defaults.put("archived", false);
        defaults.put("gone", false);
        return new Settings("slack", defaults);
    }

    static Settings pager() {
        ObjectNode defaults = common();
        defaults.put("limit", 0);
        defaults.put("concurrency", 0);
        defaults.put("secret", "whsec_c2FuZGJveC1wYWdlci1zaWduYXR1cmU=");
        return new Settings("pager", defaults, Signature::isStandardSecret);
    }

    static Settings stripe() {
        ObjectNode defaults = common();
        calls(defaults, "whsec_sandbox");
        defaults.put("key", "rk_test_sandbox");
        defaults.put("limit", 0);
        defaults.put("concurrency", 0);
        defaults.put("livemode", false);
        return new Settings("stripe", defaults);
    }

    /** Of those who call: where to, signed with what (both secrets sign while there is an old one), how untidily. */
    private static void calls(ObjectNode defaults, String secret) {
        defaults.put("target", "");
        defaults.put("secret", secret);
        defaults.put("oldSecret", "");
        defaults.put("duplicates", 0.05);
        defaults.put("late", 0.1);
        defaults.put("lateMs", 2_000);
        defaults.put("retryAfterMs", 500);
    }

    /** A limit of 0 is no limit; the four faults are probabilities, drawn once per call from the seed. */
    private static ObjectNode common() {
        ObjectNode common = Json.object();
        common.put("windowMs", 60_000);
        common.put("latencyMinMs", 20);
        common.put("latencyMaxMs", 120);
        common.put("commitThenSilence", 0.0);
        common.put("silenceThenCommit", 0.0);
        common.put("error500", 0.0);
        common.put("reset", 0.0);
        common.put("silenceMs", 60_000);
        common.put("silenceDelayMs", 60_000);
        common.put("settleMs", 5_000);
        common.put("seed", 42);
        common.putArray("extraItems");
        return common;
    }

    /** Refuses the whole change when any part of it is wrong. */
    ObjectNode checked(JsonNode changes) {
        if (!changes.isObject()) {
            throw new IllegalArgumentException("The settings of " + vendor + " must be a JSON object.");
        }
        ObjectNode next = current.deepCopy();
        changes.fields().forEachRemaining(change -> {
            JsonNode known = defaults.get(change.getKey());
            if (known == null) {
                throw new IllegalArgumentException("The sandbox has no setting " + vendor + "." + change.getKey() + ".");
            }
            boolean sameKind = known.isNumber() ? change.getValue().isNumber() && change.getValue().doubleValue() >= 0
                    : known.getNodeType() == change.getValue().getNodeType();
            boolean chance = known.isDouble() && change.getValue().doubleValue() > 1;
            if (!sameKind || chance || !fits(change.getKey(), change.getValue().asText())) {
                throw new IllegalArgumentException("The setting " + vendor + "." + change.getKey() + " cannot be "
                        + change.getValue() + "; its default is " + known + ".");
            }
            next.set(change.getKey(), change.getValue());
        });
        return next;
    }

    /** What is wrong here would be found by the thread that sends, where nobody reads it. */
    private boolean fits(String key, String text) {
        return switch (key) {
            case "target" -> text.isEmpty() || isAddress(text);
            case "secret" -> !text.isEmpty() && isSecret.test(text);
            case "closedUntil" -> text.isEmpty() || text.matches("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
            case "oldSecret" -> text.isEmpty() || isSecret.test(text);
            default -> true;
        };
    }

    private static boolean isAddress(String text) {
        try {
            URI address = new URI(text);
            return address.getHost() != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    void use(ObjectNode next) {
        current = next;
    }

    void reset() {
        current = defaults.deepCopy();
    }

    ObjectNode all() {
        return current.deepCopy();
    }

    int number(String key) {
        return current.get(key).intValue();
    }

    double chance(String key) {
        return current.get(key).doubleValue();
    }

    boolean flag(String key) {
        return current.get(key).booleanValue();
    }

    String text(String key) {
        return current.get(key).textValue();
    }

    Set<String> texts(String key) {
        Set<String> texts = new HashSet<>();
        current.get(key).forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
