# Which products the lines of a Shopify order are of.
#   in    the REST order object, the whole body of the webhook
#   out   the ids as a list of texts, each once; a custom line has no product, nor has one whose product was deleted since
#   try   jq -f order.products.jq payload.json
[.line_items[] | .product_id | select(type == "number" or type == "string") | tostring] | unique
# end
