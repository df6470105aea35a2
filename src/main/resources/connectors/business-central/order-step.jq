# The first step of a plan becomes a call.
#   in    {wanted, found: {order, plan}}
#   out   {method, path, etag, body}; path within the company, etag and body as far as the call has them

.found.plan[0] as $step
| .wanted as $document
| ($document.salesOrderLines | map(select(.sequence == $step.sequence)) | .[0]) as $line
| "/salesOrders(\(.found.order))" as $order
| "\($order)/salesOrderLines(\($step.id))" as $there
| if $step.do == "header" then {method: "PATCH", path: $order, etag: $step.etag, body: ($document | del(.externalDocumentNumber, .customerNumber, .salesOrderLines))}
  elif $step.do == "remove" then {method: "DELETE", path: $there, etag: $step.etag}
  # a price or a discount alone would be reckoned anew from the other
  elif $step.do == "line" then {method: "PATCH", path: $there, etag: $step.etag, body: ($line | del(.sequence, .lineType, .lineObjectNumber))}
  else {method: "POST", path: "\($order)/salesOrderLines", body: $line} end
# end
