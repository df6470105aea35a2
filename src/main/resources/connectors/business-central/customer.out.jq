# On whom an order is booked, and what must be asked or done before that.
#   in    the envelope {order, settings, found}
#   out   {next: "book"}               nothing: order.out.jq says the customer
#         {next: "look", query}        a customer of the buyer's e-mail address
#         {next: "make", mail, body}   there is none: a new one, whose number the route makes of the address
#   try   jq -f customer.out.jq envelope.json

def cut($limit): if . == null then null else .[0:$limit] end;
def joined($with): map(select(. != null and . != "")) | if length == 0 then null else join($with) end;

.order as $order
# one buyer is one customer, however the address is written; what is no plain one is nobody's
| ($order.customer.email // $order.billingAddress.email // $order.shippingAddress.email // "" | trim | ascii_downcase
   | if length <= 80 and test("^[a-z0-9.!#$%&*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{3,80}\\z") then . else null end) as $mail
| if .settings.customers != "by-email" or $mail == null or .remoteId != null or .found.customer != null and .found.customer != "none" then {next: "book"}
  elif .found.customer == null then
    # of several the oldest; a letter would not do as it is in an address of a call
    {next: "look", query: "$select=number&$top=1&$orderby=number&$filter=email%20eq%20'\($mail | @uri)'"}
  else
    ($order.billingAddress // $order.shippingAddress // {}) as $address
    | ([$order.customer.firstName // $address.firstName, $order.customer.lastName // $address.lastName] | joined(" ")) as $person
    | {next: "make", mail: $mail, body: {displayName: ($address.company // $person // $mail | cut(100)), type: (if $address.company == null then "Person" else "Company" end), email: $mail}}
  end
# end
