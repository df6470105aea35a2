package io.orderweir.check;

import io.orderweir.call.Outcome;
import io.orderweir.connector.Connectors;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.OnWhenDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.reifier.RouteReifier;
import org.apache.camel.reifier.language.ExpressionReifier;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** Looks at every step of one route, as Camel would make it: where it leads, what it computes, which bean it asks. */
final class Steps {

    private static final String MODEL = "org.apache.camel.model";
    private static final String FILE = "resource:";
    private static final String CONNECTOR = "connector:";
    /** What cannot be known before a message is there. */
    private static final Pattern COMPUTED = Pattern.compile("\\$\\{|\\$simple\\{");
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Pattern BEAN = Pattern.compile("\\$\\{bean:([A-Za-z][\\w-]*)(?:(?:\\?method=|[.:])(\\w+))?");
    /** The ledger is no connector's to ask, and its statements have no database here. */
    private static final Set<String> NOT_MADE = Set.of("sql");

    private final CamelContext camel;
    private final Beans beans;
    private final Connectors connectors;
    private final Set<String> served;
    private final Faults faults;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private RouteDefinition route;
    private String file;
    private boolean faulty;

    /** {@code served} are the names after {@code direct:} that some route reads. */
    Steps(CamelContext camel, Beans beans, Connectors connectors, Set<String> served, Faults faults) {
        this.camel = camel;
        this.beans = beans;
        this.connectors = connectors;
        this.served = served;
        this.faults = faults;
    }

    void look(RouteDefinition looked) {
        route = looked;
        file = RouteText.shown(looked.getResource().getLocation());
        faulty = false;
        walk(looked, null, looked.getLineNumber());
        if (!faulty) {
            // what only shows when the route is made: classes, options, references
            try {
                new RouteReifier(camel, looked).createRoute();
            } catch (Exception | LinkageError refused) {
                add(looked.getLineNumber(), "the route '" + looked.getRouteId() + "' cannot be made: " + Faults.said(refused));
            }
        }
    }

    private void walk(Object part, Object around, int lineAround) {
        if (part instanceof Collection<?> parts) {
            parts.forEach(each -> walk(each, around, lineAround));
        }
        if (part == null || !part.getClass().getPackageName().startsWith(MODEL) || !seen.add(part)) {
            return;
        }
        int line = part instanceof LineNumberAware placed && placed.getLineNumber() > 0 ? placed.getLineNumber() : lineAround;
        if (part instanceof EndpointRequiredDefinition leads && leads.getEndpointUri() != null) {
            endpoint(leads.getEndpointUri(), line, part == route.getInput());
        } else if (part instanceof ToDynamicDefinition leads && leads.getUri() != null) {
            endpoint(leads.getUri(), line, false);
        } else if (part instanceof BeanDefinition bean && bean.getRef() != null) {
            bean(bean.getRef(), bean.getMethod(), line);
        } else if (part instanceof ExpressionDefinition said) {
            expression(said, around, line);
        } else if (part instanceof SetVariableDefinition set && set.getExpression() instanceof ConstantExpression constant) {
            word(set.getName(), constant.getExpression(), line);
        }
        for (Class<?> type = part.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && !field.getName().equals("parent")) {
                    walk(value(field, part), part, line);
                }
            }
        }
    }

    private void expression(ExpressionDefinition said, Object around, int line) {
        String text = said.getExpression();
        if (said instanceof MethodCallExpression method && method.getRef() != null) {
            bean(method.getRef(), method.getMethod(), line);
        } else if (text != null && "jq".equals(said.getLanguage())) {
            mapping(text, line);
        } else if (text != null) {
            if (around instanceof EnrichDefinition || around instanceof PollEnrichDefinition) {
                endpoint(text, line, false);
            }
            Matcher asked = BEAN.matcher(text);
            boolean known = true;
            while (asked.find()) {
                known &= bean(asked.group(1), asked.group(2), line);
            }
            if (known) {
                make(said, around instanceof FilterDefinition || around instanceof WhenDefinition || around instanceof OnWhenDefinition || around instanceof ValidateDefinition, line);
            }
        }
    }

    /** How a call ended is said in words that the ledger knows. */
    private void word(String variable, String said, int line) {
        List<String> words = variable.equals("outcome") ? Outcome.WORDS : variable.equals("because") ? Outcome.CAUSES : List.of(said);
        if (!words.contains(said) && !said.equals(Outcome.UNREADABLE)) {
            add(line, "'" + said + "' is no word for variable " + variable + "; " + Faults.meant(said, words));
        }
    }

    private void make(ExpressionDefinition said, boolean asked, int line) {
        try {
            ExpressionReifier<?> reifier = ExpressionReifier.reifier(camel, said);
            if (asked) {
                reifier.createPredicate().initPredicate(camel);
            } else {
                reifier.createExpression().init(camel);
            }
        } catch (Exception refused) {
            add(line, "the " + said.getLanguage() + " expression " + quoted(said.getExpression()) + " is not understood: " + Faults.said(refused).split("\\R")[0].strip());
        }
    }

    private void mapping(String text, int line) {
        if (!text.startsWith(FILE)) {
            // a block of text begins one line below the word jq
            look(file, line, text);
            return;
        }
        String location = resolved(text.substring(FILE.length()), line);
        if (location == null) {
            return;
        }
        String place = location.startsWith(CONNECTOR) ? connectors.place(location.substring(CONNECTOR.length())) : location;
        try {
            Resource resource = ResourceHelper.resolveMandatoryResource(camel, location);
            try (InputStream in = resource.getInputStream()) {
                look(RouteText.shown(place), 1, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException missing) {
            add(line, "the mapping " + RouteText.shown(place) + " is not there; put it there, or correct " + quoted(text));
        }
    }

    private void look(String where, int from, String mapping) {
        Faults found = new Faults();
        Mappings.look(where, from, mapping, found);
        found.all().forEach(each -> {
            faulty = true;
            faults.add(each.file(), each.line(), each.column(), each.says());
        });
    }

    private boolean bean(String name, String method, int line) {
        String plain = name.replaceFirst("^#(bean:)?", "");
        if (COMPUTED.matcher(name).find() || name.startsWith("#class:") || name.contains("{{")) {
            return true;
        }
        if (!beans.names().contains(plain)) {
            if (camel.getRegistry().lookupByName(plain) == null) {
                add(line, "there is no bean '" + plain + "'; " + Faults.meant(plain, beans.names()));
                return false;
            }
            return true;
        }
        String called = method == null ? "" : method.replaceFirst("\\(.*", "").strip();
        Set<String> methods = beans.methods(plain);
        if (!called.isEmpty() && !COMPUTED.matcher(called).find() && !methods.contains(called)) {
            add(line, "the bean '" + plain + "' has no method '" + called + "'; " + Faults.meant(called, methods));
            return false;
        }
        return true;
    }

    private void endpoint(String uri, int line, boolean reads) {
        Matcher scheme = SCHEME.matcher(uri);
        if (COMPUTED.matcher(uri.split(":", 2)[0]).find()) {
            return;
        }
        if (!scheme.matches()) {
            add(line, "'" + uri + "' leads nowhere: it begins with no component, such as direct:");
            return;
        }
        if (camel.getComponent(scheme.group(1), true, false) == null) {
            add(line, "there is no component '" + scheme.group(1) + ":' in " + quoted(uri) + "; " + Faults.meant(scheme.group(1), components()));
            return;
        }
        if (COMPUTED.matcher(uri).find() || NOT_MADE.contains(scheme.group(1))) {
            return;
        }
        String resolved = resolved(uri, line);
        if (resolved == null) {
            return;
        }
        if (resolved.startsWith("direct:")) {
            String name = Served.name(resolved);
            if (!reads && !served.contains(name)) {
                add(line, "no route reads direct:" + name + ", so whoever comes here would wait in vain; " + Faults.meant(name, served));
            }
            return;
        }
        try {
            camel.getEndpoint(resolved);
        } catch (RuntimeException refused) {
            add(line, quoted(uri) + " cannot be used: " + Faults.said(refused).replaceFirst("(?s).*due to: ", "").replaceFirst("(?s)There are \\d+ parameters.*Unknown parameters=\\[\\{(.*)}]", "the component has no $1"));
        }
    }

    /** With its placeholders replaced; null where one is set nowhere. */
    private String resolved(String text, int line) {
        try {
            return camel.resolvePropertyPlaceholders(text);
        } catch (RuntimeException unset) {
            add(line, "a placeholder in " + quoted(text) + " is set nowhere: " + Faults.said(unset).replaceFirst("(?s) not found in properties.*", "") + "; set it, or correct its name");
            return null;
        }
    }

    private Set<String> components() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL found : Collections.list(Steps.class.getClassLoader().getResources("META-INF/services/org/apache/camel/component.properties"))) {
                try (InputStream in = found.openStream()) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(each -> each.startsWith("components=")).flatMap(each -> Stream.of(each.substring(11).split(" "))).forEach(names::add);
                }
            }
        } catch (IOException e) {
            return Set.of("direct");
        }
        return names;
    }

    private void add(int line, String says) {
        faulty = true;
        faults.add(file, line, says);
    }

    private static String quoted(String text) {
        String shown = text.strip().split("\\R")[0];
        return "'" + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown) + "'";
    }

    private static Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
