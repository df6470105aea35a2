package io.orderweir.console;

import io.orderweir.hold.Refused;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Where a browser goes next. */
public final class Place {

    private Place() {
    }

    public static Response seeOther(String path) {
        return Response.seeOther(URI.create(path)).build();
    }

    /** Does what a form asks for and sends the browser on; refused, it shows the page {@code again}, with the reason. */
    public static Response after(Runnable command, String path, Function<Refused, TemplateInstance> again) {
        try {
            command.run();
            return seeOther(path);
        } catch (Refused refused) {
            return refused(refused, again.apply(refused));
        }
    }

    public static Response refused(Refused refused, TemplateInstance page) {
        return Response.status(refused.status()).entity(page).build();
    }

    /** A text as part of a path, in which slashes stay. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    }
}
