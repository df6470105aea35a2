# On whom an order is booked, and what must be asked or done before that.
#   in    the envelope {order, called, shop, externalId, remoteId, settings, found}
#   out   {next: "book"}                  nothing: order.out.jq says the customer
#         {next: "look", body}            SuiteQL for a customer of the buyer's e-mail address
#         {next: "make", mail, body}      there is none: a new one, by an external id that the address gives
#         {next: "hold", sentence}        a company that nobody has named to the connection
#   try   jq -f customer.out.jq envelope.json

def cut($limit): if . == null then null else .[0:$limit] end;
def joined($with): map(select(. != null and . != "")) | if length == 0 then null else join($with) end;
def known: with_entries(select(.value != null));

.settings as $settings
| .shop as $shop
| .order as $order
| ($settings.customers == "by-email") as $each
# one buyer is one customer, however the address is written; what is no plain one is nobody's
| ($order.customer.email // $order.billingAddress.email // $order.shippingAddress.email // "" | trim | ascii_downcase
   | if length <= 254 and test("^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]{3,253}\\z") and (split("@")[1] | split(".") | length > 1 and all(. != "")) then . else null end) as $mail
| def rows($name): $settings[$name] // "" | split(",") | map(split("=") | map(trim) | if length == 1 then [null, .[0]] else . end);
  [rows("company-customers")[] | select(.[0] == $order.companyLocation) | .[1]][0] as $company
| if $order.companyLocation != null and ($each or $settings["company-customers"] != null) and $company == null then
    { next: "hold",
      sentence: ("Order \(.called): the buyer is the company location \($order.companyLocation), and nobody has said which customer of NetSuite that is. "
        + "An integrator adds it to company-customers of the connection; then release.") }
  elif ($each | not) or $mail == null or $order.companyLocation != null or .remoteId != null or .found.customer != null and .found.customer != "none" then {next: "book"}
  elif .found.customer == null then
    # of several the oldest
    { next: "look",
      body: {q: "SELECT id FROM customer WHERE LOWER(email) = '\($mail | gsub("'"; "''"))' AND isinactive = 'F' ORDER BY id"} }
  else
    ($order.customer // {}) as $buyer
    | ($order.billingAddress // $order.shippingAddress // {}) as $address
    | ($buyer.firstName // $address.firstName) as $first
    | ($buyer.lastName // $address.lastName) as $last
    | [rows("subsidiary")[] | select(.[0] == $shop or .[0] == null and .[1] != "")] | sort_by(.[0] == null) | .[0][1] as $subsidiary
    | { next: "make",
        mail: $mail,
        body: ([ (if $first != null and $last != null then {isPerson: true, firstName: ($first | cut(32)), lastName: ($last | cut(32))}
                  else {isPerson: false, companyName: ([$address.company // ([$first, $last] | joined(" ")) // $mail] | .[0] | cut(83))} end),
                 { entityId:   ($mail | cut(80)),                             # two buyers may have one name
                   email:      $mail,
                   subsidiary: (if $subsidiary == null then null else {id: $subsidiary} end) } ] | add | known) }
  end
# end
