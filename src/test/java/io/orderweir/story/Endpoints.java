package io.orderweir.story;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Everything that answers in the console, found in the classes, and for whom it is, as it was decided. */
final class Endpoints {

    static final Map<String, String> ROLES = new HashMap<>();

    static {
        of("everybody", "GET /login", "POST /login", "POST /logout", "GET /welcome/{link}", "POST /welcome/{link}");
        of("directory", "GET /sso");
        of("viewer", "GET /", "GET /find", "GET /orders/{order:.+}", "GET /holds", "GET /gates", "GET /gates/{build}/{gate}", "GET /connections",
                "GET /api/counts", "GET /api/holds", "GET /api/holds/groups", "GET /api/holds/{id}", "GET /api/gates", "GET /api/gates/history",
                "GET /flow/part", "GET /live/flow", "GET /messages/{id}", "GET /api/counts/recounts", "GET /api/flow", "GET /api/flow/samples",
                "GET /alerts", "GET /api/alerts", "GET /api/alerts/history", "GET /api/find", "GET /api/messages/{id}", "GET /api/signals", "GET /api/calendars", "GET /api/orders/{order:.+}/timeline", "GET /api/connections");
        of("operator", "POST /holds/{id}/release", "POST /holds/{id}/discard", "POST /holds/{id}/accept", "POST /holds/{id}/take-up", "POST /gates/open", "POST /gates/{build}/{gate}/open",
                "POST /gates/{build}/{gate}/close", "POST /gates/{build}/{gate}/refuse", "POST /gates/{build}/{gate}/extend",
                "POST /connections/{name}/pause", "POST /connections/{name}/resume", "GET /audit", "POST /flow/recount", "POST /api/counts/recounts", "POST /flow/take-in", "POST /api/counts/take-in",
                "POST /api/holds/{id}/release", "POST /api/holds/{id}/discard", "POST /api/holds/{id}/accept", "POST /api/holds/{id}/take-up", "POST /api/gates/open", "POST /api/gates/close",
                "POST /api/gates/refuse", "POST /api/gates/extend", "POST /api/connections/{name}/pause", "POST /api/connections/{name}/resume",
                "POST /alerts/{id}/acknowledge", "POST /api/alerts/{id}/acknowledge", "GET /api/audit", "GET /api/audit/verify");
        of("integrator", "GET /routes", "GET /api/routes", "GET /connectors", "GET /api/connectors", "POST /connectors/consent", "POST /api/connectors/consent",
                "POST /connectors/revisions/{number}/restore", "POST /api/connectors/revisions/{number}/restore", "POST /connections/{name}/test", "POST /api/connections/{name}/test");
        of("viewer", "GET /holds/discarded", "GET /api/holds/discarded", "GET /holds/{id}", "GET /holds/work/{id}", "GET /api/holds/work", "GET /api/holds/work/{id}");
        of("operator", "POST /holds/{id}/check", "POST /holds/{id}/look", "POST /holds/{id}/arrange", "POST /holds/group/arrange", "POST /holds/group/plan", "POST /holds/group/work",
                "POST /holds/work/{id}/stop", "POST /api/holds/{id}/arrange", "POST /api/holds/{id}/dry-run", "POST /api/holds/{id}/look",
                "POST /api/holds/groups/arrange", "POST /api/holds/work", "POST /api/holds/plan", "POST /api/holds/work/{id}/stop");
        of("admin", "GET /people", "POST /people", "POST /people/{name}/role", "POST /people/{name}/lock", "POST /people/{name}/link",
                "POST /people/{name}/token", "POST /people/{name}/keys/{key}/end", "GET /api/people", "POST /api/people", "POST /api/people/{name}",
                "POST /api/people/{name}/link", "POST /api/people/{name}/tokens", "DELETE /api/people/keys/{key}");
    }

    private Endpoints() {
    }

    private static void of(String role, String... endpoints) {
        for (String endpoint : endpoints) {
            ROLES.put(endpoint, role);
        }
    }

    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter().importPackages("io.orderweir.console")) {
            if (resource.isAnnotatedWith(Path.class)) {
                for (Method method : resource.reflect().getDeclaredMethods()) {
                    for (Annotation annotation : method.getAnnotations()) {
                        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                        if (verb != null) {
                            all.add(verb.value() + " " + path(resource.reflect().getAnnotation(Path.class).value(),
                                    method.isAnnotationPresent(Path.class) ? method.getAnnotation(Path.class).value() : ""));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static String path(String ofClass, String ofMethod) {
        String joined = ("/" + ofClass + "/" + ofMethod).replaceAll("/+", "/");
        return joined.length() > 1 && joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
    }
}
