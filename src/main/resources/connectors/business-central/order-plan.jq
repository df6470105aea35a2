# What is to be done until a record is what the order says: the header first, then lines that are too much, changed, missing.
#   in    {wanted, record}: as order.out.jq makes it, and as Business Central has it with its lines
#   out   {order, plan}: the record's id, and a list of {do: header | remove | line | add, sequence, id, etag}; no plan where nothing is left to do

# Business Central keeps codes in capitals, and says an empty text where there is none
def same($said): (. // "") as $has | $has == $said or (($has | type) == "string" and ($said | type) == "string" and ($has | ascii_upcase) == ($said | ascii_upcase));
# who the order is of, and under which reference, stays what it was
def header: ["externalDocumentNumber", "customerNumber", "salesOrderLines"] as $not | with_entries(select(.key as $key | $not | index($key) == null));
def differs($said): . as $has | $said | to_entries | any(.[]; .key as $key | .value as $value | $has[$key] | same($value) | not);

.wanted as $document
| .record as $record
| ($document.salesOrderLines | map({key: "\(.sequence)", value: .}) | from_entries) as $wanted
| ($record.salesOrderLines // [] | map({key: "\(.sequence)", value: .}) | from_entries) as $there
# another item under the same sequence is another line
| def replaced: . as $line | $there["\($line.sequence)"] as $has | $has != null and (($has | differs($line | {lineType, lineObjectNumber} | with_entries(select(.value != null)))));
  [ [ if $record | differs($document | header) then {do: "header", etag: $record["@odata.etag"]} else empty end ],
    # a comment that somebody wrote there costs nothing
    [ $there[] | select($wanted["\(.sequence)"] == null and .lineType != "Comment" or ($wanted["\(.sequence)"] // {sequence: -1} | replaced)) | {do: "remove", sequence, id, etag: .["@odata.etag"]} ],
    [ $wanted[] | . as $line | $there["\(.sequence)"] | select(. != null) | select($line | replaced | not) | select(differs($line)) | {do: "line", sequence, id, etag: .["@odata.etag"]} ],
    [ $wanted[] | select($there["\(.sequence)"] == null or replaced) | {do: "add", sequence} ] ]
| add as $plan
| {order: $record.id} + (if $plan == [] then {} else {plan: $plan} end)
# end
