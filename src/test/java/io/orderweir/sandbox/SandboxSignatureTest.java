package io.orderweir.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxSignatureTest {
    private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] STANDARD_BODY = utf8("{\"test\": 2432232314}");

    @Test
    void signsAsStripeDoes() {
        assertEquals("t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925",
                Signature.stripe(List.of("whsec_test"), 1_700_000_000, utf8("{\"id\":\"evt_1\"}")));
    }

    @Test
    void signsAsStandardWebhooksDo() {
        assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                Signature.standard(List.of(STANDARD_SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, STANDARD_BODY));
    }

    @Test
    void whileASecretIsReplacedBothSign() {
        String stripe = Signature.stripe(List.of("new", "whsec_test"), 1_700_000_000, utf8("{\"id\":\"evt_1\"}"));
        assertTrue(stripe.matches("t=1700000000,v1=[0-9a-f]{64},v1=c89214b5[0-9a-f]{56}"), stripe);
        String standard = Signature.standard(List.of("whsec_bmV3", STANDARD_SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, STANDARD_BODY);
        assertTrue(standard.matches("v1,\\S{44} v1,g0hM9SsE\\S{36}"), standard);
    }

    @Test
    void aSettingIsNotTakenWhenNobodyCouldBeCalledOrNothingBeSignedWithIt() {
        assertTrue(Signature.isStandardSecret(STANDARD_SECRET));
        assertTrue(Signature.isStandardSecret(Settings.factory().text("secret")));
        assertFalse(Signature.isStandardSecret("hush"));
        for (String wrong : List.of("{\"secret\":\"hush\"}", "{\"target\":\"factory\"}", "{\"target\":\"http://\"}", "{\"dayMs\":-1}")) {
            refuses(wrong);
        }
        Settings settings = Settings.factory();
        settings.use(settings.checked(Json.readObject("{\"target\":\"http://127.0.0.1:8080/capture/factory/factory\",\"oldSecret\":\"\"}")));
        assertEquals("http://127.0.0.1:8080/capture/factory/factory", settings.text("target"));
    }

    private static void refuses(String wrong) {
        assertThrows(IllegalArgumentException.class, () -> Settings.factory().checked(Json.readObject(wrong)), wrong);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
