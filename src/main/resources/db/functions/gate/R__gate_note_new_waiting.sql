-- New deliveries wait at their gates: they are told, once for each build.
create or replace function gate_note_new_waiting() returns trigger language plpgsql as $$
declare
  builds bigint[] := array(select distinct a.build_id from after a where a.build_id is not null and a.state in ('gated', 'held'));
begin
  if cardinality(builds) > 0 then
    perform orderweir.gate_note_waiting(builds);
  end if;
  return null;
end $$;
