# A Stripe event about the money of an order becomes the canonical signal (types/signal/schema.json).
#   in    the event, the whole body of the webhook, with the object it is about
#   out   one canonical signal, or an error whose text is the sentence a person will read
#   try   jq -f signal.in.jq payload.json
# What is not read here stands in signal.dropped.yaml with a reason.

def shown: tostring | if length > 60 then .[0:60] + "..." else . end;
def object_or_empty: if type == "object" then . else {} end;
def known: with_entries(select(.value != null));

# blank says the same as absent
def text:
  if   type == "string"                      then trim | if . == "" then null else . end
  elif type == "number" or type == "boolean" then tostring
  else null end;

# a related object is an id, or the object itself where the webhook expands it
def id_of: if type == "object" then .id | text else text end;
def order: object_or_empty | .metadata | object_or_empty | (.order | text) // (.checkout | text) // (.payment | text);
# where two stores have an order of that name it says which one it is
def checkout: object_or_empty | .metadata | object_or_empty | (.checkout | text) // (.payment | text);

if type != "object" then error("The body is not a Stripe event but \(if . == null then "empty" else "a JSON \(type)" end). Discard it, or look at what Stripe sends.") else . end
| (.data | object_or_empty | .object | object_or_empty) as $object
| "Stripe event \(.id | text // "?" | shown) (\(.type | text // "of no kind" | shown))" as $of

# named here, where the event has a name: what is wrong is told with it
| def refuse(thing; wanted):
  error("\($of): \(thing) is \(if . == null then "missing" else "'\(shown)', not \(wanted)" end). Look the event up in Stripe, then correct and release it, or discard it.");

# Stripe counts in the smallest unit. Its own list, not ISO's: ISK and UGX have no decimals, and are still sent with two
# (https://docs.stripe.com/currencies#special-cases).
def one_of($list): . as $this | $list | map(select(. == $this)) | length > 0;
def decimals:
  if   one_of(["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]) then 0
  elif one_of(["BHD", "JOD", "KWD", "OMR", "TND"]) then 3
  else 2 end;

def major($currency):
  (if type == "number" then tostring else "?" end) as $digits
  | if ($digits | test("^[0-9]{1,15}$") | not) then refuse("the amount"; "a whole number of the currency's smallest unit") else
      ($currency | decimals) as $decimals
      | if $decimals == 0 then $digits else
          # 5 cents are 0.05
          ("0000"[0:([0, $decimals + 1 - ($digits | length)] | max)] + $digits) as $padded
          | (($padded | length) - $decimals) as $point
          | $padded[0:$point] + "." + $padded[$point:]
        end
    end;

def money(amount; charge):
  (.currency | text | if . == null or (test("^[A-Za-z]{3}$") | not) then refuse("the currency"; "a code of three letters") else ascii_upcase end) as $currency
  | { about:    (charge | if . == null then refuse("the charge"; "an id") else . end),
      amount:   (amount | major($currency)),
      currency: $currency };

# when it happened, as Stripe's clock has it: the event may come later than others that happened after it
def instant(what): if type == "number" and (tostring | test("^[0-9]{1,11}$")) then (todateiso8601 | .[0:19]) + ".000Z" else refuse(what; "a number of seconds") end;

# until when an authorised card may be captured (https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-card-capture_before)
def capture_before: object_or_empty | .payment_method_details | object_or_empty | .card | object_or_empty | .capture_before | if . == null then null else instant("the time it is to be captured before") end;

.type as $kind
| ($kind | one_of(["payment_intent.succeeded", "payment_intent.amount_capturable_updated", "payment_intent.payment_failed"])) as $intent
| ($kind | one_of(["payment_intent.payment_failed", "charge.failed"])) as $failed
| ($object | if   ($kind | one_of(["charge.refunded", "charge.failed", "charge.succeeded"])) then .id | text
             # older versions of Stripe's API sent a list of charges instead
             elif $intent                             then (.latest_charge | id_of) // (.charges | object_or_empty | .data | if type == "array" then .[0] else null end | id_of)
             else                                          .charge | id_of end) as $charge
# a try that got as far as no charge is named by the payment
| (if $failed then $charge // ($object.id | text) else $charge end) as $about
| [ { schemaVersion: 1 },
    { signal: (if   $kind == "payment_intent.succeeded" then "payment"
               elif $kind == "payment_intent.amount_capturable_updated" or $kind == "charge.succeeded" then "authorized"
               # of a charge that was authorised it is the capture that failed; of any other nothing was taken
               elif $failed                             then "payment-failed"
               elif $kind == "charge.refunded"          then "refund"
               elif $kind == "charge.dispute.created"   then "dispute"
               # an inquiry that was closed without becoming a dispute took no money
               elif $kind == "charge.dispute.closed"    then (if $object.status == "won" or $object.status == "warning_closed" then "dispute-won" else "dispute-lost" end)
               else error("\($of) is of a kind that is not read here. Discard it.") end) },
    # a dispute carries no metadata of its own: it is of the order whose payment named the charge
    { order:  ([$object, $object.charge, $object.latest_charge, $object.payment_intent] | map(order // empty) | .[0]
               | if . == null and $kind == "payment_intent.succeeded" then
                   ($object | if (.currency | type) == "string" and (.amount_received | type) == "number"
                     then (.currency | ascii_upcase) as $currency | " of \(.amount_received | major($currency)) \($currency)" else "" end) as $amount
                   | error("A payment\($amount) that Stripe took (\($object.id | text // "without an id" | shown)) does not say which order it is of. Look it up in Stripe, write its order in and release; or discard it. "
                       + "So that the next ones say it, an integrator lets the checkout write the order into its payments.")
                 else . end) },
    { at:     (.created | instant("the time it was created")) },
    # all that was refunded of a charge so far, not what this refund added
    ($object | if   $kind == "charge.refunded"          then money(.amount_refunded; $charge)
               elif $kind == "payment_intent.succeeded" then money(.amount_received; $charge)
               elif $kind == "payment_intent.amount_capturable_updated" then money(.amount_capturable; $charge)
               else                                          money(.amount; $about) end),
    { evidence: ([ { event:         (.id | text),
                     object:        ($object.id | text),
                     status:        ($object.status | text),
                     reason:        ($object.reason | text),
                     checkout:      ([$object, $object.charge, $object.latest_charge, $object.payment_intent] | map(checkout // empty) | .[0]) },
                   { charge:        $charge,
                     captureBefore: ([$object, $object.latest_charge, ($object.charges | object_or_empty | .data | if type == "array" then .[0] else null end)] | map(capture_before // empty) | .[0]),
                     paymentIntent: (if $intent then $object.id | text else $object.payment_intent | id_of end),
                     livemode:      (.livemode | text) } ] | add | known) } ]
| add | known
# end
