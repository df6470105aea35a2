package io.orderweir.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderweir.privacy.SentRequest;

/** What was sent and answered, as people read it: JSON in lines, with every digit; other text as it is. */
final class Readable {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private Readable() {
    }

    static String text(String text) {
        if (text == null || text.isBlank()) {
            return text;
        }
        try {
            JsonNode document = JSON.readTree(text);
            return document.isContainerNode() ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) : text;
        } catch (JsonProcessingException notJson) {
            return text;
        }
    }

    /** Of a request as the log of calls keeps it: its address and headers, then its body in lines. */
    static String request(String request) {
        if (request == null) {
            return null;
        }
        SentRequest sent = SentRequest.read(request);
        return sent.with(sent.line(), text(sent.body())).text().strip();
    }

    static String document(JsonNode document) {
        return text(document.toString());
    }
}
