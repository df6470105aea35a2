-- Makes the gates of what is built, and lets the shop and what partners had said before decide of them. A gate: see plan_messages.
create or replace function gates_make(p_wanted orderweir.wanted[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  differs record;
begin
  with asked as materialized (
    select distinct on (w.build_id, g.name) w.build_id, g.*, o.*
    from unnest(p_wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, lasting boolean, persons smallint, people text[], proposers text[], "heldWhenLate" boolean, rule jsonb, due float8, said jsonb)
    left join lateral (
      -- the same gate of what else is built for the order: by its builds, of which there are few
      select array_agg(o.gate) as gates from orderweir.build b
      cross join lateral (select p as gate from orderweir.gate p where p.build_id = b.id and p.name = g.name and p.lasting offset 0) o
      where b.entity_id = w.entity_id and b.id <> w.build_id and g.lasting) s on true
    left join lateral (
      -- a gate that was opened for the order is open for whatever is built now
      (select 'kept' as decision, 'opened for the order' as reason, p.proposed_at, p.proposed_by, p.opened_at, p.opened_by, p.evidence
       from unnest(s.gates) as p where p.opened_at is not null order by p.opened_at desc limit 1)
      union all
      -- and what the shop itself opens is open from the start, unless others of the order wait for the same
      select 'opened', g.said ->> 'reason', null, null, clock_timestamp(), g.said ->> 'by', g.said -> 'evidence'
      where (g.said ->> 'open')::boolean and s.gates is null and not coalesce(orderweir.payment_failed(w.entity_id, g.said -> 'evidence' ->> 'paymentStatus'), false)
      limit 1) o on true
    order by w.build_id, g.name),
  born as (
    insert into orderweir.gate (build_id, name, lasting, persons, people, proposers, held_when_late, rule, due_at, proposed_at, proposed_by, opened_at, opened_by, evidence)
    select build_id, name, coalesce(lasting, false), coalesce(persons, 1), people, proposers, coalesce("heldWhenLate", false), coalesce(rule, '{}'),
           clock_timestamp() + make_interval(secs => due), proposed_at, proposed_by, opened_at, opened_by, evidence
    from asked
    on conflict (build_id, name) do nothing
    returning build_id, name)
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence)
  select build_id, name, decision, opened_by, reason, evidence from born join asked using (build_id, name) where opened_at is not null;

  -- what the shop says itself opens a gate, and closes it again if it was the shop that had opened it
  for differs in
    select o as gate, g.said from unnest(p_wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, said jsonb)
    join orderweir.gate o on o.build_id = w.build_id and o.name = g.name
    where case when (g.said ->> 'open')::boolean then o.opened_at is null and not coalesce(orderweir.payment_failed(w.entity_id, g.said -> 'evidence' ->> 'paymentStatus'), false) else o.opened_by = g.said ->> 'by' end
  loop
    perform orderweir.gate_decide(differs.gate, (differs.said ->> 'open')::boolean, differs.said ->> 'by', differs.said ->> 'reason', differs.said -> 'evidence');
  end loop;

  perform orderweir.gates_tell_lost(p_wanted);

  -- and what partners had said before, and what the shop took itself
  perform orderweir.gates_follow(array(
    select w.build_id from unnest(p_wanted) as w where w.build_id is not null and (exists (select from orderweir.signal s where s.entity_id = w.entity_id and s.state = 'heard')
      or exists (select from orderweir.entity e join orderweir.payload p on p.message_id = e.message_id where e.id = w.entity_id and jsonb_path_exists(p.canonical, '$.payments[*].kind')))), true);
end $$;
