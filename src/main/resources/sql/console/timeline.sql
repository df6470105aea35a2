-- Everything that happened to one order, in the order of time.
-- in: entity (seven times)   out: one row per happening
select at, ended_at as "endedAt", kind, connection, part, delivery, message, outcome, sentence, by, status, request, answer, detail
from (
  select m.captured_at as at, m.appended_at as ended_at, 'captured' as kind, m.connection, null::text as part, null::bigint as delivery, m.id as message,
         m.state as outcome, coalesce(m.reason, m.planned || ' planned') as sentence, null::text as by, null::int as status,
         null::text as request, null::text as answer,
         jsonb_build_object('ceId', m.ce_id, 'correlationId', m.correlation_id, 'repeats', m.repeats, 'version', orderweir.utc(m.version),
           'topic', m.topic, 'partition', m.partition, 'offset', m."offset", 'planned', m.planned) as detail
  from orderweir.message m where m.entity_id = ?
  union all
  select m.appended_at, d.done_at, 'planned', d.connection, d.part, d.id, d.message_id, d.state, coalesce(d.reason, d.state), null, null, null, null,
         jsonb_build_object('cancel', d.cancel, 'seq', d.seq, 'externalId', coalesce(l.legacy_key, d.external_id), 'gates', d.behind)
  from orderweir.lane l join orderweir.delivery d on d.lane_id = l.id join orderweir.message m on m.id = d.message_id where l.entity_id = ?
  union all
  select c.called_at, c.ended_at, 'call', d.connection, d.part, d.id, d.message_id, coalesce(c.because, i.outcome), c.reason, null, c.status, c.request, c.answer,
         jsonb_strip_nulls(jsonb_build_object('verb', c.verb, 'call', c.id, 'correlationId', m.correlation_id, 'externalId', coalesce(l.legacy_key, d.external_id)))
  from orderweir.lane l join orderweir.delivery d on d.lane_id = l.id join orderweir.message m on m.id = d.message_id
  join orderweir.call_item i on i.delivery_id = d.id
  join orderweir.call_log c on c.id = i.call_id and c.ended_at = i.ended_at where l.entity_id = ?
  union all
  select d.done_at, null, d.state, d.connection, d.part, d.id, d.message_id, d.state, d.reason, null, null, null, null,
         jsonb_build_object('remoteId', d.remote_id)
  from orderweir.lane l join orderweir.delivery d on d.lane_id = l.id where l.entity_id = ? and d.done_at is not null
  union all
  select g.at, null, 'gate', null, b.line_id, null, null, g.decision, concat_ws(': ', 'gate ' || g.gate || ' ' || g.decision, g.reason), g.by, null, null, null,
         jsonb_strip_nulls(jsonb_build_object('build', b.id, 'gate', g.gate, 'evidence', g.evidence, 'dueAt', orderweir.utc(g.due_at)))
  from orderweir.build b join orderweir.gate_decision g on g.build_id = b.id where b.entity_id = ?
  union all
  select h.opened_at, h.closed_at, 'held', d.connection, d.part, h.delivery_id, h.message_id, coalesce(h.resolution, 'open'), h.sentence, h.resolved_by,
         h.answer_status, null, h.answer, jsonb_build_object('hold', h.id, 'reason', h.reason, 'path', h.path)
  from orderweir.message m join orderweir.hold h on h.message_id = m.id left join orderweir.delivery d on d.id = h.delivery_id where m.entity_id = ?
  union all
  select c.made_at, null, 'corrected', null, null, null, null, 'corrected', array_to_string(c.path, '.'), c.made_by, null, null, null,
         jsonb_build_object('path', to_jsonb(c.path), 'replaced', c.replaced, 'value', c.value)
  from orderweir.correction c where c.entity_id = ?) happened
order by at, coalesce(ended_at, at), kind
