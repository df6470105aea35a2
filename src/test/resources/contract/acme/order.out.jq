{ number: .externalId,
  name: .order.name,
  delivery: { street: .order.shippingAddress.address1, town: .order.shippingAddress.city },
  lines: [ .lines[] | select(.quantity > 0) | { sku, quantity } ] }
# end
