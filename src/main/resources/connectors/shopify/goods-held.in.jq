# Reads who holds or schedules the goods of orders.
#   in    Shopify's answer to goods-held.out.jq
#   out   order id to {open: true}, or {keptBy, until}: who keeps it and why, and the day it is scheduled for; with {parts}, the ids of its fulfilment orders, by which news name it. An order without fulfilment orders is left out: they come a moment after it. Our own
#         holds say only that we have not asked for those goods.
#   try   jq -f goods-held.in.jq answer.json

def words: map(select(. != null and . != "")) | join(", ");
[ .data.orders.nodes[]
  | .fulfillmentOrders as $parts
  | select(($parts.nodes | length) > 0)
  | [ $parts.nodes[].fulfillmentHolds[] | select(.heldByRequestingApp | not)
      | "\(.heldByApp.title // "somebody at the shop") holds it: \([ .displayReason, .reasonNotes ] | words)" ] as $holds
  | [ $parts.nodes[] | select(.status == "SCHEDULED") | .fulfillAt ] as $days
  | { key: (.id | split("/") | last),
      value: ((if ($holds | length) > 0 then { keptBy: ($holds | unique | join("; ") | .[:300]) }
        elif ($days | length) > 0 then ($days | map(select(. != null)) | max) as $day
          | { keptBy: "the shop schedules it\(if $day != null then " for \($day[:10])" else "" end)" } + (if $day != null then { until: $day } else {} end)
        elif any($parts.nodes[]; .status == "ON_HOLD" and (.fulfillmentHolds | length) == 0) then { keptBy: "the shop holds it, and does not say why" }
        elif $parts.pageInfo.hasNextPage then { keptBy: "it has more fulfilment orders than are looked at: look in the shop, and open the gate by hand" }
        else { open: true } end) + { parts: [ $parts.nodes[].id | split("/") | last ] }) } ] | from_entries
# end
