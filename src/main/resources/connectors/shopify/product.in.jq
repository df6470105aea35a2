# A Shopify product becomes the canonical product (types/product/schema.json).
#   in    the REST product object, the whole body of products/create and products/update; of a deleted one Shopify sends the id and nothing else
#   out   one canonical product, or an error whose text is the sentence a person will read
#   try   jq -f product.in.jq payload.json
# What is not read here stands in product.dropped.yaml with a reason.

def shown: tostring | if length > 60 then .[0:60] + "..." else . end;

# blank says the same as absent
def text: if type == "string" then trim | if . == "" then null else . end else null end;

if type != "object" then error("The body is not a Shopify product but \(if . == null then "empty" else "a JSON \(type)" end). Discard it, or look at what the shop sends.") else . end
| "Product \(if (.title | text) != null then .title elif .id == null then "?" else .id end | shown)" as $of

# named here, where the product has a name: what is wrong is told with it
| def refuse(thing; wanted):
  error("\($of): \(thing) is \(if . == null then "missing" else "'\(shown)', not \(wanted)" end). Correct it in the shop: its next event takes the place of this one.");

# ids have up to 19 digits: text from here on, never a number again
def id:
  (if type == "number" or type == "string" then tostring else "" end) as $id
  | if $id | test("^[0-9]{1,20}$") then $id else refuse("its id"; "a number of up to 20 digits") end;

# any offset -> UTC with milliseconds; the round trip finds the 30th of February
def instant:
  (if type == "string" then [capture("^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\\.(?<part>[0-9]{1,9}))?(Z|(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2}))$")] else [] end) as $found
  | (if ($found | length) == 1 then $found[0] | (.local + "Z") as $local | (try ($local | fromdateiso8601) catch null) as $seconds
       | if $seconds != null and ($seconds | todateiso8601) == $local then . + {seconds: $seconds} else null end
     else null end) as $time
  | if $time == null then refuse("the time it was updated"; "a possible time with a zone") else
      $time
      | (if .sign == null then 0 else
           (.hours + .minutes | explode | map(. - 48) | (.[0] * 10 + .[1]) * 3600 + (.[2] * 10 + .[3]) * 60) end) as $offset
      | (.seconds + (if .sign == "-" then $offset else - $offset end) | todateiso8601 | .[0:19])
        + "." + (((.part // "") + "000")[0:3]) + "Z"
    end;

(.id | id) as $id
| { schemaVersion: 1, externalId: $id }
+ if has("product_type") then
    # none is a product type too: it was told, and it is no other
    { productType: (.product_type | if . == null then "" elif type == "string" then text // "" else refuse("its product type"; "a text") end),
      updatedAt:   (.updated_at | instant) }
  elif (keys - ["id", "admin_graphql_api_id"]) == [] then
    { deleted: true }
  else
    null | refuse("its product type"; "a text")
  end
# end
