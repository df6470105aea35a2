package io.orderweir.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The ledger of calls, on paper: every call may leave, and what the engine would write down at its end is kept here, with the bytes that the statement is given. What becomes
 * of the delivery is for {@link Lane} to say.
 */
final class PaperLedger {

    /** What is written down of one call: {@code told} is what db/functions/call/R__calls_end.sql reads; request and answer as they are kept. */
    record Ended(JsonNode told, String request, String answer) {

        String outcome() {
            return told.path("outcome").asText();
        }

        String because() {
            return told.path("because").asText();
        }

        /** A text of it; null where it is none. */
        String text(String member) {
            return told.hasNonNull(member) ? told.path(member).asText() : null;
        }

        /** How a sentence says it. */
        String words() {
            String reason = text("sentence") != null ? text("sentence") : text("reason");
            return outcome() + (because().isEmpty() ? "" : ", because " + because()) + (reason == null ? "" : " ('" + reason + "')");
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Deque<Ended> ended = new ConcurrentLinkedDeque<>();

    /** The last one; null when none has ended since. */
    Ended take() {
        return ended.pollLast();
    }

    DataSource source() {
        return paper(DataSource.class, (method, arguments) -> method.equals("getConnection") ? connection() : null);
    }

    private Connection connection() {
        return paper(Connection.class, (method, arguments) -> switch (method) {
            case "prepareStatement" -> statement();
            case "createArrayOf" -> paper(Array.class, (of, none) -> of.equals("getArray") ? arguments[1] : null);
            default -> null;
        });
    }

    private PreparedStatement statement() {
        Map<Integer, Object> given = new HashMap<>();
        return paper(PreparedStatement.class, (method, arguments) -> {
            if (method.startsWith("set") && arguments.length >= 2) {
                given.put((Integer) arguments[0], arguments[1]);
            }
            return method.equals("executeQuery") ? answer(given) : null;
        });
    }

    /** The start of calls is told by an array of their numbers, the end by what became of them. */
    private ResultSet answer(Map<Integer, Object> given) throws Exception {
        if (!(given.get(1) instanceof byte[] ends)) {
            return rows(List.of((Object[]) ((Array) given.get(2)).getArray()));
        }
        Object[] requests = (Object[]) ((Array) given.get(2)).getArray();
        Object[] answers = (Object[]) ((Array) given.get(3)).getArray();
        JsonNode all = read(ends);
        IntStream.range(0, all.size()).forEach(i -> ended.add(new Ended(all.get(i), (String) requests[i], (String) answers[i])));
        return rows(List.of());
    }

    private JsonNode read(byte[] ends) throws IOException {
        return json.readTree(new String(ends, StandardCharsets.UTF_8));
    }

    private static ResultSet rows(List<Object> calls) {
        int[] at = {-1};
        return paper(ResultSet.class, (method, arguments) -> switch (method) {
            case "next" -> ++at[0] < calls.size();
            case "getLong" -> calls.get(at[0]);
            default -> null;
        });
    }

    private interface Answering {
        Object answer(String method, Object[] arguments) throws Exception;
    }

    private static <T> T paper(Class<T> type, Answering answering) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object answer = answering.answer(method.getName(), arguments == null ? new Object[0] : arguments);
            return answer == null ? nothing(method) : answer;
        };
        return type.cast(Proxy.newProxyInstance(PaperLedger.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        return type == boolean.class ? Boolean.FALSE : type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
    }
}
