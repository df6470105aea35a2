package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;

/**
 * NetSuite's SuiteQL, of which it knows three questions: what the transactions of these ids come to, which customers have an e-mail address, and from which days on its books are open. It answers from its own computed totals. As the vendor's documents say
 * (section_157909186990): a POST with the header {@code Prefer: transient}, pages of at most 1,000 rows. That names come in small letters, numbers as text, and empty columns
 * not at all, is unverified, and so are the texts of its complaints.
 */
@ApplicationScoped
@Named("sandboxNetsuiteQuery")
@RegisterForReflection
public class NetsuiteQuery {
    private static final Pattern KNOWN = Pattern.compile("(?is)\\s*select\\s+id\\s*,\\s*foreigntotal\\s+from\\s+transaction\\s+where\\s+id\\s+in\\s*\\(([0-9,\\s]+)\\)(\\s+order\\s+by\\s+id)?\\s*");
    private static final Pattern BUYER = Pattern.compile("(?is)\\s*select\\s+id\\s+from\\s+customer\\s+where\\s+lower\\(email\\)\\s*=\\s*'((?:[^']|'')+)'\\s+and\\s+isinactive\\s*=\\s*'F'\\s+order\\s+by\\s+id\\s*");
    private static final Pattern PERIOD = Pattern.compile("(?is)\\s*select\\s+to_char\\(startdate, 'yyyy-mm-dd'\\)\\s+as\\s+opens\\s+from\\s+accountingperiod\\s+where\\s+closed = 'F' and isquarter = 'F' and isyear = 'F' and isadjust = 'F'"
            + "\\s+and\\s+startdate\\s*>\\s*to_date\\('(\\d{4}-\\d{2}-\\d{2})', 'yyyy-mm-dd'\\)\\s+order\\s+by\\s+startdate\\s*");
    /** So many months it has. */
    private static final int MONTHS = 24;
    /** Of Oracle's expression lists. */
    private static final int MOST_IDS = 1_000;

    private final NetsuiteSalesOrder orders;
    private final Vendors vendors;

    NetsuiteQuery(NetsuiteSalesOrder orders, Vendors vendors) {
        this.orders = orders;
        this.vendors = vendors;
    }

    /** The variable broken says that the service of queries alone fails; the variable page is the answer; it is empty where the question is refused, and details says why. */
    public void answer(Exchange exchange) {
        exchange.setVariable("broken", vendors.get("netsuite").settings.flag("queriesFail"));
        ArrayNode wrong = wrong(exchange);
        exchange.setVariable("details", Json.write(wrong));
        exchange.setVariable("page", "");
        if (!wrong.isEmpty()) {
            return;
        }
        Matcher buyer = BUYER.matcher(question(exchange));
        if (buyer.matches()) {
            List<ObjectNode> customers = orders.store().customers().withMail(buyer.group(1).replace("''", "'")).stream().map(id -> Json.object().put("id", id)).toList();
            exchange.setVariable("page", Json.write(page(customers, number(exchange, "limit", MOST_IDS), number(exchange, "offset", 0))));
            return;
        }
        Matcher period = PERIOD.matcher(question(exchange));
        if (period.matches()) {
            exchange.setVariable("page", Json.write(page(openMonths(LocalDate.parse(period.group(1))), number(exchange, "limit", MOST_IDS), number(exchange, "offset", 0))));
            return;
        }
        Matcher question = KNOWN.matcher(question(exchange));
        if (!question.matches() || question.group(1).split(",").length > MOST_IDS) {
            exchange.setVariable("details", Json.write(NetsuiteRules.one("Invalid search query. Detailed unprocessed description follows. Search error occurred: Invalid or unsupported search.", null, "INVALID_PARAMETER")));
            return;
        }
        Set<String> ids = Set.of(question.group(1).replaceAll("\\s", "").split(","));
        List<ObjectNode> totals = orders.store().all().stream().filter(order -> ids.contains(order.path("id").asText()))
                .map(order -> Json.object().put("id", order.path("id").asText()).put("foreigntotal", order.path("total").decimalValue().toPlainString())).toList();
        exchange.setVariable("page", Json.write(page(totals, number(exchange, "limit", MOST_IDS), number(exchange, "offset", 0))));
    }

    private List<ObjectNode> openMonths(LocalDate after) {
        String closed = vendors.get("netsuite").settings.text("closedUntil");
        return IntStream.rangeClosed(1, MONTHS).mapToObj(month -> after.withDayOfMonth(1).plusMonths(month)).filter(first -> first.toString().compareTo(closed) > 0)
                .map(first -> Json.object().put("opens", first.toString())).toList();
    }

    private static ArrayNode wrong(Exchange exchange) {
        if (!"POST".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD))) {
            return NetsuiteRules.one("The method is not allowed for this resource.", null, "METHOD_NOT_ALLOWED");
        }
        if (!"transient".equals(exchange.getMessage().getHeader("Prefer"))) {
            return NetsuiteRules.one("The required request header 'Prefer' is missing or incorrect. The value of the header must be 'transient'.", null, "INVALID_HEADER");
        }
        int limit = number(exchange, "limit", MOST_IDS);
        int offset = number(exchange, "offset", 0);
        return limit < 1 || limit > MOST_IDS || offset < 0 || offset % limit != 0
                ? NetsuiteRules.one("Invalid paging parameters. Limit is 1 to 1000, and offset divisible by it.", null, "INVALID_PARAMETER") : Json.array();
    }

    private static String question(Exchange exchange) {
        try {
            return Json.readObject(exchange.getMessage().getBody(String.class)).path("q").asText();
        } catch (IllegalArgumentException notJson) {
            return "";
        }
    }

    private static int number(Exchange exchange, String name, int otherwise) {
        String said = RestCall.parameter(exchange, name);
        return said.isEmpty() ? otherwise : said.matches("\\d{1,6}") ? Integer.parseInt(said) : -1;
    }

    private static ObjectNode page(List<ObjectNode> rows, int limit, int offset) {
        ObjectNode page = Json.object();
        page.putArray("links");
        ArrayNode items = Json.array();
        rows.stream().skip(offset).limit(limit).forEach(row -> {
            row.putArray("links");
            items.add(row);
        });
        page.put("count", items.size()).put("hasMore", offset + items.size() < rows.size()).set("items", items);
        return page.put("offset", offset).put("totalResults", rows.size());
    }
}
