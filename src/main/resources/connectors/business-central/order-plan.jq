# What is to be done until a record is what the order says: the header first, then lines that are too much, changed, missing.
#   in    {envelope, wanted, record}: as order.out.jq makes it, and as Business Central has it with its lines
#   out   what was found before, such as {rounding}, with {order, plan}: the record's id, and a list of {do: header | remove | line | add, sequence, id, etag}; no plan where nothing is left to do

# Business Central keeps codes in capitals, and says an empty text where there is none
def known_as($field): (. // "") | if type == "string" and ($field | test("^(lineObjectNumber|taxCode|currencyCode|shipToPostCode|shipToCountry|shortcutDimension[12]Code)\\z")) then ascii_upcase else . end;
# who the order is of, and under which reference, stays what it was
def header: ["externalDocumentNumber", "customerNumber", "salesOrderLines"] as $not | with_entries(select(.key as $key | $not | index($key) == null));
def differs($said): . as $has | $said | to_entries | any(.[]; .key as $key | (.value | known_as($key)) != ($has[$key] | known_as($key)));

(.envelope.found // {} | del(.plan)) as $before
| .wanted as $document
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
| $before + {order: $record.id} + (if $plan == [] then {} else {plan: $plan} end)
# end
