package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The shop's own truth about one order: every version it sent and which of them were acknowledged. */
final class ShopOrder {
    record Line(String id, String sku, int quantity) {
        boolean builtToOrder() {
            return Catalogue.isBuiltToOrder(sku);
        }
    }

    static final class Version {
        final String topic;
        final String updatedAt;
        final boolean cancelled;
        /** What it is worth now, as the shop says it; null where it does not. */
        final BigDecimal total;
        final List<Line> lines = new ArrayList<>();
        final byte[] body;
        int sent;
        int acknowledged;
        /** When it was sent first, in milliseconds since 1970; 0 before. */
        long sentAt;

        private Version(String topic, ObjectNode order) {
            this.topic = topic;
            this.updatedAt = order.path("updated_at").asText();
            this.cancelled = order.hasNonNull("cancelled_at");
            String said = order.path("current_total_price").asText(order.path("total_price").asText(""));
            this.total = said.matches("-?\\d{1,15}(\\.\\d{1,6})?") ? new BigDecimal(said) : null;
            for (JsonNode line : order.path("line_items")) {
                int quantity = line.path("current_quantity").asInt(line.path("quantity").asInt());
                lines.add(new Line(line.path("id").asText(), line.path("sku").asText(""), quantity));
            }
            this.body = Json.write(order).getBytes(StandardCharsets.UTF_8);
        }
    }

    final String connection;
    final String id;
    final String name;
    final boolean bad;
    private final List<Version> versions = new ArrayList<>();
    private final List<Version> sentVersions = new ArrayList<>();

    ShopOrder(String connection, ObjectNode order) {
        this.connection = connection;
        this.id = order.path("id").asText();
        this.name = order.path("name").asText();
        this.bad = OrderGenerator.IMPOSSIBLE_ZIP.equals(order.path("shipping_address").path("zip").asText());
    }

    /** The name under which a target knows the whole order. */
    String key() {
        return connection + "-" + id;
    }

    synchronized Version add(String topic, ObjectNode order) {
        Version version = new Version(topic, order);
        versions.add(version);
        return version;
    }

    synchronized void sent(Version version, long now) {
        if (version.sent++ == 0) {
            version.sentAt = now;
            sentVersions.add(version);
        }
    }

    /** From then on the shop has the order, in milliseconds since 1970; 0 when nothing of it was sent. */
    synchronized long firstSentAt() {
        return sentVersions.isEmpty() ? 0 : sentVersions.get(0).sentAt;
    }

    /** In the order in which each was sent first. */
    synchronized List<Version> sentVersions() {
        return List.copyOf(sentVersions);
    }

    synchronized void acknowledged(Version version) {
        version.acknowledged++;
    }

    synchronized boolean isAcknowledged() {
        return versions.stream().anyMatch(version -> version.acknowledged > 0);
    }

    /** The newest acknowledged version; before there is one, the newest. Instants in one zone compare as text. */
    synchronized Version last() {
        Version last = null;
        boolean any = isAcknowledged();
        for (Version version : versions) {
            if ((version.acknowledged > 0 || !any) && (last == null || version.updatedAt.compareTo(last.updatedAt) >= 0)) {
                last = version;
            }
        }
        return last;
    }

    /** A version was sent and nobody ever acknowledged it: it may have been taken or not. */
    synchronized boolean isUncertain() {
        return versions.stream().anyMatch(version -> version.sent > 0 && version.acknowledged == 0);
    }

    synchronized List<Version> versions() {
        return List.copyOf(versions);
    }
}
