# The news of a dropped file (written by io.orderweir.drop.Inspection) becomes the canonical signal (types/signal/schema.json).
#   in    {"file", "revision", "reference", "sha256", "size", "folder", "at"}
#   out   one canonical signal, or an error whose text is the sentence a person will read
#   try   jq -f signal.in.jq payload.json

def text: if type == "string" and . != "" then . elif type == "number" then tostring else null end;

def member(name): .[name] | text | if . == null then error("The news of a dropped file has no \(name). Discard it, and drop the file again.") else . end;

if type != "object" then error("The body is not the news of a dropped file but \(if . == null then "empty" else "a JSON \(type)" end). Discard it, and drop the file again.") else . end
| { schemaVersion: 1,
    signal:        (if .folder == "approved" then "drawing-approved" elif .folder == "proposed" then "drawing"
                    else error("The dropped file \(.file | text // "?") lay in a folder '\(.folder | tostring)' that is neither proposed nor approved. Discard it.") end),
    reference:     member("reference"),
    # when it was written, always with milliseconds
    at:            (member("at")
                    | [capture("^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\\.(?<part>[0-9]{1,9}))?Z$")] as $time
                    | if ($time | length) == 0 then error("The news of a dropped file has the time '\(.)'. Discard it, and drop the file again.")
                      else $time[0] | .local + "." + (((.part // "") + "000")[0:3]) + "Z" end),
    evidence:      { file: member("file"), revision: member("revision"), sha256: member("sha256"), size: member("size"), folder: member("folder") } }
# end
