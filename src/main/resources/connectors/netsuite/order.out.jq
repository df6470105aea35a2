# The canonical order becomes the body of PUT salesOrder/eid:{externalId}?replace=item, with taxDetails where the tax is ours.
#   in    the envelope {order, called, shop, part, lines, externalId, remoteId, money, settings, found}; found of earlier calls: {agreed, rounding} when it was read back, {billing: "refused"}, {customer}, {opens}
#   out   one sales order; the same document creates it and replaces it, lines included
#   try   jq -f order.out.jq envelope.json
# Its total is the shop's, and what NetSuite does with the tax stands in settings.tax:
#   line      the tax is a line of its own, and nothing is taxed there; without a setting
#   override  the tax of each line is the shop's, laid over what NetSuite would reckon (SuiteTax)
#   engine    NetSuite reckons the tax of net amounts by its own codes
# All amounts come from money, which has reckoned them exactly; here they are only placed.

# never within what is shown as one sign: a mark, a colour of skin, what is joined to it, a flag of two letters
def flag: . != null and . >= 127462 and . <= 127487;
def belongs($all; $at):
  $all[$at] as $next
  | $all[$at - 1] as $last
  | $next == 8205 or $last == 8205 or ($next >= 65024 and $next <= 65039) or ($next >= 768 and $next <= 879) or ($next >= 127995 and $next <= 127999)
    or (($next | flag) and ($last | flag) and ([range(0; $at) | select($all[.] | flag | not)] | ($at - 1 - (max // -1)) % 2 == 1));
def cut($limit):
  if . == null or length <= $limit then . else
    explode as $all
    | ([range(0; [$limit, 20] | min) | . as $back | ($limit - $back) | select(belongs($all; .) | not)] | first) as $stop
    | $all[0:($stop // $limit)] | implode
  end;
def joined($with): map(select(. != null and . != "")) | if length == 0 then null else join($with) end;
def known: with_entries(select(.value != null));

# An amount is a JSON number. Up to 15 digits the double in between gives back every one of them.
def rate($of):
  if . == null then null
  elif (gsub("[^0-9]"; "") | gsub("^0+"; "") | length) <= 15 then tonumber
  else error("\($of): NetSuite cannot take the price \(.) without losing a digit. Correct the price and release.") end;

# "name: value; name: value", never longer than the column
def properties: map("\(.name): \(.value)") | joined("; ") | cut(4000);

# what NetSuite would refuse of these is left out: neither is needed to ship or to book
def phone: if . != null and length <= 32 and (gsub("[^0-9]"; "") | length) >= 7 then . else null end;
def email: if . != null and length <= 254 and test("^[^\\s@,;<>]{1,64}@[^\\s@,;<>]{3,253}\\z") and (split("@")[1] | split(".") | length > 1 and all(. != "")) then . else null end;

def address:
  if . == null then null else
    [.firstName, .lastName | select(. != null)] as $names
    | [ { addressee: (.company // ($names | joined(" "))),               # who receives it; a company comes before its people
          attention: (if .company == null then null else $names | joined(" ") end) },
        { addr1:     .address1,
          addr2:     .address2,
          city:      .city,
          state:     .stateOrProvince,
          zip:       .zipCodeOrPostalCode },
        { country:   (if .country == null then null else {id: .country} end),
          addrPhone: (.phone | phone) } ]
    | add | known
  end;

# 0.19 -> 19, by moving the point: a double would make 7.000000000000001 of 0.07
def percent: split(".") | (.[0] + ((.[1] // "") + "00")[0:2] + "." + ((.[1] // "") + "00")[2:] + "0") | tonumber;

def zero: test("^-?0+(\\.0+)?\\z");
def negated: if startswith("-") then .[1:] else "-" + . end;

.settings as $settings
| .shop as $shop
| .found as $found
| .remoteId as $known
| "Order \(.called)" as $of
| .lines as $lines
| .money as $money
| ($settings.tax // "line") as $mode
# an item that the account has for it, or the one that its README tells to make
| def item_for($what): $settings[$what + "-item"] as $id | if $id == null then {externalId: "ORDERWEIR-\($what | ascii_upcase)"} else {id: $id} end;
  # "a=1, b=2" -> the pairs; what has no name is a pair with null
  def rows($name): $settings[$name] // "" | split(",") | map(split("=") | map(trim) | if length == 1 then [null, .[0]] else . end);
  def row($name; $key): [rows($name)[] | select($key != null and .[0] == $key) | .[1]][0];
  # the internal id for the store that the order came from
  def store($name): (row($name; $shop) // [rows($name)[] | select(.[0] == null and .[1] != "") | .[1]][0]) as $id | if $id == null then null else {id: $id} end;
  # "0.19=21, 0.07=22" -> the code of a rate; of any other rate, the one there is for all
  def code($rate):
    ($settings["tax-codes"] // "" | split(",") | map(trim | split("=")) | map(select(.[0] == $rate)) | .[0][1]) // $settings["tax-code"]
    // error("\($of): the connection does not say which tax code of NetSuite stands for the rate \($rate // "of its tax"). An integrator sets it in its settings tax-codes or tax-code; then release.");
  def needed($name): $settings[$name] // error("\($of): with tax=\($mode) NetSuite needs the setting \($name) of the connection. An integrator sets it; then release.");
  # what NetSuite is to do with the tax of a line: nothing, or what the shop did, or its own
  def taxed($part; $reference):
    if $mode == "line" or ($mode == "engine" and ($part.tax | zero)) then
      { isTaxable: false } + (if $settings["no-tax-code"] == null then {} else {taxCode: {id: $settings["no-tax-code"]}} end)
    elif $mode == "override" then { taxDetailsReference: $reference }
    else { taxCode: {id: code($part.taxes // [] | .[0].rate)} } end;
  # one row for each tax of a line, and one of nothing where it has none
  def details($part; $reference):
    if $mode != "override" then [] else
      [ ($part.taxes // [{amount: $part.tax}])[]
        | [ { taxDetailsReference: {id: $reference},
              taxType:   {id: needed("tax-type")},
              taxCode:   {id: (if .rate == null and (.amount | zero) then $settings["no-tax-code"] // code(null) else code(.rate) end)} },
            { taxBasis:  ($part.net | rate($of)),
              taxRate:   (if .rate == null then null else .rate | percent end),
              taxAmount: (.amount | rate($of)) } ]
        | add | known ] end;
  # a price level of NetSuite's own would take the place of ours
  def amount: rate($of) as $amount | {price: {id: "-1"}, amount: $amount};
  def one: amount | {rate: .amount} + .;
  def other($what; $part; $reference):
    { line: [ { item: item_for($what), quantity: 1 }, ($part.net | one), { description: ($part.title | cut(999)) }, taxed($part; $reference) ] | add | known, details: details($part; $reference) };
  ([.order.discounts // [] | .[] | .code // .title // empty] | unique | joined(", ") | cut(999)) as $codes
# goods: with the tax on top, as the shop shows them, and each discount right behind what it is taken off; else what is left net
| ($mode == "line" and .order.taxesIncluded != true) as $shown
| ([ $lines[] | select(.quantity > 0)                                    # removed by an edit: replace=item closes the gap
     | $money.lines[.id] as $part
     | { line: [ { item:           (if .giftCard and $settings["gift-card-item"] then item_for("gift-card") elif .sku == null then item_for("custom") else {externalId: .sku} end),
                   quantity:       .quantity },
                 (if $shown and .unitPrice != null then {rate: (.unitPrice | rate($of))} else {} end),
                 ((if $shown then $part.price else $part.net end) | amount),
                 { description:    .name,
                   custcol_ow_line: .id,                                 # finds the line again whatever its position
                   custcol_ow_properties: (.customFields // [] | properties) },
                 taxed($part; "l\(.id)") ] | add | known,
         details: details($part; "l\(.id)") },
       (if $shown and ($part.discount | zero | not) then
         { line: [ { item: item_for("discount") }, ($part.discount | negated | one), { description: $codes }, taxed({tax: "0"}; null) ] | add | known, details: [] } else empty end) ]) as $goods
# shipping: the cost of a method of the account, or a line
| $settings["ship-method"] as $method
| (if $method != null then [] else [ $money.shippingLines | to_entries[] | select(.value.net | zero | not) | other("shipping"; .value; "s\(.key)") ] end) as $shipping
| [ $money.charges | to_entries[] | .value as $charge | other($charge.kind; $charge + {title: ($charge.title // $charge.kind)}; "c\(.key)") ] as $charges
| (if $mode == "line" and ($money.tax | zero | not) then [other("tax"; {net: $money.tax, tax: "0", title: "Tax"}; null)] else [] end) as $tax
# what NetSuite's own rounding made of it more or less than the order
| (if $found.rounding then [other("rounding"; {net: $found.rounding, tax: "0", title: "Rounding"}; "r0")] else [] end) as $rounding
| ($goods + $shipping + $charges + $tax + $rounding) as $all
# the buyer's number in the place of the shop's, where it fits
| ($settings["po-number"] == "reference" and (.order.purchaseOrder // "" | length | . > 0 and . <= 45)) as $own
# the company's own customer, the buyer's, or one for all; a record that is there keeps its buyer
| (row("company-customers"; .order.companyLocation) // (if $settings.customers == "by-email" and ($known != null or $found.customer != null) then $found.customer else $settings.customer // "107" end)) as $entity
| row("terms"; .order.paymentTerms) as $terms
| ((.order.taxExemptions // []) | join(", ")) as $exemptions
| (if .order.taxExempt then "Tax exempt" + (if $exemptions == "" then "" else ": " + $exemptions end) else null end) as $exempt
# the day it was where the shop is, or the next one on which the books are open
| (.order.placedOn // (.order.createdAt // .order.updatedAt | .[0:10])) as $day
| (if ($found.opens // "" | test("^[0-9]")) then $found.opens else null end) as $open
| (if $found.billing == "refused" then "Billing address not accepted, see the shop" else null end) as $unbilled
| .order
| [ { entity:          (if $entity == null then null else {id: $entity} end) },
    { tranDate:        ($open // $day),
      otherRefNum:     (if $own then .purchaseOrder else .name end),
      terms:           (if $terms == null then null else {id: $terms} end),
      memo:            ([ (if $own then .name elif .purchaseOrder then "Purchase order \(.purchaseOrder)" else null end), (if $open then "Ordered on \($day)" else null end), $unbilled, $exempt, .orderNote ] | joined("; ") | cut(999)) },
    # what the books are kept apart by
    (["class", "department", "location", "subsidiary"] | map({key: ., value: store(.)} | select(.value != null)) | from_entries),
    { currency:        { refName: .currency },
      email:           (.customer.email // .billingAddress.email // .shippingAddress.email | email),
      shippingAddress: (.shippingAddress | address),
      billingAddress:  (if $unbilled then null else .billingAddress | address end) },
    (if $method == null then {} else
      [ { shipMethod: {id: $method}, shippingCost: ($money.shipping.net | rate($of)) },
        (if $mode == "engine" and ($money.shipping.tax | zero | not) then {shippingTaxCode: {id: code([$money.shippingLines[].taxes // [] | .[].rate] | .[0])}}
         elif $mode != "override" and $settings["no-tax-code"] != null then {shippingTaxCode: {id: $settings["no-tax-code"]}} else {} end) ] | add end),
    (if $mode == "line" then {isTaxable: false} else {} end),
    (if $settings.approve != "after-check" then {} elif $found.agreed then {orderStatus: {id: "B"}} elif $known == null then {orderStatus: {id: "A"}} else {} end),
    (if $mode != "override" then {} else
      { taxDetailsOverride: true,
        taxRegOverride:     true,
        nexus:              {id: needed("nexus")},
        taxDetails:         {items: ([$all[].details[]] + (if $method == null then [] else [$money.shippingLines[] | details(.; "SHIPPING")[]] end))} } end),
    { item:            { items: [$all[].line] } } ]
| add | known
# end
