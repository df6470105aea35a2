package io.orderweir.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The OAuth 1.0a signature (HMAC-SHA256) of one request, over its real URL with every query parameter. */
final class OAuthSignature {
    private OAuthSignature() {
    }

    static String sign(String method, String url, Map<String, String> oauth, String consumerSecret, String tokenSecret) {
        int question = url.indexOf('?');
        String base = question < 0 ? url : url.substring(0, question);
        List<String> pairs = new ArrayList<>();
        oauth.forEach((name, value) -> {
            if (!name.equals("realm") && !name.equals("oauth_signature")) {
                pairs.add(encode(name) + "=" + encode(value));
            }
        });
        if (question >= 0 && question < url.length() - 1) {
            for (String pair : url.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                pairs.add(encode(decode(name)) + "=" + encode(decode(value)));
            }
        }
        String parameters = pairs.stream().sorted().collect(Collectors.joining("&"));
        String text = method.toUpperCase() + "&" + encode(normalised(base)) + "&" + encode(parameters);
        String key = encode(consumerSecret) + "&" + encode(tokenSecret);
        return Signature.base64(Signature.hmac(key.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8)));
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** RFC 3986, which URLEncoder is not. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    /** RFC 5849 3.4.1.2: scheme and host in lower case, the scheme's own port left out. */
    private static String normalised(String base) {
        int path = base.indexOf('/', base.indexOf("://") + 3);
        String origin = (path < 0 ? base : base.substring(0, path)).toLowerCase();
        if (origin.startsWith("http://") && origin.endsWith(":80")) {
            origin = origin.substring(0, origin.length() - 3);
        } else if (origin.startsWith("https://") && origin.endsWith(":443")) {
            origin = origin.substring(0, origin.length() - 4);
        }
        return origin + (path < 0 ? "/" : base.substring(path));
    }
}
