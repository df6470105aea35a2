package io.orderweir.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides what tells who a person is or where she lives. JSON keeps its shape and loses the values under personal keys, in any vendor's spelling;
 * of other text nothing can be told apart, so all of it is hidden.
 */
public final class Masking {

    /** What stands in the place of a value. */
    public static final String MASK = "•••";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
    /** Keys without case, blanks and signs. A country or a state is left: a hundred thousand people share it. */
    private static final Set<String> PERSONAL = Set.of("email", "emailaddress", "contactemail", "phone", "phonenumber", "mobile", "fax", "firstname", "lastname", "middlename",
            "fullname", "givenname", "familyname", "address", "address1", "address2", "address3", "addr1", "addr2", "addr3", "addr4", "addrtext", "addrphone", "street", "line1", "line2", "street1", "street2",
            "zip", "zipcode", "postcode", "postalcode", "zipcodeorpostalcode", "city", "town", "company", "companyname", "attention", "addressee", "contact", "recipient",
            "latitude", "longitude", "birthday", "dateofbirth", "taxid", "vatnumber", "browserip", "clientip", "ip", "useragent", "note", "ordernote", "custcolowproperties", "memo", "giftmessage", "customername");
    /** Objects in which even a bare name is that of a person. */
    private static final Pattern OF_A_PERSON = Pattern.compile("(?i).*(customer|address|addressee|contact|recipient|shipto|billto|buyer|consignee).*");
    /** Lists of {name, value} that a buyer fills in. */
    private static final Set<String> FILLED_IN = Set.of("customfields", "noteattributes", "properties", "configuration", "customattributes");
    private static final Pattern MAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]{1,63}\\.[^\\s@]");
    /** What a target answered, repeated to the end of a sentence. */
    private static final Pattern SAID = Pattern.compile("(?s)( and said: ).*");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    private Masking() {
    }

    /** JSON with its personal values masked; text that is not JSON is masked whole, null stays null. */
    public static String text(String text) {
        if (text == null || text.isBlank()) {
            return text;
        }
        try {
            JsonNode document = JSON.readTree(text);
            return document.isContainerNode() ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(document)) : MASK;
        } catch (JsonProcessingException notJson) {
            return MASK;
        }
    }

    /** A request as the log of calls keeps it: method, path and headers stay; the body is masked. Of the query only names stay. */
    public static String request(String request) {
        if (request == null) {
            return null;
        }
        SentRequest sent = SentRequest.read(request);
        return sent.with(sent.line().replaceAll("=[^&\\s]*", "=" + MASK), sent.body().isBlank() ? "" : text(sent.body())).text();
    }

    /** A copy in which the personal values are masked. */
    public static JsonNode document(JsonNode document) {
        JsonNode copy = document.deepCopy();
        mask(copy, false, false);
        return copy;
    }

    /** A value masked: a container as a document, anything else whole. */
    public static JsonNode value(JsonNode value) {
        return value.isContainerNode() ? document(value) : value.isNull() ? value : TextNode.valueOf(MASK);
    }

    /** What people read of a value that stands at this path: what is quoted in it is masked where the path is personal, or not known. */
    public static String sentence(String sentence, String path) {
        return sentence == null || path != null && !personal(path) ? sentence
                : SAID.matcher(QUOTED.matcher(sentence).replaceAll("'" + MASK + "'")).replaceFirst("$1" + MASK);
    }

    /** Whether a path such as {@code shippingAddress.city} leads to a personal value. */
    public static boolean personal(String path) {
        String[] keys = path.split("[./\\[\\]]+");
        boolean ofPerson = false;
        for (String key : keys) {
            if (personal(key, ofPerson)) {
                return true;
            }
            ofPerson |= OF_A_PERSON.matcher(key).matches();
        }
        return false;
    }

    private static boolean personal(String key, boolean ofPerson) {
        return PERSONAL.contains(bare(key)) || ofPerson && bare(key).equals("name");
    }

    /** Whether somebody can be written to with it, whatever its key is. */
    private static boolean reaches(JsonNode value) {
        return value.isTextual() && MAIL.matcher(value.textValue()).find();
    }

    private static String bare(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static void mask(JsonNode node, boolean ofPerson, boolean filledIn) {
        if (node instanceof ObjectNode object) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                String key = field.getKey();
                if (field.getValue().isContainerNode()) {
                    mask(field.getValue(), ofPerson || OF_A_PERSON.matcher(key).matches(), FILLED_IN.contains(bare(key)));
                } else if (!field.getValue().isNull() && (personal(key, ofPerson) || filledIn && key.equals("value") || reaches(field.getValue()))) {
                    field.setValue(TextNode.valueOf(MASK));
                }
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (ofPerson && list.get(i).isTextual()) {
                    list.set(i, TextNode.valueOf(MASK));
                } else {
                    mask(list.get(i), ofPerson, filledIn);
                }
            }
        }
    }
}
