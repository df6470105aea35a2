package io.orderweir.money;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What an order is worth by its parts. The two worked orders are those that a finance department reckoned by hand. */
class WorthTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void taxOnTopIsAddedToWhatIsPaidForGoodsAndShipping() throws Exception {
        // Given two lines with a code, shipping and three taxes
        Worth worth = worth("{'currency':'USD','totalPrice':'81.65','orderTax':'6.22','lineItems':[{'id':'101','quantity':2,'unitPrice':'29.99','totalDiscount':'6.00','totalTax':'4.45'},"
            + "{'id':'102','quantity':1,'unitPrice':'15.00','totalDiscount':'1.50','totalTax':'1.11'}],'shippingLines':[{'price':'7.95','tax':'0.66'}]}");

        // Then
        amount("81.65", worth.total());
        amount("0", worth.difference());
        amount("0", worth.taxDifference());
        assertEquals("goods 67.48, shipping 7.95, tax 6.22", worth.parts());
        JsonNode document = worth.document();
        assertEquals("59.98", document.at("/lines/101/price").asText());
        assertEquals("53.98", document.at("/lines/101/net").asText());
        assertEquals("75.43", document.at("/net").asText());
    }

    @Test
    void taxInPricesIsTakenOutOfEachPartByTheShopsOwnAmount() throws Exception {
        Worth worth = worth("{'currency':'EUR','totalPrice':'58.87','orderTax':'9.40','taxesIncluded':true,'lineItems':[{'id':'101','quantity':3,'unitPrice':'19.99','totalDiscount':'6.00','totalTax':'8.62'}],"
            + "'shippingLines':[{'price':'4.90','tax':'0.78'}]}");

        amount("58.87", worth.total());
        JsonNode document = worth.document();
        assertEquals("45.35", document.at("/lines/101/net").asText());
        assertEquals("4.12", document.at("/shipping/net").asText());
        assertEquals("49.47", document.at("/net").asText());
        assertEquals("9.40", document.at("/tax").asText());
    }

    @Test
    void aTaxOfTheWholeAloneIsSharedByWhatIsPaidAndNothingOfItIsLost() throws Exception {
        // Given yen, which have no smaller unit, and a gift card that nobody taxes
        Worth worth = worth("{'currency':'JPY','totalPrice':'1200','orderTax':'100','lineItems':[{'id':'1','quantity':1,'unitPrice':'333'},{'id':'2','quantity':1,'unitPrice':'333'},{'id':'3','quantity':1,'unitPrice':'334'},"
            + "{'id':'4','quantity':1,'unitPrice':'100','giftCard':true}],'shippingLines':[{'price':'0'}]}");

        amount("0", worth.difference().add(new BigDecimal("0")));
        amount("100", worth.tax());
        assertEquals("33", worth.document().at("/lines/1/tax").asText());
        assertEquals("34", worth.document().at("/lines/2/tax").asText());
        assertEquals("33", worth.document().at("/lines/3/tax").asText());
        assertEquals("0", worth.document().at("/lines/4/tax").asText());
    }

    @Test
    void whatTheTotalSaysBeyondThePartsIsTheDifference() throws Exception {
        String order = "{'currency':'KWD','totalPrice':'%s','lineItems':[{'id':'1','quantity':3,'unitPrice':'12.345'}],'charges':[{'kind':'tip','amount':'1.000'}]}";

        amount("0", worth(order.formatted("38.035")).difference());
        amount("0.001", worth(order.formatted("38.036")).difference());
        amount("-0.001", worth(order.formatted("38.034")).difference());
        assertEquals("goods 37.035, tip 1.000", worth(order.formatted("1")).parts());
    }

    @Test
    void manyCentsAddUpWithoutOneBeingLost() throws Exception {
        // Given three thousand times ten cents, which a double adds up to another amount
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            lines.append(i == 0 ? "" : ",").append("{'id':'").append(i).append("','quantity':1,'unitPrice':'0.10'}");
        }

        amount("300.00", worth("{'currency':'USD','lineItems':[" + lines + "]}").total());
    }

    private static void amount(String expected, BigDecimal actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(actual), actual::toPlainString);
    }

    private static Worth worth(String order) throws Exception {
        return Worth.of(JSON.readTree(order.replace('\'', '"')));
    }
}
