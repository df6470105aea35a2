# One line of an order becomes a work order: POST /work-orders, and PUT /work-orders/{id} to change it.
#   in    the envelope {order, part, lines, externalId, remoteId, settings, basis, gates, found}; found has the day that is asked for
#   out   what is built, from which drawing; who bought it is none of the factory's business
#   try   jq -f work-order.out.jq envelope.json

.settings as $settings
| .found.day as $day
| .gates.drawing as $drawing
| .lines[0] as $line
| { reference:     .externalId,                                        # one live work order of it at a time
    version:       .basis,                                             # comes back in what the factory says: of this configuration, and no other
    order:         .order.name,
    line:          $line.id,
    sku:           $line.sku,
    quantity:      ($line.toShip // $line.quantity),
    productLine:   ($settings["product-line"] // "default"),
    configuration: [ $line.customFields // [] | .[] | {name, value} ] }
  + (if $day == null then {} else { day: $day } end)
  + (if $drawing.file == null then {} else
      { drawing: ({ file: $drawing.file, revision: $drawing.revision, sha256: $drawing.sha256 }
          # where the factory fetches it
          + (if $settings["drawings-url"] == null then {} else { url: "\($settings["drawings-url"])/\($drawing.sha256)/\($drawing.file)" } end)) }
    end)
# end
