-- Makes the gates of what is built, and lets the shop and what partners had said before decide of them. A gate: see plan_messages.
create or replace function gates_make(p_wanted orderweir.wanted[]) returns void language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  gate record;
begin
  -- a gate that was opened for the order is open for whatever is built now
  with born as (
    insert into orderweir.gate (build_id, name, lasting, persons, people, proposers, held_when_late, rule, due_at, proposed_at, proposed_by, opened_at, opened_by, evidence)
    select distinct on (w.build_id, g.name) w.build_id, g.name, coalesce(g.lasting, false), coalesce(g.persons, 1), g.people, g.proposers, coalesce(g."heldWhenLate", false), coalesce(g.rule, '{}'),
           clock_timestamp() + make_interval(secs => g.due), o.proposed_at, o.proposed_by, o.opened_at, o.opened_by, o.evidence
    from unnest(p_wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, lasting boolean, persons smallint, people text[], proposers text[], "heldWhenLate" boolean, rule jsonb, due float8)
    left join lateral (
      select p.* from orderweir.build b
      join orderweir.gate p on p.build_id = b.id and p.name = g.name
      where b.entity_id = w.entity_id and b.id <> w.build_id and g.lasting and p.lasting and p.opened_at is not null
      order by p.opened_at desc limit 1) o on true
    order by w.build_id, g.name
    on conflict (build_id, name) do nothing
    returning build_id, name, opened_at, opened_by, evidence)
  insert into orderweir.gate_decision (build_id, gate, decision, by, reason, evidence)
  select build_id, name, 'kept', opened_by, 'opened for the order', evidence from born where opened_at is not null;

  -- what the shop says itself opens a gate, and closes it again if it was the shop that had opened it
  for gate in
    select w.build_id, g.name, g.said
    from unnest(p_wanted) as w
    cross join jsonb_to_recordset(w.gates) as g (name text, said jsonb)
    where g.said is not null
  loop
    perform orderweir.gate_decide(g, (gate.said ->> 'open')::boolean, gate.said ->> 'by', gate.said ->> 'reason', gate.said -> 'evidence')
    from orderweir.gate g where g.build_id = gate.build_id and g.name = gate.name;
  end loop;

  -- and what partners had said before
  perform orderweir.gates_follow(array(
    select w.build_id from unnest(p_wanted) as w where w.build_id is not null and exists (select from orderweir.signal s where s.entity_id = w.entity_id and s.state = 'heard')), true);
end $$;
