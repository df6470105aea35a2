package io.orderweir.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderweir.money.Booked.Books;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Orders that made trouble for others who bring shops and ERPs together, and what they must come to (docs/reference/cases.md). Each goes its whole way: the webhook's words, the canonical order, the
 * sales order, and what the pretend ERP reckons of it.
 */
class MoneyCasesTest {

    private static final Booked BOOKED = new Booked();
    private static final String ORDER = "{'id':6200000000001,'name':'#2001','created_at':'2026-11-27T10:00:00-05:00','updated_at':'2026-11-27T10:00:05-05:00','currency':'USD','shipping_address':{'last_name':'Muster','address1':'Hauptstr. 1','city':'Berlin','zip':'10115','country_code':'DE'}%s}";

    @AfterAll
    static void close() {
        BOOKED.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "pennies of a spread discount           | 65.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'25.00','discount_allocations':[{'amount':'3.34'}]},{'id':2,'sku':'SKU-2','quantity':1,'price':'25.00','discount_allocations':[{'amount':'3.33'}]},{'id':3,'sku':'SKU-3','quantity':1,'price':'25.00','discount_allocations':[{'amount':'3.33'}]}],'total_discounts':'10.00','total_price':'65.00'`",
        "shipping and the tax on it             | 36.38 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'30.00','tax_lines':[{'title':'VAT','rate':0.07,'price':'2.10'}]}],'shipping_lines':[{'id':5,'title':'Post','price':'4.00','discounted_price':'4.00','tax_lines':[{'title':'VAT','rate':0.07,'price':'0.28'}]}],'total_tax':'2.38','total_price':'36.38'`",
        "value added tax in the price           | 238.00 | `'taxes_included':true,'line_items':[{'id':1,'sku':'SKU-1','quantity':2,'price':'119.00','tax_lines':[{'title':'MwSt','rate':0.19,'price':'38.00'}]}],'total_tax':'38.00','total_price':'238.00'`",
        "a discounted line with fewer units     | 60.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':3,'current_quantity':2,'price':'40.00','discount_allocations':[{'amount':'30.00'}]}],'total_price':'90.00','current_subtotal_price':'60.00','current_total_discounts':'20.00','current_total_price':'60.00'`",
        "a taxed line with fewer units          | 113.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':2,'current_quantity':1,'price':'100.00','tax_lines':[{'title':'HST','rate':0.13,'price':'26.00'}]}],'total_price':'226.00','current_subtotal_price':'100.00','current_total_tax':'13.00','current_total_price':'113.00'`",
        "a tip that is a line                   | 48.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'},{'id':2,'name':'Tip','sku':null,'quantity':1,'price':'6.00','requires_shipping':false,'tip':{'payment_gateway':'cards'}}],'total_tip_received':'6.00','total_price':'48.00'`",
        "a tip that is none                     | 48.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'total_tip_received':'6.00','total_price':'48.00'`",
        "duties and a fee in the total          | 57.50 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'current_total_duties_set':{'shop_money':{'amount':'14.25'}},'current_total_additional_fees_set':{'shop_money':{'amount':'1.25'}},'total_price':'57.50'`",
        "duties that are paid at the door       | 42.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'current_total_duties_set':{'shop_money':{'amount':'14.25'}},'total_price':'42.00'`",
        "free by a code                         | 0.00  | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00','discount_allocations':[{'amount':'42.00'}]}],'shipping_lines':[{'id':5,'price':'4.00','discount_allocations':[{'amount':'4.00'}]}],'total_discounts':'46.00','total_price':'0.00'`",
        "two rates in one order                 | 233.70 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'100.00','tax_lines':[{'title':'MwSt','rate':0.19,'price':'19.00'}]},{'id':2,'sku':'SKU-2','quantity':1,'price':'100.00','tax_lines':[{'title':'MwSt','rate':0.07,'price':'7.00'}]}],'shipping_lines':[{'id':5,'price':'6.47','tax_lines':[{'title':'MwSt','rate':0.19,'price':'1.23'}]}],'total_tax':'27.23','total_price':'233.70'`",
        "a gift card sold, and one that pays    | 92.00 | `'payment_gateway_names':['gift_card','cards'],'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'},{'id':2,'sku':'SKU-2','gift_card':true,'taxable':false,'quantity':1,'price':'50.00'}],'total_price':'92.00','total_outstanding':'0.00'`",
        "one of three refunded                  | 21.34 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':3,'current_quantity':2,'price':'10.00','tax_lines':[{'title':'Tax','rate':0.067,'price':'2.00'}]}],'total_price':'32.00','current_subtotal_price':'20.00','current_total_tax':'1.34','current_total_price':'21.34','refunds':[{'id':7,'refund_line_items':[{'line_item_id':1,'quantity':1,'subtotal':'10.00','total_tax':'0.66'}]}]`",
        "shipping given back                    | 21.40 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'20.00','tax_lines':[{'title':'Tax','rate':0.07,'price':'1.40'}]}],'shipping_lines':[{'id':5,'price':'5.00','tax_lines':[{'title':'Tax','rate':0.07,'price':'0.35'}]}],'total_tax':'1.75','total_price':'26.75','current_total_tax':'1.40','current_total_price':'21.40','refunds':[{'id':7,'order_adjustments':[{'kind':'shipping_refund','amount':'-5.00','tax_amount':'-0.35'}]}]`",
        "money given back beyond the lines      | 30.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'total_price':'42.00','current_total_price':'30.00','refunds':[{'id':7,'order_adjustments':[{'kind':'refund_discrepancy','amount':'-12.00','tax_amount':'0.00'}]}]`",
        "one of two shipped came back           | 50.00 | `'fulfillment_status':'fulfilled','fulfillments':[{'id':8,'status':'success','line_items':[{'id':1,'quantity':2},{'id':2,'quantity':1}]}],'line_items':[{'id':1,'sku':'SKU-1','quantity':2,'current_quantity':1,'fulfillable_quantity':0,'fulfillment_status':'fulfilled','price':'15.00'},{'id':2,'sku':'SKU-2','quantity':1,'current_quantity':1,'fulfillable_quantity':0,'fulfillment_status':'fulfilled','price':'20.00'}],'total_price':'50.00','current_total_price':'35.00','refunds':[{'id':7,'refund_line_items':[{'line_item_id':1,'quantity':1,'restock_type':'return','subtotal':'15.00','total_tax':'0.00'}]}]`",
        "all of it came back, shipping too      | 26.75 | `'fulfillment_status':'fulfilled','line_items':[{'id':1,'sku':'SKU-1','quantity':1,'current_quantity':0,'fulfillable_quantity':0,'fulfillment_status':'fulfilled','price':'20.00','tax_lines':[{'title':'Tax','rate':0.07,'price':'1.40'}]}],'shipping_lines':[{'id':5,'price':'5.00','tax_lines':[{'title':'Tax','rate':0.07,'price':'0.35'}]}],'total_tax':'1.75','total_price':'26.75','current_subtotal_price':'0.00','current_total_tax':'0.00','current_total_price':'0.00','refunds':[{'id':7,'refund_line_items':[{'line_item_id':1,'quantity':1,'restock_type':'return','subtotal':'20.00','total_tax':'1.40'}],'order_adjustments':[{'kind':'shipping_refund','amount':'-5.00','tax_amount':'-0.35'}]}]`",
        "one taken out, then one came back      | 40.00 | `'fulfillments':[{'id':8,'status':'success','line_items':[{'id':1,'quantity':2}]}],'line_items':[{'id':1,'sku':'SKU-1','quantity':3,'current_quantity':1,'fulfillable_quantity':0,'fulfillment_status':'fulfilled','price':'20.00'}],'total_price':'60.00','current_total_price':'20.00','refunds':[{'id':7,'refund_line_items':[{'line_item_id':1,'quantity':1,'restock_type':'no_restock','subtotal':'20.00','total_tax':'0.00'}]},{'id':9,'refund_line_items':[{'line_item_id':1,'quantity':1,'restock_type':'no_restock','subtotal':'20.00','total_tax':'0.00'}]}]`",
        "a line discounted to nothing           | 42.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'},{'id':2,'sku':'SKU-2','quantity':4,'price':'3.33','discount_allocations':[{'amount':'13.32'}],'tax_lines':[{'title':'Tax','rate':0.07,'price':'0.00'}]}],'total_tax':'0.00','total_price':'42.00'`",
        "a buyer who is exempt                  | 47.00 | `'tax_exempt':true,'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00','tax_lines':[]}],'shipping_lines':[{'id':5,'price':'5.00','tax_lines':[]}],'total_tax':'0.00','total_price':'47.00'`",
        "a discount that is nowhere spread      | 32.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'total_discounts':'10.00','total_price':'32.00'`",
        "a tax of the whole alone               | 44.94 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'total_tax':'2.94','total_price':'44.94'`",
        "refunded where nobody says what is left| 20.00 | `'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'20.00'},{'id':2,'sku':'SKU-2','quantity':2,'price':'30.00'}],'total_price':'80.00','current_total_price':'20.00','refunds':[{'id':7,'refund_line_items':[{'line_item_id':2,'quantity':2,'subtotal':'60.00','total_tax':'0.00'}]}]`"})
    void isBookedAtWhatTheShopSays(String what, BigDecimal total, String parts) throws Exception {
        JsonNode order = BOOKED.canonical(order(parts));

        assertFalse(Booked.isHeld(order), () -> Worth.of(order).parts());
        for (Books books : Booked.EXACT) {
            JsonNode document = BOOKED.document(order, books);
            assertEquals(0, total.compareTo(books.total().apply(document)), document::toString);
        }
        BOOKED.enginesAreAlike(order, total);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"JPY, 1980, 5940, 540, 6480", "KWD, 12.345, 37.035, 1.852, 38.887"})
    void currenciesWithNoDecimalsAndWithThreeAreBookedDigitByDigit(String currency, String price, String goods, String tax, String total) throws Exception {
        JsonNode order = BOOKED.canonical(order("'line_items':[{'id':1,'sku':'SKU-1','quantity':3,'price':'%s','tax_lines':[{'title':'Tax','rate':0.05,'price':'%s'}]}],'subtotal_price':'%s','total_tax':'%s','total_price':'%s'".formatted(price, tax, goods, tax, total))
            .put("currency", currency));

        assertFalse(Booked.isHeld(order));
        assertEquals(0, new BigDecimal(total).compareTo(Booked.LINE.total().apply(BOOKED.document(order, Booked.LINE))));
        assertEquals(0, new BigDecimal(total).compareTo(Booked.OVERRIDE.total().apply(BOOKED.document(order, Booked.OVERRIDE))));
        assertEquals(0, new BigDecimal(total).compareTo(Booked.OTHER_LINE.total().apply(BOOKED.document(order, Booked.OTHER_LINE))));
    }

    @TestFactory
    Stream<DynamicTest> whatOneErpBooksAtItsTotalTheOtherDoesToo() throws Exception {
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/payloads/netsuite"))) {
            return folders.sorted().toList().stream().map(folder -> dynamicTest(folder.getFileName().toString(), () -> {
                ObjectNode envelope = (ObjectNode) Booked.JSON.readTree(folder.resolve("envelope.json").toFile());
                BigDecimal total = new BigDecimal(envelope.at("/money/total").asText());
                assumeTrue(total.compareTo(Booked.LINE.total().apply(BOOKED.document(envelope, Booked.LINE))) == 0, "no ERP books tenths of a cent");

                assertEquals(0, total.compareTo(Booked.OTHER_LINE.total().apply(BOOKED.document(envelope, Booked.OTHER_LINE))), envelope::toString);
                if (folder.getFileName().toString().matches("worked-(us|de)")) {
                    assertEquals(0, total.compareTo(new BigDecimal(folder.endsWith("worked-us") ? "81.65" : "58.87")));
                }
            }));
        }
    }

    @Test
    void fiveHundredLinesKeepEveryCentOfTheDiscountThatIsSpreadOverThem() throws Exception {
        ObjectNode payload = order("'line_items':[],'total_discounts':'100.00','total_price':'1565.00'");
        ArrayNode lines = (ArrayNode) payload.get("line_items");
        for (int i = 0; i < 500; i++) {
            lines.addObject().put("id", 10 + i).put("sku", "SKU-1").put("quantity", 1).put("price", "3.33").putArray("discount_allocations").addObject().put("amount", "0.20");
        }

        JsonNode order = BOOKED.canonical(payload);

        assertFalse(Booked.isHeld(order));
        assertEquals(0, new BigDecimal("1565.00").compareTo(Booked.LINE.total().apply(BOOKED.document(order, Booked.LINE))));
        assertEquals(0, new BigDecimal("1565.00").compareTo(Booked.OTHER_LINE.total().apply(BOOKED.document(order, Booked.OTHER_LINE))));
    }

    @Test
    void aLineWithFewerUnitsKeepsItsShareOfDiscountAndTax() throws Exception {
        JsonNode edited = BOOKED.canonical(order("'line_items':[{'id':1,'sku':'SKU-1','quantity':3,'current_quantity':2,'price':'40.00','discount_allocations':[{'amount':'30.00'}],'tax_lines':[{'title':'Tax','rate':0.07,'price':'6.30'}]}],"
            + "'current_subtotal_price':'60.00','current_total_discounts':'20.00','current_total_tax':'4.20','current_total_price':'64.20'"));

        assertEquals("20.00", edited.at("/lineItems/0/totalDiscount").asText());
        assertEquals("4.20", edited.at("/lineItems/0/totalTax").asText());
        assertEquals("4.20", edited.at("/lineItems/0/taxes/0/amount").asText());
    }

    @Test
    void theNetAmountOfAPriceWithTaxInsideIsThePriceLessTheShopsOwnTax() throws Exception {
        JsonNode order = BOOKED.canonical(order("'taxes_included':true,'line_items':[{'id':1,'sku':'SKU-1','quantity':3,'price':'19.99','discount_allocations':[{'amount':'6.00'}],'tax_lines':[{'title':'MwSt','rate':0.19,'price':'8.62'}]}],'total_tax':'8.62','total_price':'53.97'"));

        JsonNode line = BOOKED.document(order, Booked.LINE).at("/item/items/0");
        assertEquals(0, new BigDecimal("45.35").compareTo(line.get("amount").decimalValue()), line::toString);
        assertFalse(line.has("rate"), "three times no price of two decimals is 45.35");
    }

    @Test
    void anEngineThatTaxesAsTheShopDidComesToTheSameTotal() throws Exception {
        JsonNode order = BOOKED.canonical(order("'taxes_included':true,'line_items':[{'id':1,'sku':'SKU-1','quantity':3,'price':'19.99','discount_allocations':[{'amount':'6.00'}],'tax_lines':[{'title':'MwSt','rate':0.19,'price':'8.62'}]}],"
            + "'shipping_lines':[{'id':5,'price':'4.90','tax_lines':[{'title':'MwSt','rate':0.19,'price':'0.78'}]}],'total_tax':'9.40','total_price':'58.87'"));

        assertEquals(0, new BigDecimal("58.87").compareTo(Booked.ENGINE.total().apply(BOOKED.document(order, Booked.ENGINE))));
        assertEquals(0, new BigDecimal("58.87").compareTo(Booked.OTHER_ENGINE.total().apply(BOOKED.document(order, Booked.OTHER_ENGINE))));
    }

    @Test
    void anExemptBuyerIsNotTaxedByAnEngine() throws Exception {
        JsonNode order = BOOKED.canonical(order("'tax_exempt':true,'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00','tax_lines':[]}],'total_tax':'0.00','total_price':'42.00'"));

        assertEquals(0, new BigDecimal("42.00").compareTo(Booked.ENGINE.total().apply(BOOKED.document(order, Booked.ENGINE))));
    }

    @Test
    void ofPricesWithoutTaxTheOtherEngineReckonsItByTheCodesOfTheLines() throws Exception {
        JsonNode order = BOOKED.canonical(order("'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'100.00','tax_lines':[{'title':'MwSt','rate':0.19,'price':'19.00'}]},{'id':2,'sku':'SKU-2','quantity':1,'price':'100.00','tax_lines':[{'title':'MwSt','rate':0.07,'price':'7.00'}]}],'total_tax':'26.00','total_price':'226.00'"));

        JsonNode document = BOOKED.document(order, Booked.OTHER_ENGINE);

        assertEquals(List.of("VAT19", "VAT7"), document.findValuesAsText("taxCode"));
        assertEquals(0, new BigDecimal("226.00").compareTo(Booked.OTHER_ENGINE.total().apply(document)));
        // and a cent that it rounds otherwise is one line more, of which nothing is taxed
        JsonNode rounded = BOOKED.document(order, Booked.OTHER_ENGINE, "4711", Booked.JSON.createObjectNode().put("rounding", "-0.01"));
        assertEquals(0, new BigDecimal("225.99").compareTo(Booked.OTHER_ENGINE.total().apply(rounded)));
    }

    @Test
    void aRoundingLineMakesUpForWhatAnEngineRoundsOtherwise() throws Exception {
        // Given three lines of which a shop rounds the tax one by one, and the ERP that of the whole: 3 times 0.1957 is 0.60 here and 0.59 there
        String line = "{'id':%d,'sku':'SKU-1','quantity':1,'price':'1.03','tax_lines':[{'title':'MwSt','rate':0.19,'price':'0.20'}]}";
        JsonNode order = BOOKED.canonical(order("'line_items':[" + line.formatted(1) + "," + line.formatted(2) + "," + line.formatted(3) + "],'total_tax':'0.60','total_price':'3.69'"));
        assertEquals(0, new BigDecimal("3.68").compareTo(Booked.ENGINE.totalOfTheWhole().apply(BOOKED.document(order, Booked.ENGINE))));
        // When the difference that was read back is written with it
        ObjectNode rounded = BOOKED.document(order, Booked.ENGINE, "4711", Booked.JSON.createObjectNode().put("rounding", "0.01"));
        // Then it is one line more, and nothing is taxed of it
        assertEquals(0, new BigDecimal("3.69").compareTo(Booked.ENGINE.totalOfTheWhole().apply(rounded)));
        assertEquals(4, rounded.at("/item/items").size());
        assertEquals("ORDERWEIR-ROUNDING", rounded.at("/item/items/3/item/externalId").asText());
    }

    @Test
    void anOrderIsApprovedOnlyWhenItsTotalWasReadBack() throws Exception {
        JsonNode order = BOOKED.canonical(order("'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'total_price':'42.00'"));
        Books afterCheck = Books.netsuite(Map.of("approve", "after-check"));
        // made pending, left as it is by a change, approved when it agreed, and never so where the account does not say it
        assertEquals("A", BOOKED.document(order, afterCheck).at("/orderStatus/id").asText());
        assertTrue(BOOKED.document(order, afterCheck, "4711", null).path("orderStatus").isMissingNode());
        assertEquals("B", BOOKED.document(order, afterCheck, "4711", Booked.JSON.createObjectNode().put("agreed", true)).at("/orderStatus/id").asText());
        assertTrue(BOOKED.document(order, Books.netsuite(Map.of())).path("orderStatus").isMissingNode());
    }

    @Test
    void theDayOfAnOrderIsTheOneItWasWhereTheShopIs() throws Exception {
        ObjectNode payload = order("'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}]").put("created_at", "2026-12-31T23:40:00-05:00").put("updated_at", "2026-12-31T23:40:09-05:00");

        JsonNode document = BOOKED.document(BOOKED.canonical(payload), Booked.LINE);

        assertEquals("2026-12-31", document.get("tranDate").asText());
    }

    @Test
    void whatTheShopsPartsDoNotExplainIsHeld() throws Exception {
        assertTrue(Booked.isHeld(BOOKED.canonical(order("'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00'}],'total_price':'42.01'"))));
        assertTrue(Booked.isHeld(BOOKED.canonical(order("'line_items':[{'id':1,'sku':'SKU-1','quantity':1,'price':'42.00','tax_lines':[{'price':'2.94'}]}],'total_tax':'3.00','total_price':'45.00'"))));
    }

    private static ObjectNode order(String parts) throws Exception {
        return (ObjectNode) Booked.JSON.readTree(ORDER.formatted("," + parts).replace('\'', '"'));
    }
}
