# A Shopify order, as every orders/* webhook carries it, becomes the canonical order (types/order/schema.json).
#   in    the REST order object, the whole body of the webhook
#   out   one canonical order, or an error whose text is the sentence a person will read
#   try   jq -f order.in.jq payload.json
# What is not read here stands in order.dropped.yaml with a reason.
# Facts that onX has no name for become custom fields called "shopify.<field>"; the buyer's own keep their names.
# Objects are built from small ones, [{..}, {..}] | add: jackson-jq nests one call per field of a literal, and one
# literal of thirty fields overflows a thread's stack of 1 MB.
# Amounts that are reckoned with are whole numbers of ten-thousandths below 2^53, which a double holds exactly; all others
# stay the text they came as. What the lines and the whole come to is the state after edits and refunds, never as placed.

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
# taken apart only where there is such a character
def one_line: text | if . == null or (test("[\\x{00}-\\x{1f}\\x{7f}-\\x{9f}\\x{2028}\\x{2029}]") | not) then . else pieces | if . == [] then null else join(" ") end end;

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
  | (.[0] + ((.[1] // "") + "0000")[0:4] | digits) * $sign;

def countable(thing):
  if test("^-?[0-9]{1,11}(\\.[0-9]{1,4}0*)?\\z") then ten_thousandths
  else refuse(thing; "an amount that can be added without losing a digit") end;

def in_text:
  (if . < 0 then - . else . end) as $size
  | (($size % 10000) + 10000 | tostring | .[1:5]) as $part
  | (if . < 0 then "-" else "" end)
    + (($size - ($size % 10000)) / 10000 | tostring) + "."
    + (if ($part | endswith("00")) then $part[0:2] elif ($part | endswith("0")) then $part[0:3] else $part end);

def sum(thing):
  if   length == 0 then null
  elif length == 1 then .[0]
  else map(countable(thing)) | add | in_text end;

# the smallest unit of a currency in ten-thousandths (ISO 4217)
def smallest_unit:
  if   . == null then 100
  elif test("^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF)\\z") then 10000
  elif test("^(BHD|IQD|JOD|KWD|LYD|OMR|TND)\\z") then 10
  else 100 end;

# ten-thousandths -> what $left of $of units keep of them, rounded half up to the smallest unit; no product goes beyond 2^53
def share($left; $of; $unit):
  if $left == $of or . == 0 then .
  elif $of > 90000000 then $of | refuse("the quantity of a line that was edited"; "one of 90000000 or less")
  else
    (if . < 0 then -1 else 1 end) as $sign
    | (if . % $unit == 0 then $unit else 1 end) as $step
    | (. * $sign / $step) as $whole
    | ($whole % $of * $left) as $rest
    | (($whole - $whole % $of) / $of * $left + ($rest - $rest % $of) / $of + (if 2 * ($rest % $of) >= $of then 1 else 0 end)) * $step * $sign
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

# The lines of refunds, each with what it is of: goods that came back after they were shipped, or goods that were taken out of the order before. A line that
# does not say so came back, the last ones first, as far as more was shipped or is open than the order's line has left.
def refunded($parcels):
  (reduce (.line_items | objects_of[]) as $line ({}; .[$line.id | tostring] = $line)) as $lines
  | [.refunds | objects_of[] | .refund_line_items | objects_of[]]
  | group_by(.line_item_id)
  | map(
      (.[0].line_item_id | tostring) as $id
      | ($lines[$id] // {}) as $line
      | (map(select(.restock_type == "return") | .quantity | whole("a refunded quantity")) | add // 0) as $sure
      | (if $parcels[$id] != null and $line.current_quantity != null then
           $parcels[$id] + ($line.fulfillable_quantity // 0 | whole("the quantity to be shipped of a line")) - ($line.current_quantity | whole("the quantity of a line")) - $sure
         elif $line.fulfillment_status == "fulfilled" then 999999999 else 0 end) as $perhaps
      | reverse
      | reduce .[] as $one ({$perhaps, lines: []};
          if $one.restock_type == "return" then .lines += [$one + {back: true}]
          elif $one.restock_type == "no_restock" or $one.restock_type == "legacy_restock" then
            .perhaps -= ($one.quantity | whole("a refunded quantity")) | .lines += [$one + {back: (.perhaps >= 0)}]
          else .lines += [$one + {back: false}] end)
      | .lines[]);

# Is all that it gives back money for goods that were shipped?
def of_returns: .refund_line_items | objects_of | . != [] and all(.restock_type == "return");

# What the shop says is still to be shipped of a line, by whomever, and what was: only what is not all of it, and not nothing. A unit that is not open
# is shipped or on its way, also where the shop does not list the parcel.
def goods($id; $quantity; $parcels):
  (if .fulfillable_quantity != null then [(.fulfillable_quantity | whole("the quantity to be shipped of a line")), $quantity] | min
   elif .fulfillment_status == "fulfilled" then 0 else null end) as $open
  | ([$parcels[$id] // 0, (if $open == null then 0 else $quantity - $open end)] | max) as $sent
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

# a tax as it was worked out; a shop's rate is a number: 0.19
def taxes(thing):
  [.tax_lines | objects_of[]
   | [ { title:  (.title | text),
         rate:   (.rate | text | if . != null and test("^[0-9]{1,3}(\\.[0-9]{1,12})?\\z") then . else null end) },
       { amount: (.price | money(thing)) } ] | add | known | select(.amount != null)];

# lines of refunds, by the line of the order -> {quantity, subtotal, tax}; without amounts it is not known exactly
def by_line:
  reduce .[] as $one ({};
    ($one.line_item_id | id("the line of a refund")) as $id
    | ($one | [.subtotal, .total_tax] | map(money("a refunded amount"))) as $amounts
    | .[$id].quantity += ($one.quantity | whole("a refunded quantity"))
    | .[$id].vague   |= (. == true or $amounts[0] == null)
    | .[$id].subtotal += ($amounts[0] // "0" | countable("a refunded amount"))
    | .[$id].tax      += ($amounts[1] // "0" | countable("a refunded tax")));

# all amounts of a line are those of the units that were sold, returned ones among them: what refunds took out before is known, what an edit took is a share
def line($taken; $returned; $unit):
  . as $line
  | (.id | id("the id of a line")) as $id
  | ($taken[$id] // {quantity: 0, subtotal: 0, tax: 0, vague: true}) as $back
  | ($returned[$id].quantity // 0) as $came
  | def this: "the \($line | .name // .title // $id | text // $id | shown)";
    # what edits and refunds left to be sold, 0 when the line was removed; older shops do not send it
    (if .current_quantity != null then (.current_quantity | whole("the quantity of \(this)")) + $came
     else (.quantity | whole("the quantity of \(this)")) - $back.quantity | if . < 0 then 0 else . end end) as $left
  | (.quantity | whole("the ordered quantity of \(this)")) as $ordered
  | (if .price == null then .price_set | shop_money("the price of \(this)") else .price | money("the price of \(this)") end) as $price
  | (($back.vague | not) and $back.quantity <= $ordered - $left) as $known
  | def left_of($gone; thing):
      if . == null or $left == $ordered then . else
        countable(thing) - (if $known then $gone else 0 end)
        | share($left; if $known then $ordered - $back.quantity else $ordered end; $unit) | in_text end;
    taxes("a tax of \(this)") as $taxes
  | ($taxes | map(.amount) | sum("a tax of \(this)") | left_of($back.tax; "a tax of \(this)")) as $tax
  | [ { id:              $id,
        sku:             (.sku | text),                                  # a custom line has none
        name:            (.name // .title | text) },
      { quantity:        $left,
        orderedQuantity: $ordered,
        returnedQuantity: (if $came > 0 then $came else null end),
        unitPrice:       $price },
      # per line, not per unit: 10.00 over three units has no exact unit discount
      { totalDiscount:   ([.discount_allocations | objects_of[] | .amount | money("a discount of \(this)") // empty]
                          | if length > 0 then sum("a discount of \(this)") else $line.total_discount | money("the discount of \(this)") end
                          | left_of(if $known then ($price // "0" | countable("the price of \(this)")) * $back.quantity - $back.subtotal else 0 end; "a discount of \(this)")) },
      { totalTax:        $tax,
        taxes:           ($taxes | if length == 0 then null elif $left == $ordered then . else
                            ($tax | countable("a tax of \(this)")) as $all
                            | map(.amount |= (countable("a tax of \(this)") | share($left; $ordered; $unit)))
                            | .[-1].amount = $all - (map(.amount) | .[0:-1] | add // 0)
                            | map(.amount |= in_text) end) },
      { requiresShipping: (.requires_shipping != false),
        giftCard:        (if .gift_card == true then true else null end),
        # a tip is no goods: it becomes a charge
        tip:             (if (.tip | type) == "object" or ((.name // .title) == "Tip" and .product_id == null and (.sku | text) == null and .requires_shipping == false) then true else null end),
        taxable:         (if .taxable == false then false else null end) },
      { productId:       (.product_id | if . == null then null else id("the product of \(this)") end),
        variantId:       (.variant_id | if . == null then null else id("the variant of \(this)") end) },
      { vendor:          (.vendor | text),
        fulfillmentService: (.fulfillment_service | text),
        groupId:         (.sales_line_item_group_id | text) },           # lines of one bundle share it
      { customFields:    (.properties | fields) } ]
  | add;

# the discounts of a whole order are spread over lines and shipping; discounted_price knows those of shipping alone
def shipping_line:
  (if .price == null then .price_set | shop_money("the price of shipping") else .price | money("the price of shipping") end) as $price
  | (.discounted_price | money("the price of shipping")) as $after
  | taxes("a tax on shipping") as $taxes
  | [ { id:       (.id | if . == null then null else id("the id of a shipping line") end),
        title:    (.title | text),
        code:     (.code | text) },
      { price:    ($price // $after),
        discount: ([.discount_allocations | objects_of[] | .amount | money("a discount on shipping") // empty]
                   | if length > 0 then sum("a discount on shipping")
                     elif $price == null or $after == null or $price == $after then null
                     else ($price | countable("the price of shipping")) - ($after | countable("the price of shipping")) | in_text end) },
      { tax:      ($taxes | map(.amount) | sum("a tax on shipping")),
        taxes:    (if $taxes == [] then null else $taxes end) } ]
  | add | known | select(.price != null);

def worth($price; $discount): ($price // "0" | countable("a price")) - ($discount // "0" | countable("a discount"));

# shipping lines, less what was refunded of them: from the first on, with its share of the tax
def less($off; $unit):
  reduce .[] as $line ({off: $off, lines: []};
    ($line | worth(.price; .discount)) as $worth
    | (if .off < $worth then .off else $worth end) as $here
    | .off -= $here
    | .lines += [ if $here <= 0 then $line else $line
        | .price = (($line.price | countable("the price of shipping")) - $here | in_text)
        | .taxes |= (if . == null then null else map(.amount |= (countable("a tax on shipping") | share(($worth - $here) / $unit; $worth / $unit; $unit) | in_text)) end)
        | .tax = (.taxes // [] | map(.amount) | sum("a tax on shipping"))
        | known end ])
  | .lines;

# the tax on shipping is $tax in all: what its shares are beside it goes to the first of them
def taxed($tax; $unit):
  ($tax - (map(.tax // "0" | countable("a tax on shipping")) | add // 0)) as $rest
  | ([to_entries[] | select((.value.taxes // []) != [])] | .[0].key) as $at
  | if $at == null or $rest == 0 or $rest > length * $unit or - $rest > length * $unit then . else
      .[$at] |= (.tax = ((.tax | countable("a tax on shipping")) + $rest | in_text) | .taxes[-1].amount |= (countable("a tax on shipping") + $rest | in_text)) end;

def largest_edited(which): [to_entries[] | select(.value.quantity < .value.orderedQuantity and (.value | which))] | max_by(.value | worth(.unitPrice; null) * .quantity) | .key;

# shares are rounded line by line, the shop's sums are not: the rest, at most one unit for each rounding, goes to the largest edited line
def settled($subtotal; $tax; $elsewhere; $unit):
  map(select(.quantity < .orderedQuantity)) as $edited
  | if $edited == [] then . else
      (if $subtotal == null then 0 else (map(worth(.unitPrice; null) * .quantity - (.totalDiscount // "0" | countable("a discount"))) | add) - ($subtotal | countable("the subtotal")) end) as $discount
      | (if $tax == null then 0 else ($tax | countable("the tax")) - $elsewhere - (map(.totalTax // "0" | countable("a tax")) | add) end) as $taxes
      | largest_edited(true) as $at
      | if $discount != 0 and $discount <= ($edited | length) * $unit and - $discount <= ($edited | length) * $unit
        then .[$at].totalDiscount |= ((. // "0" | countable("a discount")) + $discount | in_text) else . end
      | ($edited | map(.taxes // [] | length) | add) as $roundings
      | if $taxes != 0 and $taxes <= $roundings * $unit and - $taxes <= $roundings * $unit
        then .[largest_edited(.taxes != null)] |= (.totalTax = ((.totalTax | countable("a tax")) + $taxes | in_text) | .taxes[-1].amount |= (countable("a tax") + $taxes | in_text)) else . end
    end;

# every way to take some of them, all of them first
def choices: if . == [] then [[]] else .[0] as $first | .[1:] | choices | map([$first] + .) + . end;

# Nobody has recorded whether a total has duties, fees and tips in it, or what a refund gave beyond its lines: they are
# charged where the total says so, and where it says nothing that fits, what the shop names is charged and the sum does not come out.
def charged($perhaps; $missing):
  . as $named
  | ([$named + $perhaps | choices[] | select((map(.worth) | add // 0) == $missing)] | .[0]) // $named
  | map(del(.worth));

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

# what was paid for what came back, in ten-thousandths: {goods, tax, discount, shipping, shippingTax}; shipping that was given back with nothing else is taken off what was sold
def came_back($returned):
  [.refunds | objects_of[] | select(of_returns) | .order_adjustments | objects_of[] | select(.kind == "shipping_refund")
   | [.amount, .tax_amount] | map(money("the adjustment of a refund") // "0" | countable("the adjustment of a refund"))] as $with
  | { goods:       ($returned | map(.subtotal) | add // 0),
      tax:         ($returned | map(.tax) | add // 0),
      discount:    (if $returned == {} then 0 else
                      [.line_items | objects_of[] | $returned[.id | tostring] as $of | select($of.vague == false)
                       | ((.price | money("a price")) // (.price_set | shop_money("a price")) // "0" | countable("a price")) * $of.quantity - $of.subtotal] | add // 0 end),
      shipping:    - ($with | map(.[0]) | add // 0),
      shippingTax: - ($with | map(.[1]) | add // 0) };
def worth_of($on_top): .goods + .shipping + $on_top * (.tax + .shippingTax);
def sold($now; $placed; $back; thing): if $now == null then $placed | money(thing) else $now | money(thing) | if $back == 0 or . == null then . else (countable(thing) + $back | in_text) end end;

# Shipping, as far as it was not given back by itself: {lines, price, left, tax, adjusted}; left and tax of all of them and what refunds adjusted besides, in ten-thousandths
def shipping($back; $unit):
  [.shipping_lines | objects_of[] | select(.is_removed != true) | shipping_line] as $placed
  # what is left of it: said by the shop, or by the refunds of it
  | $placed as $ships
  | ($ships | map(worth(.price; .discount)) | add // 0) as $shipped
  | ((.current_shipping_price_set | shop_money("the price of shipping") | if . == null or $back.shipping == 0 then . else (countable("the price of shipping") + $back.shipping | in_text) end)
     // (if $ships == [] then .total_shipping_price_set | shop_money("the price of shipping") else null end)) as $shipping
  | [.refunds | objects_of[] | of_returns as $returns | .order_adjustments | objects_of[] | select(($returns and .kind == "shipping_refund") | not)
     | {kind, amount: (.amount | money("the adjustment of a refund") // "0" | countable("the adjustment of a refund")), tax: (.tax_amount | money("the tax of a refund's adjustment") // "0" | countable("the tax of a refund's adjustment"))}] as $adjusted
  | (if $shipping != null then ($shipping | countable("the price of shipping"))
     else $shipped + ([$adjusted[] | select(.kind == "shipping_refund") | .amount] | add // 0) end) as $left
  | (if $left > $shipped then $ships + [{title: "Shipping", price: ($left - $shipped | in_text)}] elif $left < $shipped then $ships | less($shipped - $left; $unit) else $ships end) as $ships
  # of the tax a refund says what it gave back
  | ([$adjusted[] | select(.kind == "shipping_refund") | .tax] | add // 0) as $givenBack
  | (if $givenBack == 0 then $ships else ($ships | taxed(([$placed[] | .tax // "0" | countable("a tax on shipping")] | add // 0) + $givenBack; $unit)) end) as $ships
  | ($ships | map(.tax // "0" | countable("a tax on shipping")) | add // 0) as $shippingTax
  | {lines: $ships, price: $shipping, $left, tax: $shippingTax, adjusted: ([$adjusted[] | select(.kind != "shipping_refund") | .amount] | add // 0)};

(.email // "" | text) as $own
| ($own // (.contact_email | text) // (.customer | object_or_empty | .email | text)) as $email
| (.phone | text // null) as $phone
| (.currency | text) as $currency
| ($currency | smallest_unit) as $unit
| (if .taxes_included == true then 0 else 1 end) as $on_top
| parcels as $parcels
| [refunded($parcels)][0] as $refunded
| ($refunded | map(select(.back | not)) | by_line) as $taken
| ($refunded | map(select(.back)) | by_line) as $returned
| [came_back($returned)][0] as $back
# what a shop says is what is left now: what came back was sold nevertheless
| sold(.current_subtotal_price; .subtotal_price; $back.goods; "the subtotal") as $subtotal
| sold(.current_total_tax; .total_tax; $back.tax + $back.shippingTax; "the tax") as $tax
| sold(.current_total_discounts; .total_discounts; $back.discount; "the discount") as $discount
| sold(.current_total_price; .total_price; $back | worth_of($on_top); "the total") as $total
| [.line_items | objects_of[] | .duties | objects_of[] | taxes("a tax on duties")[] | .amount | countable("a tax on duties")] as $dutyTaxes
| [shipping($back; $unit)][0] as $shipping
| [.shipping_lines | objects_of[] | select(.is_removed != true)] as $ways
| [ { schemaVersion:   1 },
    { externalId:      (.id | id("its id")) },
    { name:            $name },
    { orderSource:     (.source_name | text) },                            # web, pos, the id of an app: where the shop got it
    { createdAt:       (.created_at | instant("the time it was created")) },
    { placedOn:        (.created_at | if . == null or . == "" then null else .[0:10] end) },   # the day it was where the shop is
    { updatedAt:       (.updated_at | if . == null or . == "" then strange("the time it was updated") else instant("the time it was updated") end) },
    { status:          (if .cancelled_at != null then "cancelled" elif .closed_at != null then "closed" else "open" end) },
    { paymentStatus:   (.financial_status | text) },
    { purchaseOrder:   (.po_number | one_line),
      companyLocation: (.company | object_or_empty | .location_id | if . == null then null else id("the id of the company's location") end) },
    { taxExempt:       (if .tax_exempt == true then true else null end),
      taxExemptions:   (if .tax_exempt == true then [.customer | object_or_empty | .tax_exemptions | if type == "array" then .[] else empty end | text // empty] else [] end | if . == [] then null else . end) },
    { paymentTerms:    (.payment_terms | object_or_empty | .payment_terms_name | text) },   # business to business: when they pay
    # handed over at the till, or picked up in the shop: only where nobody ships it; flags, only where they differ from the usual order
    { delivery:        (if .source_name == "pos" and (.shipping_address | address(null)) == null then "handed-over"
                        elif [$ways[].delivery_category] | index("pickup") then "pick-up" else null end),
      confirmed:       (if .confirmed == false then false else null end),
      test:            (if .test == true then true else null end) },
    { currency:        $currency },                                        # all money below is the shop's, but what is called the buyer's
    { totalOutstanding: (.total_outstanding | money("the amount outstanding")) },
    # only where it is another
    (if (.presentment_currency | text // $currency) == $currency then {} else
       { buyerCurrency:   .presentment_currency,
         buyerTotalPrice: (.current_total_price_set // .total_price_set | object_or_empty | .presentment_money | object_or_empty | .amount | money("the total in the buyer's currency")) } end),
    # what it was sold at after edits and what was taken out; the amounts as first placed count only where a shop sends no other
    { subTotalPrice:   $subtotal,
      orderTax:        $tax,
      orderDiscount:   $discount,
      totalPrice:      $total },
    { returnedPrice:   ($back | worth_of($on_top) | if . == 0 then null else in_text end) },
    { shippingPrice:   ($shipping.price // (if $shipping.lines == [] then null elif ($shipping.lines | length) == 1 and $shipping.lines[0].discount == null then $shipping.lines[0].price else $shipping.left | in_text end)),
      shippingLines:   (if $shipping.lines == [] then null else $shipping.lines end),
      taxesIncluded:   (if .taxes_included == true then true else null end) },
    { shippingClass:   ([$ways[] | .title | text // empty] | if . == [] then null else join(" + ") end) },
    { shippingCode:    ([$ways[] | .code | text // empty] | if . == [] then null else join(" + ") end) },
    { shippingCarrier: ([$ways[] | .carrier_identifier | text // empty] | if . == [] then null else join(" + ") end) },
    { orderNote:       (.note | text) },
    { tags:            (.tags | tags) },
    { customFields:    ((.note_attributes | fields)
                        + ([ ["shopify.cancelled_at",          (.cancelled_at | instant("the time it was cancelled"))],
                             ["shopify.cancel_reason",         (.cancel_reason | text)],
                             ["shopify.closed_at",             (.closed_at | instant("the time it was closed"))],
                             ["shopify.confirmation_number",   (.confirmation_number | text)],
                             ["shopify.source_identifier",     (.source_identifier | text)],
                             ["shopify.location_id",           (.location_id | text)],
                             ["shopify.customer_locale",       (.customer_locale | text)],
                             # business to business: who buys, and until when they pay
                             ["shopify.company_id",            (.company | object_or_empty | .id | text)],
                             ["shopify.payment_due_at",        (.payment_terms | object_or_empty | .payment_schedules | objects_of | map(.due_at) | .[0] | instant("the time it must be paid"))],
                             ["shopify.total_tip_received",    (.total_tip_received | money("the tip") | unless_zero)],
                             ["shopify.duties",                (.current_total_duties_set // .original_total_duties_set | shop_money("the duties") | unless_zero)],
                             ["shopify.additional_fees",       (.current_total_additional_fees_set // .original_total_additional_fees_set | shop_money("the fees") | unless_zero)],
                             ["shopify.cash_rounding",         (.total_cash_rounding_payment_adjustment_set | shop_money("the cash rounding") | unless_zero)],
                             # flags: only where they differ from the usual order
                             ["shopify.duties_included",       (if .duties_included == true  then "true"  else null end)],
                             ["shopify.estimated_taxes",       (if .estimated_taxes == true  then "true"  else null end)] ]
                           | map(select(.[1] != null) | {name: .[0], value: .[1]}))) },
    { customer:        (.customer | object_or_empty
                        | { externalId: (.id | if . == null then null else id("the id of the customer") end),
                            email:      $email,
                            phone:      ($phone // (.phone | one_line)),
                            firstName:  (.first_name | one_line),
                            lastName:   (.last_name | one_line) }
                          + (.tags | tags | if . == [] then {} else {tags: .} end)
                        | known | if length == 0 then null else . end) },
    { billingAddress:  (.billing_address | address($email)) },
    { shippingAddress: (.shipping_address | address($email)) },
    # a payment is called c<checkout>.<number>, or by the order's name (https://shopify.dev/docs/api/admin-rest/latest/resources/transaction)
    { paidAs:          ([(.checkout_id | text), (.checkout_id | text | if . == null then null else "c\(.)" end), (.checkout_token | text)]
                        | map(select(. != null and length <= 200)) | if . == [] then null else . end) },
    { payments:        [.payment_gateway_names | if type == "array" then .[] else empty end | text // empty
                        # money that the shop keeps itself, and that no payment provider tells of
                        | {gateway: ., kind: {gift_card: "gift-card", shopify_store_credit: "store-credit"}[.]} | known] },
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
    { lineItems:       (.line_items
                        | if type != "array" then strange("its list of lines") else . end
                        | map(if type == "object" then . as $sent | line($taken; $returned; $unit) | . + {sku: (.sku | one_line), name: (.name | one_line)}
                                + (.id as $id | .quantity as $left | $sent | goods($id; $left; $parcels)) | known else strange("a line") end)
                        | if (map(.id) | unique | length) == length then . else
                            error("\($of): two of its lines have the id \(map(.id) | group_by(.) | map(select(length > 1))[0][0]). Correct it in the shop: its next event takes the place of this one.") end
                        | settled($subtotal; $tax; $shipping.tax + ($dutyTaxes | add // 0); $unit)) },
    # of the whole order, in ten-thousandths: what is named to be paid besides, and what may be
    { named: [ {kind: "tip",  worth: (if [.line_items[] | select(type == "object") | .tip | type] | index("object") then 0 else .total_tip_received | money("the tip") // "0" | countable("the tip") end)},
               {kind: "duty", worth: (.current_total_duties_set // .original_total_duties_set | shop_money("the duties") // "0" | countable("the duties")), tax: ($dutyTaxes | add)},
               {kind: "fee",  worth: (.current_total_additional_fees_set // .original_total_additional_fees_set | shop_money("the fees") // "0" | countable("the fees"))} ],
      adjusted: $shipping.adjusted } ]
| add
# what is charged besides goods and shipping: tips that are lines, and what the total has in it beyond them
| . + {charges: ([.lineItems[] | select(.tip and .quantity > 0)
     | [ {kind: "tip", id, title: .name}, {amount: (worth(.unitPrice; null) * .quantity - (.totalDiscount // "0" | countable("a discount")) | in_text)}, {tax: .totalTax, taxes} ] | add | known]
   + ([.named[] | select(.worth != 0) | .amount = (.worth | in_text) | .worth += $on_top * (.tax // 0) | if .tax then .tax |= in_text else del(.tax) end] as $named
      | ([ {kind: "adjustment", worth: .adjusted},
           # where the shop spread nothing of it over lines and shipping
           {kind: "discount", worth: (($discount // "0" | countable("the discount")) as $off
              | if $off != 0 and ([.lineItems[], .shippingLines[]? | .totalDiscount // .discount // "0" | countable("a discount")] | add // 0) == 0 then - $off else 0 end)} ]
         | map(select(.worth != 0) | .amount = (.worth | in_text))) as $perhaps
      | if $named == [] and $perhaps == [] then [] else
          ([.lineItems[] | worth(.unitPrice; null) * .quantity - (.totalDiscount // "0" | countable("a discount")) + $on_top * (.totalTax // "0" | countable("a tax"))] | add // 0) as $goods
          | $named | charged($perhaps; if $total == null then null else ($total | countable("the total")) - $goods - $shipping.left - $on_top * $shipping.tax end) end)
   | if . == [] then null else . end),
  lineItems: (.lineItems | map(select(.tip | not))), named: null, adjusted: null}
# onX knows no null: what is unknown is left out, except the three that tell "none" from "not asked"
| with_entries(select(.value != null or .key == "customer" or .key == "billingAddress" or .key == "shippingAddress"))
# end
