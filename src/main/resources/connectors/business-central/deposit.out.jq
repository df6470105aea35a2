# A payment of a canonical order becomes the body of POST customerPaymentJournals({journal})/customerPayments: a line of the journal in which somebody posts it.
#   in    the envelope {order, externalId, payment {id, amount, currency, at, gateway, record}, settings, found: {customer}}, and what the route adds: reference and number, under which it is known
#         in the journal, and after it is posted in the ledger
#   out   {journal, body}; of the body the amount alone is written when more of the same payment was taken
#   try   jq -f deposit.out.jq envelope.json
# What it is worth is what was paid, in the currency of the company: a line of this journal has no other.

.settings as $settings
| .payment as $payment
| "Order \(.order.name)" as $of
# "stripe=<id>, paypal=<id>, <id>" -> the journal of the gateway; what has no name is of every other
| ($settings["payment-journal"] // "" | split(",") | map(split("=") | map(trim) | if length == 1 then [null, .[0]] else . end)) as $rows
| ([$rows[] | select(.[0] == $payment.gateway) | .[1]][0] // [$rows[] | select(.[0] == null and .[1] != "") | .[1]][0]) as $journal
| if $journal == null then error("\($of): the connection does not say in which journal of Business Central payments of \($payment.gateway) are written. An integrator sets payment-journal; then release.")
  elif $payment.currency != $settings["local-currency"] then
    error("\($of): its payment is of \($payment.currency), and payment journals of Business Central take the currency of the company alone, by local-currency \($settings["local-currency"] // "none"). Correct that setting, or book the payment there by hand; then release or discard this.")
  # up to 15 digits the double in between gives back every one of them
  elif ($payment.amount | gsub("[^0-9]"; "") | gsub("^0+"; "") | length) > 15 then error("\($of): Business Central cannot take the payment of \($payment.amount) without losing a digit. Book it there by hand, then discard this.")
  else {
    journal: $journal,
    body: {
      customerNumber: .found.customer,
      postingDate: $payment.at[0:10],
      documentNumber: .number,
      externalDocumentNumber: .reference,
      # what a customer paid is below zero there
      amount: ($payment.amount | tonumber | -.),
      description: ("\(.order.name) \($payment.gateway) \($payment.id)" | .[0:100]) } }
  end
# end
