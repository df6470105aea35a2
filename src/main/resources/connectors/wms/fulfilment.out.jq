# One part of an order becomes a request for fulfilment: POST /fulfilments, and PUT /fulfilments/{id} to change it.
#   in    the envelope {order, part, lines, externalId, remoteId, settings}
#   out   who receives which lines; prices are none of the warehouse's business
#   try   jq -f fulfilment.out.jq envelope.json

def joined($with): map(select(. != null and . != "")) | if length == 0 then null else join($with) end;
def known: with_entries(select(.value != null));

.lines as $lines
| { reference: .externalId,                                              # the warehouse refuses it a second time
    orderName: .order.name,
    shipTo:    (.order.shippingAddress
                | . as $address | if . == null then null else
                    [ { name:     ([.firstName, .lastName] | joined(" ") // $address.company),   # a label needs somebody who receives it
                        company:  .company,
                        address1: .address1,
                        address2: .address2 },
                      { city:     .city,
                        state:    .stateOrProvince,
                        zip:      .zipCodeOrPostalCode,
                        country:  .country },
                      { phone:    .phone,
                        email:    .email } ]
                    | add | known
                  end),
    # toShip says it where part of a line is not ours to ship; what was removed by an edit leaves nothing to pick
    lines:     [ $lines[] | (.toShip // .quantity) as $quantity | select($quantity > 0)
                 | { lineId:   .id,
                     sku:      .sku,
                     quantity: $quantity }
                 | known ] }
| known
# end
