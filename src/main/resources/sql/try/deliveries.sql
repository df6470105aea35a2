-- The newest deliveries of some connections whose document is still kept, each as it was claimed: a create where none before it reached the target. Compare hold/would-send.sql.
-- in: connections, most   out: what a claim would bring of each, the newest first
select d.id, d.connection, d.port, d.part, orderweir.lane_reference(l, d.external_id) as "externalId", v.verb,
       case when v.verb <> 'create' then coalesce(l.remote_id, d.remote_id) end as "remoteId", coalesce(e.name, e.key) as "orderName", m.correlation_id as "correlationId", m.connection as shop, d.line_ids::text as "lineIds",
       p.canonical::text as canonical, left(d.gate_basis, 8) as basis,
       case when d.build_id is not null then (
         select coalesce(jsonb_object_agg(g.name, g.evidence), '{}') from orderweir.gate g where g.build_id = d.build_id and g.opened_at is not null)::text end as gates,
       case when d.notice = 'closed' then (
         select coalesce(jsonb_agg(g.name order by g.due_at, g.name), '[]') from orderweir.gate g where g.build_id = d.build_id and g.opened_at is null)::text end as "waitsAt",
       d.found::text as found
from orderweir.delivery d
join orderweir.lane l on l.id = d.lane_id
join orderweir.entity e on e.id = d.entity_id
join orderweir.message m on m.id = d.message_id
join orderweir.payload p on p.message_id = d.message_id
cross join lateral (select case when d.cancel then 'cancel'
    when exists (select 1 from orderweir.delivery b where b.lane_id = d.lane_id and b.id < d.id and b.state in ('delivered', 'confirmed')) then 'update' else 'create' end as verb) v
where d.connection = any(?::text[]) and p.canonical is not null
order by d.id desc
limit ?::int
