# News of a fulfilment order (placed on hold, released, due), and a transaction of an order that came to something, become the canonical signal (types/signal/schema.json).
#   in    the whole body of the webhook: {fulfillment_order: {id, status}, ...}, or the fulfilment order's id wherever else it stands, which names no order and says no time; or the REST transaction,
#         which has a kind
#   out   one canonical signal, or an error whose text is the sentence a person will read: goods-news about the fulfilment order, of now; or authorized, payment, refund, or payment-failed where the
#         capture of what was authorised failed
#   try   jq -f signal.in.jq payload.json
# What news say of the goods is not read: the store is asked. Of a transaction what is not read stands in signal.dropped.yaml with a reason. It is about the charge as the gateway calls it, by which
# others tell of the same one; else about the transaction that it goes on with, or itself. Each is a part of its charge.

def shown: tostring | if length > 60 then .[0:60] + "..." else . end;
def known: with_entries(select(.value != null));
def text: if type == "string" then (if test("\\S") then . else null end) elif type == "number" or type == "boolean" then tostring else null end;

def news:
  [ (objects | .fulfillment_order | objects | .id), (.. | strings | select(startswith("gid://shopify/FulfillmentOrder/"))) ]
  | map(select(. != null) | tostring | split("/") | last) | .[0]
  | if . == null or . == "" then error("News of held goods name no fulfilment order. Discard it: the store is asked of its orders in any case; should more of them come, look at what Shopify sends.") else . end
  | { schemaVersion: 1, signal: "goods-news", about: ., at: ((now | floor | todateiso8601 | .[:19]) + ".000Z"), evidence: {} };

def transaction:
  "Transaction \(.id | text // "without an id" | shown) of the order with the id \(.order_id | text // "?" | shown)" as $of

  # named here, where the transaction has a name: what is wrong is told with it
  | def refuse(thing; wanted):
      error("\($of): \(thing) is \(if . == null then "missing" else "'\(shown)', not \(wanted)" end). Look it up in the shop, then correct and release it, or discard it.");
    def id(thing): text | if . != null and test("^[0-9]{1,20}\\z") then . else refuse(thing; "a number") end;
    # any offset -> UTC with milliseconds; the round trip finds the 30th of February
    def instant(thing):
      (if type == "string" then [capture("^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\\.(?<part>[0-9]{1,9}))?(Z|(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2}))\\z")][0] else null end) as $time
      | (if $time == null then null else $time.local + "Z" | try fromdateiso8601 catch null end) as $seconds
      | if $seconds == null or ($seconds | todateiso8601) != $time.local + "Z" then refuse(thing; "a possible time with a zone") else
          (if $time.sign == null then 0 else $time.hours + $time.minutes | explode | map(. - 48) | (.[0] * 10 + .[1]) * 3600 + (.[2] * 10 + .[3]) * 60 end) as $offset
          | ($seconds + (if $time.sign == "-" then $offset else - $offset end) | todateiso8601 | .[0:19]) + "." + (($time.part // "") + "000")[0:3] + "Z"
        end;
    # a JSON number has passed through a double: up to 15 digits it is what the shop wrote
    def money:
      tostring as $digits
      | if ($digits | test("^[0-9]{1,15}(\\.[0-9]{1,6})?\\z")) and (type == "string" or ($digits | gsub("[^0-9]"; "") | length) <= 15) then $digits else refuse("its amount"; "an amount such as 10.00") end;

  {authorization: "authorized", emv_authorization: "authorized", sale: "payment", capture: "payment", refund: "refund"}[.kind | text // ""] as $kind
  | (if   $kind != null and .status == "success"       then $kind
     elif .kind == "capture" and (.status == "failure" or .status == "error") then "payment-failed"
     else error("\($of) is a \(.kind | shown) that is \(.status | shown), which moves no money. Discard it.") end) as $signal
  | (.id | id("its id")) as $id
  | (.parent_id | if . == null then null else id("the transaction it goes on with") end) as $parent
  | (.authorization | text | if . != null and length > 200 then null else . end) as $charge
  | [ { schemaVersion: 1,
        signal:   $signal,
        order:    (.order_id | id("the id of its order")) },
      { at:       (.processed_at // .created_at | instant("its time")) },
      { about:    ($charge // $parent // $id),
        amount:   (.amount | money),
        currency: (.currency | text | if . != null and test("^[A-Z]{3}\\z") then . else refuse("its currency"; "a code of three capitals") end) },
      { evidence: ([ { transaction: $id,
                       parent:      $parent,
                       charge:      $charge,
                       gateway:     (.gateway | text),
                       kind:        {gift_card: "gift-card", shopify_store_credit: "store-credit"}[.gateway | text // ""] },
                     { payment:     (.payment_id | text),
                       error:       (.error_code | text),
                       captureBefore: (if $signal != "authorized" or .authorization_expires_at == null then null else .authorization_expires_at | instant("when its authorisation ends") end) } ] | add | known) } ]
  | add;

if type == "object" and has("kind") then transaction else news end
# end
