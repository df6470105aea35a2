# Releases one hold at the store.
#   in    the envelope {order, part, lines, externalId, remoteId, settings, found}; found says where the hold is
#   out   a GraphQL request
#   try   jq -f release.out.jq envelope.json

{ query: "mutation FulfillmentOrderReleaseHold($id: ID!, $holds: [ID!]) { fulfillmentOrderReleaseHold(id: $id, holdIds: $holds) { fulfillmentOrder { id status } userErrors { field message code } } }",
  variables: { id: .found.fulfillmentOrder, holds: [ .found.hold ] } }
# end
