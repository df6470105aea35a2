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

insert into lane (id, connection, entity_id, part, last_seq, remote_id)
overriding system value
select 2 * n - 1, 'netsuite', n, 'order', 1, case when n <= :orders - 5000 then 'SO' || n end from generate_series(1, :orders) n
union all
select 2 * n, 'wms', n, case when n % 7 = 0 and n > :orders - 20000 then '1' else 'order' end, 1, case when n <= :orders - 20000 then 'F' || n end from generate_series(1, :orders) n;

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

insert into attempt (delivery_id, claim, started_at, ended_at, outcome, verb, status, request, answer)
select 2 * n - 1, 1, now() - (:orders - n) * interval '0.8 seconds', now() - (:orders - n) * interval '0.8 seconds' + interval '120 ms', case when n % 5 = 0 and n > :orders - 5000 then 'hold' else 'done' end,
       'create', 204, 'PUT /services/rest/record/v1/salesOrder/eid:' || n || chr(10) || '{"memo":"m","shippingAddress":{"zip":"62704"}}', ''
from generate_series(greatest(1, :orders - 250000), :orders) n;

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
select term(s.salt, 'e-mail', 'buyer' || n % 300000 || '@example.org'), n from generate_series(1, :orders) n cross join salt s
union all
select term(s.salt, 'sku', 'SKU-' || n % 50), n from generate_series(1, :orders) n cross join salt s
on conflict do nothing;

update gate set waited_for = true where opened_at is null and is_waited_for(build_id, name);

delete from tally;

insert into tally (book, place, partition, state, due, n) select book, place, partition, state, due, n from counted;

vacuum analyze;
