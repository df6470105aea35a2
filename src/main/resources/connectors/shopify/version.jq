# Of which version an order or a product of Shopify is, however wrong the rest of it.
#   in    the REST object, the whole body of the webhook
#   out   the time it was updated, as it is written, or null
#   try   jq -f version.jq payload.json
.updated_at
# end
