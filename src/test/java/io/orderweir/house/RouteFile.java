package io.orderweir.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One file of routes: the room it stands in, its routes, and every endpoint it names. */
record RouteFile(String name, YamlNode yaml) {

    static final Path RESOURCES = Path.of("src/main/resources");

    /** Read once: the rules ask for them hundreds of times, and nobody changes them meanwhile. */
    private static final class Read {
        private static final List<RouteFile> ALL = read();
    }

    /** Who may know what is decided by the room. */
    enum Room { ENGINE, CONNECTOR, SANDBOX }

    /** A step or a from that names an endpoint; dynamic = computed for every message. */
    record Endpoint(YamlNode node, String kind, String uri) {

        boolean dynamic() {
            return !List.of("from", "to").contains(kind);
        }

        /** The component's name; empty when even that is computed. */
        String scheme() {
            return uri.matches("[a-z][a-z0-9+.-]*:.*") ? uri.substring(0, uri.indexOf(':')) : "";
        }

        @Override
        public String toString() {
            return node.place() + ": " + kind + " " + uri;
        }
    }

    /** Everything the engine loads, in the order it is read. */
    static List<RouteFile> all() {
        return Read.ALL;
    }

    private static List<RouteFile> read() {
        try (Stream<Path> files = Stream.concat(Files.walk(RESOURCES.resolve("routes")), Files.walk(RESOURCES.resolve("connectors")))) {
            List<Path> yaml = files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
            return yaml.stream().map(file -> parse(RESOURCES.relativize(file).toString(), read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same from a text, under the name of the file it stands for. */
    static RouteFile parse(String name, String text) {
        return new RouteFile(name, YamlNode.parse(name, text));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Room room() {
        return name.startsWith("connectors/") ? Room.CONNECTOR : name.startsWith("routes/sandbox/") ? Room.SANDBOX : Room.ENGINE;
    }

    /** What the file is about: the stage without its number, or the system whose folder it lies in. */
    String subject() {
        if (room() == Room.CONNECTOR) {
            return Path.of(name).getName(1).toString();
        }
        return Path.of(name).getFileName().toString().replace(".camel.yaml", "").replaceFirst("^\\d+-", "").replace('-', '.');
    }

    /** Every route and route template. */
    List<RouteNode> routes() {
        return yaml.children().stream().flatMap(item -> item.children().stream())
                .filter(item -> item.key().equals("route") || item.key().equals("routeTemplate")).map(RouteNode::new).toList();
    }

    List<Endpoint> endpoints() {
        return endpoints(yaml);
    }

    static List<Endpoint> endpoints(YamlNode within) {
        List<String> named = List.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "interceptSendToEndpoint", "interceptFrom");
        List<String> computed = List.of("recipientList", "routingSlip", "dynamicRouter");
        return within.all().filter(node -> named.contains(node.key()) || computed.contains(node.key())).flatMap(node -> {
            if (computed.contains(node.key())) {
                return node.texts().map(text -> new Endpoint(text, node.key(), text.text()));
            }
            // enrich and pollEnrich compute their endpoint from an expression
            return node.isText() ? Stream.of(new Endpoint(node, node.key(), node.text()))
                    : node.get("uri").stream().map(uri -> new Endpoint(uri, node.key(), uri.text()))
                            .findAny().map(Stream::of).orElseGet(() -> node.get("expression").stream().flatMap(YamlNode::texts)
                                    .map(text -> new Endpoint(text, node.key(), text.text())));
        }).toList();
    }
}
