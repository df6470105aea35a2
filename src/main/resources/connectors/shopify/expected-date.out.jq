# Writes the day a line is expected on into a metafield of its order: namespace orderweir, key expected_<line id>, type date.
#   in    the envelope {order, called, part, lines, externalId, remoteId, settings, gates}; the latest day that the evidence of a gate names counts
#   out   a GraphQL request
#   try   jq -f expected-date.out.jq envelope.json

([ .gates[] | .day? // empty ] | max) as $day
| if $day == null then error("Order \(.called): no gate of line \(.lines[0].id) says a day, so the store cannot be told one. Take the row out of flows.yaml, or name the day in the evidence.") else . end
| { query: "mutation MetafieldsSet($fields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $fields) { metafields { id } userErrors { field message code } } }",
    variables: { fields: [ {
      ownerId: "gid://shopify/Order/\(.order.externalId)", namespace: "orderweir", key: "expected_\(.lines[0].id)", type: "date", value: $day } ] } }
# end
