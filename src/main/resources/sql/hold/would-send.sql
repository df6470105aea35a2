-- What a claim of a held delivery would say: see sql/deliver/take.sql. Nothing changes.
-- in: delivery   out: one row, or none
select d.id, d.connection, d.port, d.part, case when d.reason = 'not-taken-over' then d.external_id else orderweir.lane_reference(l, d.external_id) end as "externalId",
       case when d.cancel then 'cancel' when l.remote_id is null then 'create' else 'update' end as verb,
       l.remote_id as "remoteId", orderweir.entity_called(e.id) as "orderName", m.correlation_id as "correlationId", m.connection as shop, d.line_ids::text as "lineIds", p.canonical::text as canonical,
       left(d.gate_basis, 8) as basis,
       case when d.build_id is not null then (
         select coalesce(jsonb_object_agg(g.name, g.evidence), '{}') from orderweir.gate g where g.build_id = d.build_id and g.opened_at is not null)::text end as gates,
       case when d.notice = 'closed' then (
         select coalesce(jsonb_agg(g.name order by g.due_at, g.name), '[]') from orderweir.gate g where g.build_id = d.build_id and g.opened_at is null)::text end as "waitsAt",
       d.found::text as found, orderweir.lane_payment(d.id)::text as payment
from orderweir.delivery d
join orderweir.lane l on l.id = d.lane_id
join orderweir.entity e on e.id = d.entity_id
join orderweir.message m on m.id = d.message_id
join orderweir.payload p on p.message_id = d.message_id
where d.id = :#${variable.delivery}::bigint
