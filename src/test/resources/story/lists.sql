-- Two or more rows of everything that the console lists.
select audit_note(case when n % 2 = 0 then 'Bea' else 'Cy' end, 'gate.open', '#' || n % 5, jsonb_build_object('answer', 'Change ' || n)) from generate_series(1, 60) n;

insert into entity (id, connection, type, key, name) overriding system value
select n, 'shopify-us', 'order', 'shopify-us/' || n, case when n < 5 then '#' || n end from generate_series(1, 5) n;

insert into message (id, state, type, connection, entity_id, reason, captured_at, topic, partition, "offset", ce_id, correlation_id) overriding system value
select n, 'held', 'order', 'shopify-us', n, 'field-refused', '2026-11-20T10:00:00Z', 'orderweir.captured.order', 0, n, 'e' || n, 'c' || n from generate_series(1, 5) n;

insert into payload (message_id, canonical, raw)
select n, '{"externalId": "1", "customer": {"email": "buyer@example.org"}}', '{}' from generate_series(1, 5) n;

insert into lane (id, connection, entity_id, port, part) overriding system value values (1, 'netsuite', 1, 'order', 'order'), (2, 'wms', 1, 'fulfilment', 'order');

insert into delivery (id, message_id, state, connection, port, part, seq, priority, due_at, reason, external_id, entity_id, lane_id, after_lane_id, waits_after, line_ids, fingerprint) overriding system value values
  (1, 1, 'held', 'netsuite', 'order', 'order', 1, 0, now(), 'field-refused', 'shopify-us-1', 1, 1, null, false, '[]', 'f'),
  (2, 1, 'ready', 'wms', 'fulfilment', 'order', 1, 0, now(), null, 'shopify-us-1', 1, 2, 1, true, '[]', 'f');

insert into hold (id, message_id, delivery_id, opened_at, reason, sentence, path, fingerprint, answer_status, owner) overriding system value
select n, n, case when n = 1 then 1 end, '2026-11-20T10:00:00.123456Z'::timestamptz + (n / 2) * interval '1 hour', 'field-refused', 'Order #' || n || ': NetSuite does not accept the postal code ''62''.',
       'shippingAddress.zipCodeOrPostalCode', 'netsuite|field-refused|zip', 400, case when n = 3 then 'Cy' end from generate_series(1, 5) n;

insert into hold (id, message_id, opened_at, closed_at, resolution, resolved_by, reason, sentence, fingerprint) overriding system value
select n, 1, '2026-11-19T10:00:00Z', '2026-11-19T11:00:00Z', 'released', 'Cy', 'field-refused', 'Order #1: before, ' || n, 'netsuite|field-refused|city' from generate_series(-9, -8) n;

insert into hold_group (fingerprint, owner, due_at, snoozed_until) values ('netsuite|field-refused|zip', 'Bea', '2026-12-24T12:00:00Z', '2999-01-01T00:00:00Z');

insert into hold_note (fingerprint, hold_id, noted_by, note) values ('netsuite|field-refused|zip', null, 'Bea', 'of all'), ('netsuite|field-refused|zip', 1, 'Cy', 'of one'),
  ('netsuite|field-refused|zip', 2, 'Cy', 'of another');

insert into hold_job (id, fingerprint, what, request, started_by, total, done, failed, ended_at) overriding system value
select n, 'netsuite|field-refused|zip', 'fix', '{"changes": []}', 'Bea', 3, 2, 1, now() from generate_series(1, 7) n;

insert into hold_job_step (job_id, hold_id, outcome, answer) select n, 1, 'failed', 'The postal code ''62'' is refused again.' from generate_series(1, 7) n;

insert into build (id, entity_id, line_id, class, basis) overriding system value values (1, 1, 'L1', 'built-to-order', 'b');

insert into gate_decision (build_id, gate, at, decision, by, reason, evidence) values
  (1, 'payment', '2026-11-20T10:00:00Z', 'opened', 'stripe', null, '{"amount": "12.00"}'),
  (1, 'drawing', '2026-11-20T11:00:00Z', 'refused', 'Bea', 'the wrong chair', '"a word of hers"');

insert into entity (id, connection, type, key) overriding system value select n, 'stripe', 'signal', 'stripe/' || n from generate_series(101, 103) n;

insert into message (id, state, type, connection, entity_id, reason, captured_at, topic, partition, "offset", ce_id, correlation_id) overriding system value
select n, 'held', 'signal', 'stripe', n, 'not read yet', '2026-11-20T10:00:00Z', 'orderweir.captured.signal', 0, n, 'e' || n, 'c' || n from generate_series(101, 103) n;

insert into payload (message_id, canonical, raw) select n, jsonb_build_object('signal', 'payment', 'at', '2026-11-20T10:00:00Z', case when n = 102 then 'reference' else 'order' end, 'shopify-us/' || n, 'amount', '12.50',
       'currency', 'USD', 'line', case when n = 103 then '7' end), '{}' from generate_series(101, 103) n;

update message set state = 'noted', reason = 'waits for shopify-us/' || id where type = 'signal';

insert into calendar (name, zone, lead) values ('workshop', 'UTC', 1);

insert into calendar_day (calendar, day, slots, taken) select 'workshop', current_date + n, case when n = 2 then 0 else 8 end, case when n = 2 then 0 else 3 end from generate_series(-3, 3) n;

insert into recount (at, asked_by, took, balanced, records, wrong_plans, corrected, differences) values
  ('2999-11-20T02:00:00Z', 'nightly', interval '6.25 seconds', true, 5, 0, 0, '[]'), ('2999-11-21T02:00:00Z', 'Bea', interval '1 minute 1 second', false, 5, 2, 1, '[{"sort": "plan", "message": 1}]');

insert into alert (id, state, kind, cause, subject, sentence, count, standing, first_at, last_at, step, told_at, acknowledged_at, acknowledged_by, over_at) overriding system value
select n, case when n = 1 then 'acknowledged' when n < 4 then 'open' else 'over' end, 'queue', 'queue|' || n, 'wms', 'Alert ' || n, n, true, '2026-11-20T10:00:00Z'::timestamptz - n * interval '1 hour', now(), 1, now(),
       case when n = 1 then now() end, case when n = 1 then 'Bea' end, case when n >= 4 then now() end from generate_series(1, 9) n;

insert into notification (id, state, purpose, channel, connection, system, planned_at, due_at, ended_at, reason, alerts, subject, text) overriding system value values
  (1, 'sent', 'raised', 'chat', 'slack', 'slack', '2026-11-20T10:00:00Z', now(), '2026-11-20T10:01:00Z', null, '{2, 3}', 's', 't'),
  (2, 'ready', 'escalated', 'phone', 'twilio', 'twilio', '2026-11-20T10:05:00Z', now(), null, 'nobody answers', '{2}', 's', 't');

insert into told (alert_id, channel, step, notification_id) values (2, 'phone', 2, 2), (2, 'chat', 1, 1), (3, 'chat', 1, 1);

insert into person (name, role, locked_at) values ('bea', 'operator', null), ('Cy', 'viewer', '2026-11-20T10:00:00Z');

insert into key (hash, person, kind, label, used_at, expires_at) values ('\x01', 'bea', 'token', 'a program', '2026-11-20T10:00:00Z', '2999-01-01T00:00:00Z'),
  ('\x02', 'bea', 'session', null, '2026-11-21T10:00:00Z', '2026-11-22T00:00:00Z');
