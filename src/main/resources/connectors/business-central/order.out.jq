# The canonical order becomes the body of POST salesOrders, lines and all; order-plan.jq says what of it a record that is there lacks.
#   in    the envelope {order, called, shop, part, lines, externalId, remoteId, money, settings, found}, and reference where the route has shortened externalId;
#         found of earlier calls: {customer}, {rounding} when it was read back
#   out   one sales order with its lines, each under a sequence of its own that no edit of the order moves
#   try   jq -f order.out.jq envelope.json
# Its total is the shop's, in the shop's own prices and discounts, and what Business Central does with the tax stands in settings.tax:
#   prices with the tax in them   pricesIncludeTax: their sum is the total, whatever Business Central says how much of it is tax; both modes alike
#   line, without a setting       prices without tax: nothing is taxed there (no-tax-code), and the shop's tax is a line of its own
#   engine                        prices without tax: Business Central reckons the tax, by the tax code of each line

def cut($limit): if . == null or length <= $limit then . else .[0:$limit] end;
def joined($with): map(select(. != null and . != "")) | if length == 0 then null else join($with) end;
def known: with_entries(select(.value != null));
def zero: . == null or test("^-?0+(\\.0+)?\\z");

# An amount is a JSON number. Up to 15 digits the double in between gives back every one of them.
def amount($of):
  if (gsub("[^0-9]"; "") | gsub("^0+"; "") | length) <= 15 then tonumber
  else error("\($of): Business Central cannot take the amount \(.) without losing a digit. Correct it and release.") end;

# what Business Central would refuse of these is left out: neither is needed to ship or to book
def phone: if . != null and length <= 30 and test("^[-0-9+() ./]{5,30}\\z") then . else null end;
def email: if . != null and length <= 80 and test("^[^\\s@,;<>]{1,64}@[^\\s@,;<>]{3,80}\\z") then . else null end;

.settings as $settings
| .shop as $shop
| .found as $found
| .money as $money
| .lines as $lines
| "Order \(.called)" as $of
| (.order.taxesIncluded == true) as $included
| ($settings.tax // "line") as $mode
# "a=1, b=2" -> the pairs; what has no name is a pair with null
| def rows($name): $settings[$name] // "" | split(",") | map(split("=") | map(trim) | if length == 1 then [null, .[0]] else . end);
  # the code for the store that the order came from
  def store($name): [rows($name)[] | select(.[0] == $shop) | .[1]][0] // [rows($name)[] | select(.[0] == null and .[1] != "") | .[1]][0];
  # "8400", a G/L account, or "item FREIGHT"
  def booked_on($what):
    ($settings[$what + "-account"] // $settings["other-account"]
     // error("\($of): the connection does not say on which G/L account of Business Central its \($what) is booked. An integrator sets \($what)-account or other-account; then release."))
    | if startswith("item ") then {lineType: "Item", lineObjectNumber: (.[5:] | trim)} else {lineType: "Account", lineObjectNumber: .} end;
  # of what is taxed by its rate; without a code there, that of the item or the account counts
  def taxed($tax; $taxes):
    (if ($included or $mode == "engine") and ($tax | zero | not) then ([rows("tax-codes")[] | select(.[0] == ($taxes // [] | .[0].rate)) | .[1]][0]) // $settings["tax-code"] else $settings["no-tax-code"] end) as $code
    | if $code == null then {} else {taxCode: $code} end;
  # keys in the order in which Business Central is to look at them
  def line($sequence; $object; $title; $quantity; $price; $discount; $tax):
    {sequence: $sequence} + $object + {description: ($title // "" | cut(100)), quantity: $quantity, unitPrice: ($price | amount($of)), discountAmount: ($discount // "0" | amount($of))} + $tax;
  def comment($sequence): cut(100) | {sequence: $sequence, lineType: "Comment", description: .};
  # where each kind of lines begins, with room for a million lines before the next
  def place($kind; $at): $kind * 100000000 + ($at + 1) * 1000;
  [ .order.shippingLines // [] | to_entries[] | select(.value.price != null and (.value.price | zero | not)) ] as $shipping
| [ [([.order.name, (if .order.purchaseOrder then "Purchase order \(.order.purchaseOrder)" else null end)] | joined("; ") | select(. != null) | comment(1))],
    [ $lines | to_entries[] | .key as $at | .value | select(.quantity > 0)
      | line(place(0; $at);
             (if .giftCard and $settings["gift-card-account"] then booked_on("gift-card") elif .sku == null then booked_on("custom") else {lineType: "Item", lineObjectNumber: .sku} end);
             .name; .quantity; .unitPrice // "0"; .totalDiscount; taxed($money.lines[.id].tax; .taxes)),
        ((.customFields // []) | map("\(.name): \(.value)") | joined("; ") | select(. != null) | comment(place(0; $at) + 1)) ],
    [ $shipping[] | line(place(1; .key); booked_on("shipping"); .value.title // "Shipping"; 1; .value.price; .value.discount; taxed(.value.tax; .value.taxes)) ],
    [ .order.charges // [] | to_entries[] | select(.value.amount | zero | not) | line(place(2; .key); booked_on(.value.kind); .value.title // .value.kind; 1; .value.amount; "0"; taxed(.value.tax; .value.taxes)) ],
    [ if $mode == "line" and ($included | not) and ($money.tax | zero | not) then line(place(3; 0); booked_on("tax"); "Tax"; 1; $money.tax; "0"; taxed("0"; null)) else empty end ],
    # what Business Central's own rounding made of it more or less than the order
    [ if $found.rounding then line(place(4; 0); booked_on("rounding"); "Rounding"; 1; $found.rounding; "0"; taxed("0"; null)) else empty end ] ] as $all
| (.reference // (.externalId // "" | ascii_upcase)) as $reference
| .order
| (.shippingAddress // {}) as $to
| ([$to.firstName, $to.lastName] | joined(" ")) as $person
| [ { externalDocumentNumber: $reference,
      orderDate:         (.placedOn // (.createdAt // .updatedAt | .[0:10])),
      customerNumber:    ((if $settings.customers == "by-email" then $found.customer else null end) // $settings.customer),
      currencyCode:      .currency,
      pricesIncludeTax:  $included },
    # a name that is empty would leave the customer's own address in the place of the order's
    { shipToName:        ($to.company // $person // ""),
      shipToContact:     (if $to.company == null then "" else $person // "" end),
      shipToAddressLine1: ($to.address1 // ""),
      shipToAddressLine2: ($to.address2 // ""),
      shipToCity:        ($to.city // ""),
      shipToState:       ($to.stateOrProvince // ""),
      shipToPostCode:    ($to.zipCodeOrPostalCode // ""),
      shipToCountry:     ($to.country // "") },
    { phoneNumber:       ($to.phone | phone),
      email:             (.customer.email // .billingAddress.email // $to.email | email),
      shortcutDimension1Code: store("dimension-1"),
      shortcutDimension2Code: store("dimension-2"),
      salesOrderLines:   ($all | add) } ]
| add | known
# end
