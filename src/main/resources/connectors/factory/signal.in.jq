# A message of the factory about a work order becomes the canonical signal (types/signal/schema.json).
#   in    the message, the whole body of the webhook
#   out   one canonical signal, or an error whose text is the sentence a person will read
#   try   jq -f signal.in.jq payload.json

def shown: tostring | if length > 60 then .[0:60] + "..." else . end;
def object_or_empty: if type == "object" then . else {} end;
def known: with_entries(select(.value != null));

# blank says the same as absent
def text:
  if   type == "string"                      then trim | if . == "" then null else . end
  elif type == "number" or type == "boolean" then tostring
  else null end;

if type != "object" then error("The body is not a message of the factory but \(if . == null then "empty" else "a JSON \(type)" end). Discard it, or look at what the factory sends.") else . end
| (.data | object_or_empty) as $work
| "The factory's message about work order \($work.id | text // "?" | shown) (\(.type | text // "of no kind" | shown))" as $of

| def refuse(thing; wanted):
  error("\($of): \(thing) is \(if . == null then "missing" else "'\(shown)', not \(wanted)" end). Ask the factory, then correct and release it, or discard it.");

# any offset -> UTC with milliseconds; the round trip finds the 30th of February
def instant:
  (if type == "string" then [capture("^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\\.(?<part>[0-9]{1,9}))?(Z|(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2}))$")] else [] end) as $found
  | (if ($found | length) == 1 then $found[0] | (.local + "Z") as $local | (try ($local | fromdateiso8601) catch null) as $seconds
       | if $seconds != null and ($seconds | todateiso8601) == $local then . + {seconds: $seconds} else null end
     else null end) as $time
  | if $time == null then refuse("its time"; "a possible time with a zone") else
      $time
      | (if .sign == null then 0 else
           (.hours + .minutes | explode | map(. - 48) | (.[0] * 10 + .[1]) * 3600 + (.[2] * 10 + .[3]) * 60) end) as $offset
      | (.seconds + (if .sign == "-" then $offset else - $offset end) | todateiso8601 | .[0:19])
        + "." + (((.part // "") + "000")[0:3]) + "Z"
    end;

[ { schemaVersion: 1 },
  { signal: (if   .type == "work-order.scheduled" then "scheduled"
             elif .type == "work-order.built"     then "built"
             elif .type == "work-order.cancelled" then "cancelled"
             else error("\($of) is of a kind that is not read here. Discard it.") end) },
  # our own reference says the order and the line, the version in which configuration; what the factory repeats of them is for people
  (if ($work.reference | text) != null then { reference: ([$work.reference, $work.version] | map(text // empty) | join(".")) }
   elif ($work.order | text) != null   then { order: ($work.order | text), line: ($work.line | text) }
   else null | refuse("our reference"; "a text") end),
  { at: (.timestamp | instant) },
  { evidence: ({ workOrder: ($work.id | text), day: ($work.day | text), order: ($work.order | text), line: ($work.line | text) } | known) } ]
| add | known
# end
