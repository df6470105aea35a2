# A Shopify order, as every orders/* webhook carries it, becomes the canonical order (types/order/schema.json).
#   in    the REST order object, the whole body of the webhook
#   out   one canonical order, or an error whose text is the sentence a person will read
#   try   jq -f order.in.jq payload.json
# What is not read here stands in order.dropped.yaml with a reason.
# Facts that onX has no name for become custom fields called "shopify.<field>"; the buyer's own keep their names.
# Objects are built from small ones, [{..}, {..}] | add: jackson-jq nests one call per field of a literal, and one
# literal of thirty fields overflows a thread's stack of 1 MB.

def shown: tostring | if length > 60 then .[0:60] + "..." else . end;

# numbers, flags and whole structures are kept as text; blank says the same as absent
def text:
  if   . == null        then null
  elif type == "string" then (if test("\\S") then . else null end)
  elif type == "array" or type == "object" then tojson
  else tostring end;

# a text of one line: what breaks lines, or cannot be seen, leaves no field of one
def pieces:
  text
  | if . == null then [] elif test("[\\x{00}-\\x{1f}\\x{7f}-\\x{9f}\\x{2028}\\x{2029}]")
    then gsub("[\\x{00}-\\x{1f}\\x{7f}-\\x{9f}\\x{2028}\\x{2029}]+"; "\n") | split("\n") | map(trim | select(. != ""))
    else [.] end;
def one_line: pieces | if length == 0 then null else join(" ") end;

# what was written into one field in several lines goes into two where the second is free
def street:
  (.address1 | pieces) as $first
  | (.address2 | pieces) as $second
  | (if ($second | length) > 0 then [$first, $second]
     else ($first | length) as $lines | ($lines - ($lines - ($lines % 2)) / 2) as $half | [$first[0:$half], $first[$half:]] end)
  | map(if length == 0 then null else join(", ") end)
  | {address1: .[0], address2: .[1]};

def objects_of: if type == "array" then map(select(type == "object")) else [] end;
def unless_zero: if . != null and test("^-?0+(\\.0+)?\\z") then null else . end;
def object_or_empty: if type == "object" then . else {} end;
def known: with_entries(select(.value != null));

if type != "object" then error("The body is not a Shopify order but \(if . == null then "empty" else "a JSON \(type)" end). Discard it, or look at what the shop sends.") else . end
| (.name // (if .order_number == null then .id else "#\(.order_number)" end) | text) as $name
# an answer of the shop's API wraps the order, and calls it by another id
| ($name // (.order | object_or_empty | .name | text)) as $called
| (if $called == null or ($called | startswith("gid:")) then "An order without a number" else "Order \($called | shown)" end) as $of

# of an order that was deleted the shop says its id alone
| (if (keys == ["id"]) then error("The shop deleted the order with the id \(.id | shown). Nothing more of it is shipped from here. "
    + "Cancel what was sent of it at its targets, then discard this.") else . end)

# nobody can correct in the shop how its order was written
| def strange(thing):
    (if . == null then "missing" elif (tostring | startswith("gid:")) or type == "object" or type == "array" then "not as the shop's webhooks write it"
     else "'\(shown)', not as the shop's webhooks write it" end) as $is
    | error("\($of): \(thing) is \($is). Nobody can correct that in the shop. "
      + "An integrator looks at what sends orders in this shape; if the order is not here from a webhook, change it in the shop, which sends it again. Then discard this.");

# named here, where the order has a name: what is wrong is told with it, and only when it is asked for
def refuse(thing; wanted):
  error("\($of): \(thing) is \(if . == null then "missing" else "'\(shown)', not \(wanted)" end). "
    + "Correct it in the shop: its next event takes the place of this one.");

# Shopify's ids are numbers of up to 19 digits: text from here on, never a number again
def id(thing):
  (if . == null then strange(thing) else . end)
  | tostring as $id
  | if $id | test("^[0-9]{1,20}\\z") then $id else strange(thing) end;

# Money arrives as text and leaves as it came. A JSON number has passed through a double:
# up to 15 digits it is still what the shop wrote, beyond that nobody knows.
def money(thing):
  if . == null or . == "" then null
  else
    tostring as $digits
    | if ($digits | test("^-?[0-9]{1,15}(\\.[0-9]{1,6})?\\z"))
     and (type == "string" or ($digits | gsub("[^0-9]"; "") | length) <= 15) then $digits
      else refuse(thing; "an amount such as 10.00 that can be read without losing a digit") end
  end;

# the same in the shop's currency, out of Shopify's pair of shop money and presentment money
def shop_money(thing): object_or_empty | .shop_money | object_or_empty | .amount | money(thing);

# digits -> number; tonumber takes no leading zeros everywhere
def digits: reduce explode[] as $digit (0; . * 10 + $digit - 48);

# exact addition: ten-thousandths as whole numbers, at most 15 digits
def ten_thousandths:
  (if startswith("-") then -1 else 1 end) as $sign
  | ltrimstr("-") | split(".")
  | ((.[0] | digits) * 10000 + (((.[1] // "") + "0000")[0:4] | digits)) * $sign;

def sum(thing):
  if   length == 0 then null
  elif length == 1 then .[0]
  else
    (map(select(test("^-?[0-9]{1,11}(\\.[0-9]{1,4}0*)?\\z") | not)) | .[0]) as $inexact
    | if $inexact != null then $inexact | refuse(thing; "an amount that can be added without losing a digit") else . end
    | (map(ten_thousandths) | add) as $sum
    | (if $sum < 0 then - $sum else $sum end) as $size
    | (($size % 10000) + 10000 | tostring | .[1:5]) as $part
    | (if $sum < 0 then "-" else "" end)
      + (($size - ($size % 10000)) / 10000 | tostring) + "."
      + (if ($part | endswith("00")) then $part[0:2] elif ($part | endswith("0")) then $part[0:3] else $part end)
  end;

def whole(thing):
  tostring as $digits
  | if $digits | test("^[0-9]{1,9}\\z") then $digits | tonumber else refuse(thing; "a whole number") end;

# any offset -> UTC with milliseconds; the round trip finds the 30th of February, which jq itself would call the 2nd of March
def instant(thing):
  if . == null or . == "" then null
  elif type != "string"
    or (test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})\\z") | not) then strange(thing)
  else
    (.[0:19] + "Z") as $local
    | (try ($local | fromdateiso8601) catch null) as $seconds
    | if $seconds == null or ($seconds | todateiso8601) != $local then strange(thing) else
        (if endswith("Z") then "+0000" elif .[-3:-2] == ":" then .[-6:-3] + .[-2:] else .[-5:] end) as $zone
        | (($zone[1:3] | digits) * 3600 + ($zone[3:5] | digits) * 60) as $offset
        | (if .[19:20] == "." then .[20:] | split("Z")[0] | split("+")[0] | split("-")[0] else "" end) as $part
        | (if $offset == 0 then $local else $seconds + (if $zone[0:1] == "-" then $offset else - $offset end) | todateiso8601 end | .[0:19])
          + "." + ($part + "000")[0:3] + "Z"
      end
  end;

# line properties and note attributes come as a list, as {}, as an object, not at all, or malformed: nothing a buyer wrote is lost
def fields:
  if   . == null           then []
  elif type == "array"     then map(
    if   type != "object"  then {name: "", value: (text // "")}
    elif has("name")       then {name: (.name | text // ""), value: (.value | text // "")}
    else to_entries[]           | {name: .key,               value: (.value | text // "")} end)
  elif type == "object"    then to_entries | map({name: .key, value: (.value | text // "")})
  else                          [{name: "", value: (text // "")}] end;

def tags:
  if type == "array" then . else (text // "") | split(",") end
  | map(text // empty | trim | select(. != ""));

# How many of each line were shipped, whoever did it, returned ones among them: {line id: units}. A parcel that failed or was called back carries none.
def parcels:
  reduce (.fulfillments | objects_of[] | select([.status] | inside(["cancelled", "error", "failure"]) | not) | .line_items | objects_of[] | select(.id != null and .quantity != null))
    as $line ({}; .[$line.id | tostring] += ($line.quantity | whole("a shipped quantity")));

# The same of what came back after it was shipped.
def returns:
  reduce (.refunds | objects_of[] | .refund_line_items | objects_of[] | select(.restock_type == "return" or .restock_type == "legacy_restock" or .restock_type == "no_restock"))
    as $line ({}; .[($line.line_item_id | tostring) + (if $line.restock_type == "no_restock" then "?" else "" end)] += ($line.quantity | whole("a refunded quantity")));

# What the shop says is still to be shipped of a line, by whomever, and what was: only what is not all of it, and not nothing. A unit that is neither open
# nor taken out is shipped or on its way, also where the shop does not list the parcel.
def goods($id; $quantity; $parcels; $returns):
  (if .fulfillable_quantity != null then [(.fulfillable_quantity | whole("the quantity to be shipped of a line")), $quantity] | min
   elif .fulfillment_status == "fulfilled" then 0 else null end) as $open
  | ($quantity + ($returns[$id] // 0) + (if .fulfillment_status == "fulfilled" then $returns[$id + "?"] // 0 else 0 end) - ($open // $quantity)) as $gone
  | ([$parcels[$id] // 0, (if $open == null then 0 else $gone end)] | max) as $sent
  | { openQuantity:    (if $open == $quantity then null else $open end),
      shippedQuantity: (if $sent > 0 then $sent else null end) };

# a blank or empty address is the same as none; one line of it is enough to keep it
def address($email):
  object_or_empty
  | [ street,
      { city:                (.city | one_line),
        company:             (.company | one_line) },
      { country:             (.country_code // .country | text),         # the schema wants the code; a name alone is held
        firstName:           (.first_name // (if (.last_name | text) == null then .name else null end) | one_line),
        lastName:            (.last_name | one_line) },
      { phone:               (.phone | one_line),
        stateOrProvince:     (.province_code // .province | one_line),
        zipCodeOrPostalCode: (.zip | one_line) } ]
  | add | known
  | if length == 0 then null elif $email != null then . + {email: $email} else . end;

def line:
  . as $line
  | (.id | id("the id of a line")) as $id
  | def this: "the \($line | .name // .title // $id | text // $id | shown)";
    [ { id:              $id,
        sku:             (.sku | text),                                  # a custom line has none
        name:            (.name // .title | text) },
      # what is left after edits and refunds, 0 when the line was removed; older shops do not send it
      { quantity:        (if .current_quantity == null then .quantity else .current_quantity end | whole("the quantity of \(this)")) },
      { orderedQuantity: (.quantity | whole("the ordered quantity of \(this)")) },
      { unitPrice:       (if .price == null then .price_set | shop_money("the price of \(this)") else .price | money("the price of \(this)") end) },
      # per line, not per unit: 10.00 over three units has no exact unit discount
      { totalDiscount:   ([.discount_allocations | objects_of[] | .amount | money("a discount of \(this)") // empty]
                          | if length > 0 then sum("a discount of \(this)") else $line.total_discount | money("the discount of \(this)") end) },
      { totalTax:        ([.tax_lines | objects_of[] | .price | money("a tax of \(this)") // empty] | sum("a tax of \(this)")) },
      { requiresShipping: (.requires_shipping != false),
        giftCard:        (if .gift_card == true then true else null end),
        taxable:         (if .taxable == false then false else null end) },
      { productId:       (.product_id | if . == null then null else id("the product of \(this)") end),
        variantId:       (.variant_id | if . == null then null else id("the variant of \(this)") end) },
      { vendor:          (.vendor | text),
        fulfillmentService: (.fulfillment_service | text),
        groupId:         (.sales_line_item_group_id | text) },           # lines of one bundle share it
      { customFields:    (.properties | fields) } ]
  | add | known;

def refund:
  [ { externalId:   (.id | if . == null then null else id("the id of a refund") end) },
    { createdAt:    (.created_at | instant("the time of a refund")) },
    { note:         (.note | text) },
    { lineItems:    [.refund_line_items | objects_of[]
                      | [ { id:          (.line_item_id | id("the line of a refund")) },
                          { quantity:    (.quantity | whole("a refunded quantity")) },
                          { restockType: (.restock_type | text) },
                          { subTotal:    (.subtotal | money("a refunded amount")) },
                          { tax:         (.total_tax | money("a refunded tax")) } ] | add | known] },
    { transactions: [.transactions | objects_of[]
                      | [ { externalId: (.id | if . == null then null else id("the id of a refund's payment") end) },
                          { kind:       (.kind | text),
                            status:     (.status | text),
                            gateway:    (.gateway | text),
                            currency:   (.currency | text) },
                          { amount:     (.amount | money("the amount of a refund")) } ] | add | known] },
    { adjustments:  [.order_adjustments | objects_of[]
                      | [ { kind:   (.kind | text),
                            reason: (.reason | text) },
                          { amount: (.amount | money("the adjustment of a refund")) },
                          { tax:    (.tax_amount | money("the tax of a refund's adjustment")) } ] | add | known] } ]
  | add | known;

(.email // "" | text) as $own
| ($own // (.contact_email | text) // (.customer | object_or_empty | .email | text)) as $email
| (.phone | text // null) as $phone
| (.currency | text) as $currency
| [ { schemaVersion:   1 },
    { externalId:      (.id | id("its id")) },
    { name:            $name },
    { orderSource:     (.source_name | text) },                            # web, pos, the id of an app: where the shop got it
    { createdAt:       (.created_at | instant("the time it was created")) },
    { updatedAt:       (.updated_at | if . == null or . == "" then strange("the time it was updated") else instant("the time it was updated") end) },
    { status:          (if .cancelled_at != null then "cancelled" elif .closed_at != null then "closed" else "open" end) },
    { paymentStatus:   (.financial_status | text) },
    { paymentTerms:    (.payment_terms | object_or_empty | .payment_terms_name | text) },   # business to business: when they pay
    # handed over at the till, or picked up in the shop: only where nobody ships it; flags, only where they differ from the usual order
    { delivery:        (if .source_name == "pos" and (.shipping_address | address(null)) == null then "handed-over"
                        elif any(.shipping_lines | objects_of[] | select(.is_removed != true); .delivery_category == "pickup") then "pick-up" else null end),
      confirmed:       (if .confirmed == false then false else null end),
      test:            (if .test == true then true else null end) },
    { currency:        $currency },                                        # all money below is the shop's, never the buyer's
    # what it is worth after edits and refunds; the amounts as first placed count only where a shop sends no other
    { subTotalPrice:   (.current_subtotal_price // .subtotal_price | money("the subtotal")) },
    { orderTax:        (.current_total_tax // .total_tax | money("the tax")) },
    { orderDiscount:   (.current_total_discounts // .total_discounts | money("the discount")) },
    { shippingPrice:   ((.current_shipping_price_set | shop_money("the price of shipping"))
                        // ([.shipping_lines | objects_of[] | select(.is_removed != true) | .discounted_price // .price | money("the price of shipping") // empty] | sum("the price of shipping"))
                        // (.total_shipping_price_set | shop_money("the price of shipping"))) },
    { totalPrice:      (.current_total_price // .total_price | money("the total")) },
    { shippingClass:   ([.shipping_lines | objects_of[] | select(.is_removed != true) | .title | text // empty] | if length == 0 then null else join(" + ") end) },
    { shippingCode:    ([.shipping_lines | objects_of[] | select(.is_removed != true) | .code | text // empty] | if length == 0 then null else join(" + ") end) },
    { shippingCarrier: ([.shipping_lines | objects_of[] | select(.is_removed != true) | .carrier_identifier | text // empty] | if length == 0 then null else join(" + ") end) },
    { orderNote:       (.note | text) },
    { tags:            (.tags | tags) },
    { customFields:    ((.note_attributes | fields)
                        + ([ ["shopify.cancelled_at",          (.cancelled_at | instant("the time it was cancelled"))],
                             ["shopify.cancel_reason",         (.cancel_reason | text)],
                             ["shopify.closed_at",             (.closed_at | instant("the time it was closed"))],
                             ["shopify.confirmation_number",   (.confirmation_number | text)],
                             ["shopify.po_number",             (.po_number | text)],
                             ["shopify.source_identifier",     (.source_identifier | text)],
                             ["shopify.location_id",           (.location_id | text)],
                             ["shopify.customer_locale",       (.customer_locale | text)],
                             # business to business: who buys, and until when they pay
                             ["shopify.company_id",            (.company | object_or_empty | .id | text)],
                             ["shopify.company_location_id",   (.company | object_or_empty | .location_id | text)],
                             ["shopify.payment_due_at",        (.payment_terms | object_or_empty | .payment_schedules | objects_of | map(.due_at) | .[0] | instant("the time it must be paid"))],
                             ["shopify.total_outstanding",     (.total_outstanding | money("the amount outstanding") | unless_zero)],
                             # the buyer's currency, only where it is another
                             ["shopify.presentment_currency",  (.presentment_currency | text | if . == $currency then null else . end)],
                             ["shopify.presentment_total",     (if (.presentment_currency | text // $currency) == $currency then null else
                                                                  (.current_total_price_set // .total_price_set | object_or_empty | .presentment_money | object_or_empty | .amount | money("the total in the buyer's currency")) end)],
                             ["shopify.total_tip_received",    (.total_tip_received | money("the tip") | unless_zero)],
                             ["shopify.duties",                (.current_total_duties_set // .original_total_duties_set | shop_money("the duties") | unless_zero)],
                             ["shopify.additional_fees",       (.current_total_additional_fees_set // .original_total_additional_fees_set | shop_money("the fees") | unless_zero)],
                             ["shopify.cash_rounding",         (.total_cash_rounding_payment_adjustment_set | shop_money("the cash rounding") | unless_zero)],
                             # flags: only where they differ from the usual order
                             ["shopify.taxes_included",        (if .taxes_included  == true  then "true"  else null end)],
                             ["shopify.duties_included",       (if .duties_included == true  then "true"  else null end)],
                             ["shopify.estimated_taxes",       (if .estimated_taxes == true  then "true"  else null end)],
                             ["shopify.tax_exempt",            (if .tax_exempt      == true  then "true"  else null end)] ]
                           | map(select(.[1] != null) | {name: .[0], value: .[1]}))) },
    { customer:        (.customer | object_or_empty
                        | { externalId: (.id | if . == null then null else id("the id of the customer") end),
                            email:      $email,
                            phone:      ($phone // (.phone | one_line)),
                            firstName:  (.first_name | one_line),
                            lastName:   (.last_name | one_line) }
                          + (if (.tags | tags) == [] then {} else {tags: (.tags | tags)} end)
                        | known | if length == 0 then null else . end) },
    { billingAddress:  (.billing_address | address($email)) },
    { shippingAddress: (.shipping_address | address($email)) },
    { payments:        [.payment_gateway_names | if type == "array" then .[] else empty end | text // empty | {gateway: .}] },
    { discounts:       ([.discount_codes | objects_of[]
                          | { type: "code", code: (.code | text), valueType: (.type | text), amount: (.amount | money("a discount")) } | known]
                        + [.discount_applications | objects_of[]
                          | { type:             (.type | text),
                              code:             (.code | text),
                              title:            (.title | text),
                              description:      (.description | text),
                              value:            (.value | money("a discount")),
                              valueType:        (.value_type | text),
                              targetType:       (.target_type | text),
                              targetSelection:  (.target_selection | text),
                              allocationMethod: (.allocation_method | text) } | known]) },
    { refunds:         [.refunds | objects_of[] | refund] },
    { lineItems:       (parcels as $parcels
                        | returns as $returns
                        | .line_items
                        | if type != "array" then strange("its list of lines") else . end
                        | map(if type == "object" then . as $sent | line | . + {sku: (.sku | one_line), name: (.name | one_line)}
                                + (.id as $id | .quantity as $left | $sent | goods($id; $left; $parcels; $returns)) | known else strange("a line") end)
                        | if (map(.id) | unique | length) == length then . else
                            error("\($of): two of its lines have the id \(map(.id) | group_by(.) | map(select(length > 1))[0][0]). Correct it in the shop: its next event takes the place of this one.") end) } ]
| add
# onX knows no null: what is unknown is left out, except the three that tell "none" from "not asked"
| with_entries(select(.value != null or .key == "customer" or .key == "billingAddress" or .key == "shippingAddress"))
# end
