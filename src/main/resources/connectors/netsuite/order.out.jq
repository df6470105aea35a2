# The canonical order becomes the body of PUT salesOrder/eid:{externalId}?replace=item.
#   in    the envelope {order, part, lines, externalId, remoteId, settings}
#   out   one sales order; the same document creates it and replaces it, lines included
#   try   jq -f order.out.jq envelope.json

# never within what is shown as one sign: a mark, a colour of skin, what is joined to it, a flag of two letters
def flag: . != null and . >= 127462 and . <= 127487;
def belongs($all; $at):
  $all[$at] as $next
  | $all[$at - 1] as $last
  | $next == 8205 or $last == 8205 or ($next >= 65024 and $next <= 65039) or ($next >= 768 and $next <= 879) or ($next >= 127995 and $next <= 127999)
    or (($next | flag) and ($last | flag) and ([range(0; $at) | select($all[.] | flag | not)] | ($at - 1 - (max // -1)) % 2 == 1));
def cut($limit):
  if . == null or length <= $limit then . else
    explode as $all
    | ([range(0; [$limit, 20] | min) | . as $back | ($limit - $back) | select(belongs($all; .) | not)] | first) as $stop
    | $all[0:($stop // $limit)] | implode
  end;
def joined($with): map(select(. != null and . != "")) | if length == 0 then null else join($with) end;
def known: with_entries(select(.value != null));

# A rate is a JSON number. Up to 15 digits the double in between gives back every one of them.
def rate($of):
  if . == null then null
  elif (gsub("[^0-9]"; "") | gsub("^0+"; "") | length) <= 15 then tonumber
  else error("\($of): NetSuite cannot take the price \(.) without losing a digit. Correct the price and release.") end;

# "name: value; name: value", never longer than the column
def properties: map("\(.name): \(.value)") | joined("; ") | cut(4000);

def address:
  if . == null then null else
    [.firstName, .lastName | select(. != null)] as $names
    | [ { addressee: (.company // ($names | joined(" "))),               # who receives it; a company comes before its people
          attention: (if .company == null then null else $names | joined(" ") end) },
        { addr1:     .address1,
          addr2:     .address2,
          city:      .city,
          state:     .stateOrProvince,
          zip:       .zipCodeOrPostalCode },
        { country:   (if .country == null then null else {id: .country} end) } ]
    | add | known
  end;

.settings as $settings
| "Order \(.order.name)" as $of
| .lines as $lines
| .order
| [ { entity:          { id: ($settings.customer // "107") } },          # one collective customer for all web orders
    # the date in UTC: jq knows no zones, so a shop's late evening may be the next day's order
    { tranDate:        (.createdAt // .updatedAt | .[0:10]),
      otherRefNum:     .name,
      memo:            (.orderNote | cut(999)) },
    { currency:        { refName: .currency },
      shippingAddress: (.shippingAddress | address) },
    { item:            { items: [ $lines[] | select(.quantity > 0)       # removed by an edit: replace=item closes the gap
                         | [ { item:           { externalId: .sku },
                               quantity:       .quantity },
                             { rate:           (.unitPrice | rate($of)) },
                             { description:    .name,
                               custcol_ow_line: .id,                     # finds the line again whatever its position
                               custcol_ow_properties: (.customFields // [] | properties) } ]
                         | add | known ] } } ]
| add | known
# end
