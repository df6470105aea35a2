# Asks for the fulfilment orders of an order, with what is held in them.
#   in    the envelope {order, part, lines, externalId, remoteId, settings, found}
#   out   a GraphQL request; 10 fulfilment orders of 40 lines are more than orders have
#   try   jq -f fulfilment-orders.out.jq envelope.json

{ query: ("query FulfillmentOrders($order: ID!) { order(id: $order) { fulfillmentOrders(first: 10) { nodes {"
    + " id status fulfillmentHolds { id handle }"
    + " lineItems(first: 40) { nodes { id remainingQuantity lineItem { id } } } } } } }"),
  variables: { order: "gid://shopify/Order/\(.order.externalId)" } }
# end
