# Takes back the day that expected-date.out.jq wrote.
#   in    the envelope {order, part, lines, externalId, remoteId, settings}
#   out   a GraphQL request
#   try   jq -f expected-date-gone.out.jq envelope.json

{ query: "mutation MetafieldsDelete($fields: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $fields) { deletedMetafields { key } userErrors { field message } } }",
  variables: { fields: [ { ownerId: "gid://shopify/Order/\(.order.externalId)", namespace: "orderweir", key: "expected_\(.lines[0].id)" } ] } }
# end
