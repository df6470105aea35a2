# A signal that is said in our own words becomes the canonical signal (types/signal/schema.json). Nothing is left out: what is no member of it is refused.
#   in    one canonical signal; schemaVersion may be missing, its time may have any zone, and a member that is null is none
#   out   one canonical signal, or an error whose text is the sentence a person will read
#   try   jq -f signal.in.jq payload.json

def shown: tostring | if length > 60 then .[0:60] + "..." else . end;
def known: with_entries(select(.value != null));
def members: ["schemaVersion", "signal", "order", "line", "reference", "at", "about", "amount", "currency", "evidence"];

if type != "object" then error("The body is not a signal but \(if . == null then "empty" else "a JSON \(type)" end). Discard it, or look at what the sender sends.") else . end
| known
| "The signal \(.signal // "of no kind" | shown) of \(.order // .reference // .about // "no order" | shown)" as $of

# named here, where the signal has a name: what is wrong is told with it
| def refuse(what): error("\($of): \(what). Ask the sender, then correct and release it, or discard it.");
def refuse_value(thing; wanted): refuse("\(thing) is \(if . == null then "missing" else "'\(shown)', not \(wanted)" end)");
def text(matches): type == "string" and matches;
def name: type == "string" and length > 0 and length <= 255;
def id: type == "string" and length > 0 and length <= 200 and (test("[\\p{C}\\p{Zl}\\p{Zp}]") | not);

# any offset -> UTC with milliseconds; the round trip finds the 30th of February
def instant:
  (if type == "string" then [capture("^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\\.(?<part>[0-9]{1,9}))?(Z|(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2}))$")] else [] end) as $found
  | (if ($found | length) == 1 then $found[0] | (.local + "Z") as $local | (try ($local | fromdateiso8601) catch null) as $seconds
       | if $seconds != null and ($seconds | todateiso8601) == $local then . + {seconds: $seconds} else null end
     else null end) as $time
  | if $time == null then refuse_value("its time, at,"; "a possible time with a zone") else
      $time
      | (if .sign == null then 0 else
           (.hours + .minutes | explode | map(. - 48) | (.[0] * 10 + .[1]) * 3600 + (.[2] * 10 + .[3]) * 60) end) as $offset
      | (.seconds + (if .sign == "-" then $offset else - $offset end) | todateiso8601 | .[0:19])
        + "." + (((.part // "") + "000")[0:3]) + "Z"
    end;

(keys - members) as $strangers
| if ($strangers | length) > 0 then refuse("it has \($strangers | join(", ") | shown), and a signal has \(members | join(", ")) only") else . end
| if .schemaVersion == null or .schemaVersion == 1 then . else .schemaVersion | refuse_value("its schemaVersion"; "1") end
| if .signal | text(test("^[a-z-]{1,40}$") and (test("^-|--|-$") | not)) then . else .signal | refuse_value("its kind, signal,"; "small letters with dashes between, 40 at most") end
| ([.order, .reference] | map(select(. != null)) | length) as $names
# the brackets are needed: jackson-jq reads a or b and c as (a or b) and c
| if $names == 1 or ($names == 0 and .about != null) then .
  else refuse("it names its order by order, or by reference, or by the charge it is about, and by one of them only") end
| if .line == null or .order != null then . else refuse("a line needs the order it is of") end
| if ([.amount, .currency, .about] | map(select(. != null)) | length) % 3 == 0 then . else refuse("amount, currency and about come together") end
| if .order     == null or (.order     | name)                                        then . else .order     | refuse_value("its order"; "a text") end
| if .reference == null or (.reference | name)                                        then . else .reference | refuse_value("its reference"; "a text") end
| if .about     == null or (.about     | name)                                        then . else .about     | refuse_value("what it is about"; "a text") end
| if .line      == null or (.line      | id)                                          then . else .line      | refuse_value("its line"; "a text in quotes, of 1 to 200 printable characters") end
| if .amount    == null or (.amount    | text(test("^[0-9]{1,15}(\\.[0-9]{1,6})?$"))) then . else .amount    | refuse_value("its amount"; "decimal text such as \"12.50\"") end
| if .currency  == null or (.currency  | text(test("^[A-Z]{3}$")))                    then . else .currency  | refuse_value("its currency"; "a code of three capitals") end
| if .evidence | type == "object" and all(.[]; type == "string")                      then . else .evidence  | refuse_value("its evidence"; "an object of texts") end
| .schemaVersion = 1
| .at = (.at | instant)
# end
