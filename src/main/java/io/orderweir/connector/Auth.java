package io.orderweir.connector;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A way in which calls of a system are signed, as its descriptor says it. The kinds are a closed list; each asks for its credentials of the account.
 *
 * @param kind     how
 * @param header   the header that says who calls; {@code Authorization} where it is left out
 * @param prefix   what stands before the token in it; {@code Bearer } in {@code Authorization}, nothing in another one
 * @param token    the credential that is sent (bearer, header); {@code token} where it is left out
 * @param user     the credential that names us (basic, session); {@code user} where it is left out
 * @param password the one that goes with it (basic, session); {@code password} where it is left out
 * @param tokenUrl where tokens are asked for: a path of the account's own address, or an address; {@code {tenant}} in it is the account's setting of that name
 * @param scope    what the token is asked for, or null
 * @param clientIn where the token's request says the client's credentials; its body where it is left out
 * @param lives    how long a token lives whose answer does not say so; an hour where it is left out
 * @param oldLives whether an earlier token, and what it was renewed with, are taken for a while after a new one was given; so where it is left out
 * @param signInAt where a person sees to the credentials at the vendor, or null
 * @param login    what a login is posted (session): {@code {name}} in its texts is the credential or the setting of that name
 * @param tokenAt  where in the answer to a login the session stands: a JSON Pointer, of which the empty one is the whole answer; or null
 * @param cookie   the cookie of the answer to a login that is the session; or null
 */
@RegisterForReflection
public record Auth(Kind kind, String header, String prefix, String token, String user, String password, String tokenUrl, String scope, ClientIn clientIn, Duration lives, Boolean oldLives, String signInAt,
        JsonNode login, String tokenAt, String cookie) {

    /** The setting of an account that says where its tokens are asked for, in the place of the descriptor. */
    public static final String TOKEN_URL = "token-url";
    /** The credential that signs assertions, a key in PEM. */
    public static final String PRIVATE_KEY = "private-key";
    private static final Pattern SETTING = Pattern.compile("\\{([^}]*)}");
    private static final String AUTHORIZATION = "Authorization";

    public Auth {
        Connector.needs("kind", kind);
        if (kind == Kind.HEADER) {
            Connector.needs("header", header);
        }
        if (header != null && (!header.matches("[A-Za-z][A-Za-z0-9-]*") || header.startsWith("Camel"))) {
            throw new IllegalArgumentException("header is the name of a header of HTTP, such as X-Token");
        }
        if ((kind == Kind.OAUTH2_JWT || kind == Kind.SESSION) && clientIn != null) {
            throw new IllegalArgumentException("client-in is for a kind with a client-secret");
        }
        if (kind.fetches != (tokenUrl != null)) {
            throw new IllegalArgumentException(kind.fetches ? "it needs 'token-url'" : "token-url is for a kind that asks for tokens");
        }
        if ((kind == Kind.SESSION) != (login != null) || (kind == Kind.SESSION) != ((tokenAt == null) != (cookie == null)) || kind != Kind.SESSION && tokenAt != null) {
            throw new IllegalArgumentException("a session, and nothing else, has 'login', and either 'token-at' or 'cookie'");
        }
        if (tokenAt != null) {
            JsonPointer.compile(tokenAt);
        }
        if (cookie != null && header == null) {
            header = "Cookie";
            prefix = prefix == null ? cookie + "=" : prefix;
        }
        prefix = prefix != null ? prefix : header == null || header.equals(AUTHORIZATION) ? "Bearer " : "";
        header = header == null ? AUTHORIZATION : header;
        token = token == null ? "token" : token;
        user = user == null ? "user" : user;
        password = password == null ? "password" : password;
        clientIn = clientIn == null ? ClientIn.BODY : clientIn;
        lives = lives == null ? Duration.ofHours(1) : lives;
        oldLives = oldLives == null || oldLives;
    }

    /** The credentials an account is signed with in this way. */
    public List<String> credentials() {
        return switch (kind) {
            case BEARER, HEADER -> List.of(token);
            case BASIC, SESSION -> List.of(user, password);
            case OAUTH1 -> List.of("account", "consumer-key", "consumer-secret", "token-id", "token-secret");
            case OAUTH2_CLIENT_CREDENTIALS -> List.of("client-id", "client-secret");
            case OAUTH2_REFRESH -> List.of("client-id", "client-secret", "refresh-token");
            case OAUTH2_JWT -> List.of("client-id", "certificate-id", PRIVATE_KEY);
        };
    }

    /** Is a token asked for that ends? */
    public boolean fetches() {
        return kind.fetches;
    }

    /** Where tokens are asked for by an account of this address and these settings. */
    public String tokenUrl(String url, Map<String, String> settings) {
        String where = settings.getOrDefault(TOKEN_URL, tokenUrl);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            where = where.replace("{" + setting.getKey() + "}", setting.getValue());
        }
        return where.startsWith("/") ? url + where : where;
    }

    /** What a login is posted, where {@code said} knows credentials and settings by their names. */
    public JsonNode login(UnaryOperator<String> said) {
        return with(login, said);
    }

    private static JsonNode with(JsonNode part, UnaryOperator<String> said) {
        if (part.isObject()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            part.fields().forEachRemaining(field -> all.set(field.getKey(), with(field.getValue(), said)));
            return all;
        }
        if (part.isArray()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            part.forEach(each -> all.add(with(each, said)));
            return all;
        }
        return part.isTextual() ? JsonNodeFactory.instance.textNode(SETTING.matcher(part.textValue()).replaceAll(found -> Matcher.quoteReplacement(said.apply(found.group(1))))) : part;
    }

    /** The settings that stand in the address of its tokens. */
    public List<String> ofAddress() {
        return tokenUrl == null ? List.of() : SETTING.matcher(tokenUrl).results().map(found -> found.group(1)).toList();
    }

    /** The settings that stand in the address of its tokens, or in its login. */
    List<String> named() {
        List<String> ofLogin = new ArrayList<>();
        if (login != null) {
            login(name -> {
                ofLogin.add(name);
                return "";
            });
            ofLogin.removeAll(credentials());
        }
        return Stream.concat(ofAddress().stream(), ofLogin.stream()).toList();
    }

    /** How calls are signed. */
    public enum Kind {
        /** The credential, behind {@code Bearer}. */
        @JsonProperty("bearer") BEARER(false),
        /** User and password. */
        @JsonProperty("basic") BASIC(false),
        /** The credential in a header of the vendor's. */
        @JsonProperty("header") HEADER(false),
        /** Each request is signed: OAuth 1.0a (RFC 5849) with HMAC-SHA256, as NetSuite's token-based authentication. */
        @JsonProperty("oauth1") OAUTH1(false),
        /** A token that is asked for with the client's credentials (RFC 6749, 4.4). */
        @JsonProperty("oauth2-client-credentials") OAUTH2_CLIENT_CREDENTIALS(true),
        /** A token that is asked for with a refresh token, which may be another one each time (RFC 6749, 6). */
        @JsonProperty("oauth2-refresh") OAUTH2_REFRESH(true),
        /** A token that is asked for with an assertion, which a key of ours signs and the vendor checks with the certificate it has of us (RFC 7523, 2.2). */
        @JsonProperty("oauth2-jwt") OAUTH2_JWT(true),
        /** What a login with user and password gives, for a while. */
        @JsonProperty("session") SESSION(true);

        private final boolean fetches;

        Kind(boolean fetches) {
            this.fetches = fetches;
        }
    }

    /** Where a request for a token says the client's credentials. */
    public enum ClientIn {
        @JsonProperty("body") BODY,
        @JsonProperty("header") HEADER
    }
}
