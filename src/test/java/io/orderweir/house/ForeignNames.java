package io.orderweir.house;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names that mean something inside, as somebody outside might call his headers: every input of every statement, every variable of every route, and Camel's own. */
public final class ForeignNames {

    /** Headers by which a component or a bean is told to do something else than its route says. */
    private static final List<String> CAMEL = List.of("CamelSqlQuery", "CamelSqlParameters", "CamelSqlRetrieveGeneratedKeys", "CamelHttpUri", "CamelHttpPath", "CamelHttpQuery",
            "CamelHttpMethod", "CamelHttpResponseCode", "CamelHttpRawQuery", "CamelBeanMethodName", "CamelFileName", "CamelFileAbsolutePath", "CamelCharsetName", "CamelToEndpoint",
            "CamelJmsDestinationName", "CamelSchemaValidationSchema", "kafka.OVERRIDE_TOPIC", "kafka.KEY", "kafka.PARTITION_KEY", "kafka.TOPIC", "kafka.PARTITION", "kafka.OFFSET", "kafka.TIMESTAMP", "kafka.HEADERS", "org.apache.camel.CamelSqlQuery", "breadcrumbId");
    private static final Pattern VARIABLE = Pattern.compile("\\bvariable\\.(\\w+)");
    private static final Pattern IN_JAVA = Pattern.compile("[gs]etVariable\\(\"(\\w+)\"");
    /** What HTTP itself or its server reads of a message: to send these would be another test. */
    private static final Set<String> OF_HTTP = Set.of("connection", "content-length", "transfer-encoding", "host", "expect", "upgrade", "te", "trailer");

    private ForeignNames() {
    }

    /** All as they are written inside, and then all in capitals that nobody uses. */
    public static List<String> all() {
        Set<String> names = new LinkedHashSet<>(CAMEL);
        SqlFile.all().forEach(file -> names.addAll(file.parameters()));
        RouteFile.all().stream().flatMap(file -> file.yaml().all()).forEach(node -> {
            if (node.key().equals("variableReceive") || node.key().equals("variable")) {
                names.add(node.text());
            } else if (node.key().equals("name") && Set.of("setVariable", "").contains(node.parent().key())) {
                names.add(node.text());
            }
            VARIABLE.matcher(node.text()).results().forEach(found -> names.add(found.group(1)));
        });
        SourceFiles.java().forEach(file -> IN_JAVA.matcher(RouteFile.read(file)).results().forEach(found -> names.add(found.group(1))));
        List<String> written = names.stream().filter(name -> name.matches("[A-Za-z][\\w.-]*") && !OF_HTTP.contains(name.toLowerCase(Locale.ROOT))).toList();
        return Stream.concat(written.stream(), written.stream().map(ForeignNames::oddly)).toList();
    }

    /** cAmElSqLqUeRy. */
    private static String oddly(String name) {
        StringBuilder odd = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            odd.append(i % 2 == 0 ? Character.toLowerCase(name.charAt(i)) : Character.toUpperCase(name.charAt(i)));
        }
        return odd.toString();
    }
}
