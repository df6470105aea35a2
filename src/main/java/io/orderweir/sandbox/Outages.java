package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The times in which a pretend vendor is down, past and planned. */
final class Outages {
    record Outage(long from, long to, boolean answers503) {
        boolean covers(long now) {
            return from - now <= 0 && now - to < 0;
        }
    }

    private final List<Outage> outages = new ArrayList<>();

    synchronized Outage plan(long now, JsonNode plan) {
        plan.fieldNames().forEachRemaining(name -> {
            if (!List.of("ms", "afterMs", "mode", "off").contains(name)) {
                throw new IllegalArgumentException("An outage has no field " + name + "; use ms, afterMs, mode or off.");
            }
        });
        if (plan.path("off").asBoolean()) {
            end(now);
            return null;
        }
        String mode = plan.path("mode").asText("refuse");
        if (!plan.path("ms").isNumber() || !List.of("refuse", "503").contains(mode)) {
            throw new IllegalArgumentException("An outage needs ms (a number) and may have mode \"refuse\" or \"503\".");
        }
        long from = now + plan.path("afterMs").asLong() * 1_000_000;
        Outage outage = new Outage(from, from + plan.path("ms").asLong() * 1_000_000, mode.equals("503"));
        outages.add(outage);
        return outage;
    }

    private void end(long now) {
        outages.removeIf(outage -> outage.from() - now > 0);
        outages.replaceAll(outage -> outage.covers(now) ? new Outage(outage.from(), now, outage.answers503()) : outage);
    }

    synchronized Outage at(long now) {
        return outages.stream().filter(outage -> outage.covers(now)).findFirst().orElse(null);
    }

    synchronized List<Outage> all() {
        return List.copyOf(outages);
    }

    synchronized void reset() {
        outages.clear();
    }

    ArrayNode report(Stopwatch watch) {
        ArrayNode list = Json.array();
        for (Outage outage : all()) {
            ObjectNode one = list.addObject();
            one.put("from", watch.epochMs(outage.from()));
            one.put("to", watch.epochMs(outage.to()));
            one.put("mode", outage.answers503() ? "503" : "refuse");
        }
        return list;
    }
}
