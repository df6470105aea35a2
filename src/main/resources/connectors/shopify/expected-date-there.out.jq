# Asks for the day that expected-date.out.jq wrote.
#   in    the envelope {order, part, lines, externalId, remoteId, settings}
#   out   a GraphQL request
#   try   jq -f expected-date-there.out.jq envelope.json

{ query: "query Expected($order: ID!, $key: String!) { order(id: $order) { metafield(namespace: \"orderweir\", key: $key) { value } } }",
  variables: { order: "gid://shopify/Order/\(.order.externalId)", key: "expected_\(.lines[0].id)" } }
# end
