package io.orderweir.house;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** What Camel understands of a text with routes: every field of every definition, as maps, lists and texts. */
final class RouteModel {

    private static final String MODEL = "org.apache.camel.model.";
    /** Who holds a definition, where it stood in the text, and how many were read before it. */
    private static final Set<String> NOT_SAID = Set.of("parent", "camelContext", "resource", "lineNumber", "location", "index");

    private RouteModel() {
    }

    /** @throws Exception in Camel's words, when it does not understand the text */
    static Map<String, Object> read(String yaml) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("read.camel.yaml", yaml));
            Map<String, Object> routes = new LinkedHashMap<>();
            for (RouteDefinition route : camel.getRouteDefinitions()) {
                routes.put(route.getId(), said(route));
            }
            return routes;
        }
    }

    private static Object said(Object value) throws ReflectiveOperationException {
        if (value instanceof Collection<?> all) {
            List<Object> list = new ArrayList<>();
            for (Object each : all) {
                list.add(said(each));
            }
            return list;
        }
        if (value instanceof Map<?, ?> all) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Map.Entry<?, ?> each : all.entrySet()) {
                map.put(String.valueOf(each.getKey()), said(each.getValue()));
            }
            return map;
        }
        if (value == null || value instanceof Enum<?> || value instanceof Class<?> || !value.getClass().getName().startsWith(MODEL)) {
            return Objects.toString(value, null);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("is", value.getClass().getSimpleName());
        for (Class<?> type = value.getClass(); type.getName().startsWith(MODEL); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !NOT_SAID.contains(field.getName())) {
                    field.setAccessible(true);
                    fields.put(value.getClass().getSimpleName() + "." + field.getName(), said(field.get(value)));
                }
            }
        }
        return fields;
    }

    /** Each place in which two models differ: the outermost step's field, its way there, and both values. */
    static List<Difference> differences(Object before, Object after) {
        List<Difference> all = new ArrayList<>();
        compare("", "", before, after, all);
        return all;
    }

    record Difference(String field, String place, String values) {
        @Override
        public String toString() {
            return place + ": " + values;
        }
    }

    private static void compare(String field, String place, Object before, Object after, List<Difference> all) {
        if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other && Objects.equals(one.get("is"), other.get("is"))) {
            Set<String> names = new TreeSet<>();
            one.keySet().forEach(name -> names.add((String) name));
            other.keySet().forEach(name -> names.add((String) name));
            // a map of texts, or of routes, has no fields of its own
            names.forEach(name -> compare(one.containsKey("is") ? name : field, place + "/" + name, one.get(name), other.get(name), all));
        } else if (before instanceof List<?> one && after instanceof List<?> other && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                compare(field, place + "/" + i, one.get(i), other.get(i), all);
            }
        } else if (!Objects.equals(before, after)) {
            all.add(new Difference(field, place, before + " -> " + after));
        }
    }
}
