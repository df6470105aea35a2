# Puts one line on hold at the store.
#   in    the envelope {order, part, lines, externalId, remoteId, settings, found, waitsAt}; found says where the line is
#   out   a GraphQL request; the handle is our reference, at most 64 characters, and its end is what makes it unique
#   try   jq -f hold.out.jq envelope.json

[ .waitsAt // [] | .[] ] as $gates
| { query: "mutation FulfillmentOrderHold($id: ID!, $hold: FulfillmentOrderHoldInput!) { fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { fulfillmentHold { id } userErrors { field message code } } }",
    variables: {
      id: .found.fulfillmentOrder,
      hold: {
        handle: .externalId[-64:],
        reason: (if any($gates[]; startswith("payment")) then "AWAITING_PAYMENT" else "OTHER" end),
        reasonNotes: ("Built to order" + (if ($gates | length) > 0 then ", waits for: " + ($gates | join(", ")) else "" end)),
        notifyMerchant: false,
        fulfillmentOrderLineItems: [ { id: .found.lineItem, quantity: .found.quantity } ] } } }
# end
