# Finds a line among the fulfilment orders of its order.
#   in    {envelope, answer}: what was asked for, and Shopify's answer to fulfilment-orders.out.jq
#   out   {fulfillmentOrder, hold}                 a hold with our handle
#         {fulfillmentOrder, lineItem, quantity}   what is left of the line to be packed, in a fulfilment order that can be split
#         {nothing}                                nothing of it is left; also of an order the store does not know any more
#         {}                                       not yet: there are no fulfilment orders, or others hold them
#   try   jq -f fulfilment-orders.in.jq look.json

.envelope as $envelope
| [ .answer.data.order.fulfillmentOrders.nodes[]? ] as $all
| [ $all[] | .id as $id | .fulfillmentHolds[] | select(.handle == $envelope.externalId[-64:]) | {fulfillmentOrder: $id, hold: .id} ] as $held
| [ $all[] | .id as $id | .status as $status | .lineItems.nodes[]
    | select(.remainingQuantity > 0 and .lineItem.id == "gid://shopify/LineItem/\($envelope.lines[0].id)")
    | {status: $status, fulfillmentOrder: $id, lineItem: .id, quantity: .remainingQuantity} ] as $left
| if ($held | length) > 0 then $held[0]
  elif ($all | length) == 0 and .answer.data.order != null then {}
  elif ([ $left[] | select(.status == "OPEN") ] | length) > 0 then [ $left[] | select(.status == "OPEN") ][0] | {fulfillmentOrder, lineItem, quantity}
  elif ([ $left[] | select(.status == "ON_HOLD" or .status == "SCHEDULED") ] | length) > 0 then {}
  elif ($all | length) == 10 or any($all[]; (.lineItems.nodes | length) == 40) then
    error("Order \($envelope.called): it has more fulfilment orders or lines than are looked at, so line \($envelope.lines[0].id) was not found in the store. Put it on hold there by hand, then discard this.")
  else {nothing: true}
  end
# end
