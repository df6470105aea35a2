{ schemaVersion: 1, externalId: (.id | tostring), name: .number, updatedAt: .changed, status: "open", currency: .currency,
  lineItems: [ .lines[] | { id: (.line | tostring), sku: .sku, quantity: .quantity, requiresShipping: true } ] }
# end
