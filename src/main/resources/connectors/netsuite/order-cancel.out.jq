# A cancelled order becomes the body of PATCH salesOrder/eid:{externalId}?replace=item: every line stays and is closed.
#   in    the envelope {order, part, lines, externalId, remoteId, settings}
#   out   the lines with isClosed; nothing else of the sales order changes
#   try   jq -f order-cancel.out.jq envelope.json

def known: with_entries(select(.value != null));

# Lines an edit removed are not at NetSuite and stay away. When the refund that comes with a cancellation has brought
# every line to 0, they are all named again as they were ordered: an empty list would delete them instead of closing them.
.settings as $settings
| ([.lines[] | select(.quantity > 0)]
 | if length == 0 then null else . end) as $open
# what shipping costs by a method of the account is no line that could be closed
| (if $settings["ship-method"] == null then {} else {shippingCost: 0} end)
+ { item: { items: [ ($open // [.lines[] | . + {quantity: (.orderedQuantity // 0)} | select(.quantity > 0)])[]
            | [ { item:            (if .giftCard and $settings["gift-card-item"] then {id: $settings["gift-card-item"]}
                                    elif .sku == null and $settings["custom-item"] then {id: $settings["custom-item"]} else {externalId: .sku} end),
                  quantity:        .quantity },
                { isClosed:        true,
                  custcol_ow_line: .id } ]                               # finds the line again whatever its position
            | add | known ] } }
# end
