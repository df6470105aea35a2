# One line of an order becomes a request for a drawing: POST /requests, and PUT /requests/{id} when it is built differently.
#   in    the envelope {order, part, lines, externalId, remoteId, settings, basis, gates}
#   out   what is to be drawn
#   try   jq -f drawing.out.jq envelope.json

.lines[0] as $line
| { reference:     .externalId,
    version:       .basis,                                             # the drawing's file is called <reference>.<version>_<revision>.<ext>
    order:         .order.name,
    line:          $line.id,
    sku:           $line.sku,
    configuration: [ $line.customFields // [] | .[] | {name, value} ] }
# end
