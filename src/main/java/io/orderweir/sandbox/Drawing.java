package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** One revision of a drawing: the file {@code <reference>_<revision>.step}, or {@code <reference>.<version>_<revision>.step} where the request says its version, and its bytes, a small STEP text that differs in each. */
record Drawing(String reference, String revision, byte[] bytes) {
    /** Of what the request asks for; without a request (null) a drawing nobody asked for. */
    static Drawing of(String asked, int number, JsonNode request, Instant drawnAt) {
        String reference = request != null && request.hasNonNull("version") ? asked + "." + request.path("version").textValue() : asked;
        String revision = letters(number);
        StringBuilder wish = new StringBuilder();
        if (request != null) {
            request.path("configuration").forEach(one -> wish.append(one.path("name").asText()).append('=').append(one.path("value").asText()).append("; "));
        }
        String sku = request == null ? "" : request.path("sku").asText();
        String text = """
                ISO-10303-21;
                HEADER;
                FILE_DESCRIPTION(('Drawing of %s, revision %s'),'2;1');
                FILE_NAME('%s_%s.step','%s',('Design desk'),(''),'','','');
                FILE_SCHEMA(('CONFIG_CONTROL_DESIGN'));
                ENDSEC;
                DATA;
                #1=PRODUCT('%s','%s','',());
                ENDSEC;
                END-ISO-10303-21;
                """.formatted(reference, revision, reference, revision, drawnAt, quoted(sku), quoted(wish.toString().strip()));
        return new Drawing(reference, revision, text.getBytes(StandardCharsets.UTF_8));
    }

    String file() {
        return reference + "_" + revision + ".step";
    }

    /** In lower case, as {@code sha256sum} prints it. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 in this Java", e);
        }
    }

    ObjectNode json() {
        return Json.object().put("file", file()).put("revision", revision).put("reference", reference).put("sha256", sha256());
    }

    /** 1 is A, 26 is Z, 27 is AA. */
    static String letters(int number) {
        return (number > 26 ? letters((number - 1) / 26) : "") + (char) ('A' + (number - 1) % 26);
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }
}
