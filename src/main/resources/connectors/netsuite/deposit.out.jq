# A payment of a canonical order becomes the body of PUT customerDeposit/eid:{externalId}: a customer deposit of its sales order.
#   in    the envelope {order, called, shop, part, externalId, payment {id, amount, currency, at, gateway, record}, settings, found: {customer, opens}}
#   out   one customer deposit; the same document creates it, and changes its amount when more of the same payment was taken
#   try   jq -f deposit.out.jq envelope.json
# What it is worth is what was paid, in the currency it was paid in. The customer is the sales order's own.

def known: with_entries(select(.value != null));

.settings as $settings
| .payment as $payment
| "Order \(.called)" as $of
| .shop as $shop
# "stripe=12, paypal=13, 14" -> the internal id for the gateway or the store; what has no name is of every other
| def record($name; $key):
    ($settings[$name] // "" | split(",") | map(split("=") | map(trim) | if length == 1 then [null, .[0]] else . end)) as $rows
    | ([$rows[] | select(.[0] == $key) | .[1]][0] // [$rows[] | select(.[0] == null and .[1] != "") | .[1]][0]) as $id
    | if $id == null then null else {id: $id} end;
  # up to 15 digits the double in between gives back every one of them
  (if ($payment.amount | gsub("[^0-9]"; "") | gsub("^0+"; "") | length) <= 15 then $payment.amount | tonumber
   else error("\($of): NetSuite cannot take the payment of \($payment.amount) without losing a digit. Book it there by hand, then discard this.") end) as $amount
| $payment.at[0:10] as $day
# the next day on which the books are open
| (if (.found.opens // "" | test("^[0-9]")) then .found.opens else null end) as $open
| [ { customer:      {id: .found.customer},
      salesOrder:    {id: $payment.record} },
    { currency:      {refName: $payment.currency},
      payment:       $amount,
      tranDate:      ($open // $day) },
    { account:       record("deposit-account"; $payment.gateway),
      paymentOption: record("payment-option"; $payment.gateway) },
    # what the books are kept apart by, as of the sales order; its customer says the subsidiary
    { class:         record("class"; $shop),
      department:    record("department"; $shop),
      location:      record("location"; $shop) },
    { memo:          ((if $open then "Paid on \($day); " else "" end) + "\(.order.name) \($payment.gateway) \($payment.id)" | .[0:999]) } ]
| add | known
# end
