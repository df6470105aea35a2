package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens that a pretend vendor gives: they live {@code tokenLivesSeconds}, each to its own end, whether or not a later one was given.
 */
final class IssuedTokens {
    private final Settings settings;
    private final InstantSource clock;
    /** By token, when it ends (ms). */
    private final Map<String, Long> given = new HashMap<>();

    IssuedTokens(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The fields of a request for a token ({@code application/x-www-form-urlencoded}). */
    static Map<String, String> form(String body) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String field : body.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                said.put(field.substring(0, equals), OAuthSignature.decode(field.substring(equals + 1)));
            }
        }
        return said;
    }

    /** Does a field of a request say what the setting of that name says? */
    boolean says(String setting, String field) {
        return Signature.same(settings.text(setting), field == null ? "" : field);
    }

    /** From now on the token lets in; the answer says it ({@code access_token}) and for how many seconds ({@code expires_in}). */
    synchronized ObjectNode give(String token) {
        int lives = settings.number("tokenLivesSeconds");
        given.values().removeIf(end -> end <= clock.millis());
        given.put(token, clock.millis() + lives * 1000L);
        return Json.object().put("access_token", token).put("expires_in", lives);
    }

    /** Was it given, and has it not ended? */
    synchronized boolean lets(String token) {
        return given.getOrDefault(token, 0L) > clock.millis();
    }
}
