-- How long a delivery waits between two tries is a key of its connection.
alter type call_end add attribute longest_wait float8;

-- What these did stands in the functions that called them, or in shorter ones.
set local client_min_messages = warning;
drop function if exists alert_all_troubles(jsonb, timestamptz);
drop function if exists alert_told_of_holds(jsonb, text, bigint);
drop function if exists hold_is_put_off(text, timestamptz);
drop function if exists notification_plan(jsonb, timestamptz);
drop function if exists plan_message(bigint, bigint, jsonb);
drop function if exists search_terms(bytea, jsonb);
drop function if exists signal_concerns(jsonb, text);
drop function if exists slot_is_needed(slot);
