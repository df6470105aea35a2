-- A ledger as it is after some months: :orders orders, each fifth in two versions; ids are the orders' numbers.
do $$ declare c record; begin for c in select conrelid::regclass as t, conname from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'orderweir'::regnamespace loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; for c in select tgrelid::regclass as t, tgname from pg_trigger where not tgisinternal loop execute format('alter table %s disable trigger %I', c.t, c.tgname); end loop; end $$;

insert into entity (id, connection, type, key, name, version, hash, message_id)
overriding system value
select n, 'shopify-us', 'order', 'shopify-us/' || n, '#' || n, now() - (:orders - n) * interval '9 seconds', 'h' || n, n from generate_series(1, :orders) n;

insert into message (id, state, type, connection, entity_id, version, planned, captured_at, appended_at, topic, partition, "offset", ce_id, correlation_id, hash)
overriding system value
select n, 'planned', 'order', 'shopify-us', n, now() - (:orders - n) * interval '9 seconds', 2, now() - (:orders - n) * interval '9 seconds',
       now() - (:orders - n) * interval '9 seconds', 'orderweir.captured.order', n % 12, n, 'e' || n, 'c-' || n, 'h' || n
from generate_series(1, :orders) n
union all
select :orders + n, 'planned', 'order', 'shopify-us', 5 * n, now() - (:orders - 5 * n) * interval '9 seconds', 0, now() - (:orders - 5 * n) * interval '9 seconds',
       now() - (:orders - 5 * n) * interval '9 seconds', 'orderweir.captured.order', n % 12, :orders + n, 'f' || n, 'd-' || n, 'i' || n
from generate_series(1, :orders / 5) n;

insert into payload (message_id, canonical, raw)
select n, jsonb_build_object('externalId', n::text, 'name', '#' || n, 'customer', jsonb_build_object('email', 'buyer' || n % 300000 || '@example.org', 'firstName', 'Ann'),
       'lineItems', jsonb_build_array(jsonb_build_object('id', '1', 'sku', 'SKU-' || n % 50, 'quantity', 1))), convert_to('{"id":' || n || ',"email":"buyer@example.org"}', 'UTF8')
from generate_series(greatest(1, :orders - 30000), :orders) n;

insert into lane (id, connection, entity_id, port, part, last_seq, remote_id)
overriding system value
select 2 * n - 1, 'netsuite', n, 'order', 'order', 1, case when n <= :orders - 5000 then 'SO' || n end from generate_series(1, :orders) n
union all
select 2 * n, 'wms', n, 'fulfilment', case when n % 7 = 0 and n > :orders - 20000 then '1' else 'order' end, 1, case when n <= :orders - 20000 then 'F' || n end from generate_series(1, :orders) n;

insert into build (id, entity_id, line_id, class, basis)
overriding system value
select n, n, '1', 'built-to-order', 'b' from generate_series(1, :orders) n where n % 7 = 0 and n > :orders - 140000;

insert into gate (build_id, name, due_at, opened_at, opened_by, evidence)
select b.id, g, case when b.id % 11 = 0 then now() - interval '1 hour' else now() + interval '2 days' end,
       case when b.id <= :orders - 20000 then now() end, case when b.id <= :orders - 20000 then 'Ann' end, case when b.id <= :orders - 20000 then '{"note":"seen"}'::jsonb end
from build b cross join (values ('drawing'), ('finance')) as g (g);

insert into delivery (id, message_id, state, connection, port, part, head, seq, priority, due_at, done_at, reason, remote_id, external_id, entity_id, lane_id, line_ids, fingerprint,
  closed_gates, build_id, behind)
overriding system value
select 2 * n - 1, n, case when n <= :orders - 5000 then 'delivered' when n % 5 = 0 then 'held' else 'ready' end, 'netsuite', 'order', 'order', n > :orders - 5000, 1, 0,
       now() - (:orders - n) * interval '9 seconds', case when n <= :orders - 5000 then now() - (:orders - n) * interval '9 seconds' end,
       case when n > :orders - 5000 and n % 5 = 0 then 'field-refused' end, case when n <= :orders - 5000 then 'SO' || n end, 'shopify-us-' || n, n, 2 * n - 1, '[]'::jsonb, 'f', 0, null::bigint, null::text[]
from generate_series(1, :orders) n
union all
select 2 * n, n, case when n <= :orders - 20000 then 'delivered' when n % 7 = 0 then 'gated' else 'ready' end, 'wms', 'fulfilment', case when n % 7 = 0 and n > :orders - 20000 then '1' else 'order' end,
       n > :orders - 20000, 1, 0, now() - (:orders - n) * interval '9 seconds', case when n <= :orders - 20000 then now() - (:orders - n) * interval '9 seconds' end, null,
       case when n <= :orders - 20000 then 'F' || n end, 'shopify-us-' || n, n, 2 * n, '[]'::jsonb, 'f',
       case when n > :orders - 20000 and n % 7 = 0 then 2 else 0 end, case when n % 7 = 0 and n > :orders - 20000 then n end, case when n % 7 = 0 and n > :orders - 20000 then array['drawing', 'finance'] end
from generate_series(1, :orders) n;

insert into hold (message_id, delivery_id, opened_at, reason, sentence, path, fingerprint, answer_status, answer)
select n, 2 * n - 1, now() - (:orders - n) * interval '9 seconds', 'field-refused', 'Order #' || n || ': NetSuite does not accept the postal code ''?''. Correct it and release.',
       'shippingAddress.zipCodeOrPostalCode', 'netsuite|field-refused|cause ' || n / 5 % 7, 400, '{"title":"Bad Request"}'
from generate_series(:orders - 4999, :orders) n where n % 5 = 0;

insert into hold (message_id, delivery_id, opened_at, closed_at, resolution, reason, sentence, fingerprint)
select n, 2 * n - 1, now() - interval '9 days', now() - interval '8 days', 'released', 'field-refused', 'Order #' || n || ': refused.', 'netsuite|field-refused|old'
from generate_series(1, least(50000, :orders / 2)) n;

insert into call_log (id, purpose, connection, port, verb, outcome, status, claimed_at, called_at, ended_at, request, answer)
select n, 'deliver', 'netsuite', 'order', 'create', case when n % 5 = 0 and n > :orders - 5000 then 'hold' else 'done' end, 204,
       now() - (:orders - n) * interval '0.8 seconds', now() - (:orders - n) * interval '0.8 seconds', now() - (:orders - n) * interval '0.8 seconds' + interval '120 ms',
       'PUT /services/rest/record/v1/salesOrder/eid:' || n || chr(10) || '{"memo":"m","shippingAddress":{"zip":"62704"}}', ''
from generate_series(greatest(1, :orders - 250000), :orders) n;

insert into call_item (call_id, delivery_id, outcome, ended_at) select id, 2 * id - 1, outcome, ended_at from call_log;

insert into intake (topic, partition, next_offset, records)
select topic, partition, max("offset") + 1, count(*) from message group by topic, partition
on conflict (topic, partition) do update set next_offset = excluded.next_offset, records = excluded.records;

insert into connection_state (connection, succeeded_at) values ('netsuite', now()), ('wms', now()) on conflict do nothing;

insert into allowance (connection, limit_name, slots, window_length)
select c, 'minute', 99, interval '1 minute' from (values ('netsuite'), ('wms')) as c (c) on conflict do nothing;

insert into permit (connection, limit_name, slot, free_at)
select c, 'minute', n, now() + n * interval '1 second' from (values ('netsuite'), ('wms')) as c (c) cross join generate_series(1, 99) n on conflict do nothing;

insert into sample (at, connection, due, blocked, gated, held, unsure, lag_seconds, delivered, arrived)
select now() - m * interval '1 minute', c, case c when 'wms' then 60 + (m * 3) % 40 else 100 + (m * 7) % 90 end, 10, 2, 3, 0, (m * length(c)) % 300, 60, 60 from generate_series(1, 1500) m cross join (values ('netsuite'), ('wms')) as c (c)
on conflict do nothing;

insert into found_by
select search_term(s.salt, 'e-mail', 'buyer' || n % 300000 || '@example.org'), n from generate_series(1, :orders) n cross join salt s
union all
select search_term(s.salt, 'sku', 'SKU-' || n % 50), n from generate_series(1, :orders) n cross join salt s
on conflict do nothing;

insert into gate_decision (build_id, gate, at, decision, by, evidence)
select build_id, name, opened_at, 'opened', 'Ann', evidence from gate where opened_at is not null;

insert into hold_note (fingerprint, noted_at, noted_by, note)
select 'netsuite|field-refused|cause ' || n % 7, now() - n * interval '1 hour', 'Ann', 'asked the buyer, ' || n from generate_series(1, 350) n;

insert into hold_job (fingerprint, what, request, connection, started_by, started_at, total, done, ended_at)
select 'netsuite|field-refused|cause ' || n % 7, 'release', '{"changes":[]}', 'netsuite', 'Ann', now() - n * interval '1 hour', 10, 10, now() from generate_series(1, 140) n;

insert into message (id, state, type, connection, entity_id, version, planned, reason, captured_at, topic, partition, "offset", ce_id, correlation_id)
overriding system value
select 2 * :orders + n, 'noted', 'signal', 'stripe-us', n, now(), 0, 'waits for #' || n, now() - n * interval '1 second', 'orderweir.captured.signal', n % 12, n, 'g' || n, 's-' || n from generate_series(1, 2000) n;

insert into payload (message_id, canonical, raw)
select 2 * :orders + n, jsonb_build_object('order', 'shopify-us/' || n, 'signal', 'payment'), '{}' from generate_series(1, 2000) n;

insert into signal (message_id, kind, at, amount, currency, evidence)
select 2 * :orders + n, 'payment', now(), 120, 'USD', '{"note":"n"}' from generate_series(1, 2000) n;

insert into calendar (name, zone, lead) values ('workshop', 'UTC', 1) on conflict do nothing;

insert into calendar_day (calendar, day, slots, taken) select 'workshop', current_date + n, 8, n % 8 from generate_series(0, 90) n on conflict do nothing;

insert into recount (at, asked_by, took, balanced, records, wrong_plans, corrected) select now() - n * interval '1 day', 'nightly', interval '6 seconds', true, n, 0, 0 from generate_series(1, 200) n;

insert into person (name, role) select 'Person ' || n, 'operator' from generate_series(1, 60) n;

insert into key (hash, person, kind, label, expires_at)
select sha256(convert_to('k' || n, 'UTF8')), 'Person ' || 1 + n % 60, case when n % 2 = 0 then 'token' else 'session' end, case when n % 2 = 0 then 'a program' end,
       now() + (n % 5 - 1) * interval '1 day' from generate_series(1, 300) n;

insert into audit (id, at, by, action, subject, detail, before, hash)
select 1000 + n, now(), 'Person ' || 1 + n % 60, 'hold.release', '#' || n % 5000, jsonb_build_object('answer', 'Order #' || n % 5000 || ' is released.'),
       sha256(convert_to('a' || n - 1, 'UTF8')), sha256(convert_to('a' || n, 'UTF8')) from generate_series(1, 100000) n;

insert into alert (id, state, kind, cause, subject, sentence, count, standing, first_at, last_at, step, told_at, over_at)
overriding system value
select 1000000 + n, case when n <= 20000 then 'over' else 'open' end, 'queue', 'queue|' || n, 'netsuite', 'NetSuite has not answered for ' || n || ' s.', 3, true, now() - interval '2 days', now(), 1, now(),
       case when n <= 20000 then now() end from generate_series(1, 20020) n;

insert into notification (id, state, purpose, channel, connection, system, planned_at, due_at, ended_at, alerts, subject, text)
overriding system value
select 1000000 + n, 'sent', 'raised', case when n % 2 = 0 then 'chat' else 'mail' end, 'slack', 'slack', now(), now(), now(), array[1000000 + n / 2], 's', 't' from generate_series(2, 40041) n;

insert into told (alert_id, channel, step, notification_id) select 1000000 + n / 2, case when n % 2 = 0 then 'chat' else 'mail' end, 1, 1000000 + n from generate_series(2, 40041) n;

update gate set waited_for = true where opened_at is null and is_waited_for(build_id, name);

delete from tally;

insert into tally (book, place, partition, state, due, n) select book, place, partition, state, due, n from counted;

vacuum analyze;
