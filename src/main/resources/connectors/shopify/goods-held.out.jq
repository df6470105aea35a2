# Asks who holds or schedules the goods of orders, of up to 31 in one call for less than 70 points.
#   in    JSON array of the shop's order ids
#   out   a GraphQL request; an order has more than 7 fulfilment orders once in a blue moon, and is told then
#   try   jq -f goods-held.out.jq ids.json

{ query: ("query Held($orders: String!) { orders(first: 31, query: $orders) { nodes { id fulfillmentOrders(first: 7) { pageInfo { hasNextPage } nodes {"
    + " id status fulfillAt fulfillmentHolds { displayReason reasonNotes heldByRequestingApp heldByApp { title } } } } } } }"),
  variables: { orders: ([ .[] | "id:\(.)" ] | join(" OR ")) } }
# end
