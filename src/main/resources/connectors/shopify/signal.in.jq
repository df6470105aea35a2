# News of a fulfilment order (placed on hold, released, due) becomes the canonical signal (types/signal/schema.json).
#   in    the whole body of the webhook: {fulfillment_order: {id, status}, ...}, or the fulfilment order's id wherever else it stands; it names no order, and says no time
#   out   one canonical signal about the fulfilment order, of now
#   try   jq -f signal.in.jq payload.json
# What it says of the goods is not read: the store is asked.

[ (objects | .fulfillment_order | objects | .id), (.. | strings | select(startswith("gid://shopify/FulfillmentOrder/"))) ]
| map(select(. != null) | tostring | split("/") | last) | .[0]
| if . == null or . == "" then error("News of held goods name no fulfilment order. Discard it: the store is asked of its orders in any case; should more of them come, look at what Shopify sends.") else . end
| { schemaVersion: 1, signal: "goods-news", about: ., at: ((now | floor | todateiso8601 | .[:19]) + ".000Z"), evidence: {} }
# end
