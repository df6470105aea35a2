-- The deliveries that process plans for a message, as they are kept. A replica of the release before gives what a shop is told a part with the port in it (13-hold), and what is
-- waited for has no port with it.
create or replace function plan_wanted(p_entity bigint, p_message bigint, p_deliveries jsonb) returns setof orderweir.wanted language sql stable as $$
  select p_entity, p_message, null::bigint, null::bigint, d.connection, d.port,
         case when d.notice is not null and d.part = d.line_id || '-' || d.port then d.line_id else d.part end,
         d.external_id, d.priority, d.goods_moving, d.cancel,
         case when d.after is null or d.after ? 'port' then d.after
           else d.after || jsonb_build_object('port', coalesce(
             (select w.port from jsonb_populate_recordset(null::orderweir.wanted, p_deliveries) as w where w.connection = d.after ->> 'connection' and w.part = d.after ->> 'part' limit 1),
             (select l.port from orderweir.lane l where l.entity_id = p_entity and l.connection = d.after ->> 'connection' and l.part = d.after ->> 'part' order by l.id limit 1),
             'order')) end,
         d.line_ids, d.gates, d.gate_basis, d.fingerprint, d.hold, d.class, d.build_id, d.notice, d.line_id, d.role, d.legacy_key
  from jsonb_populate_recordset(null::orderweir.wanted, p_deliveries) as d
$$;
