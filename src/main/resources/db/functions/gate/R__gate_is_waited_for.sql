-- Whether something of a build waits behind this gate, at it or in the Error Hold bin.
create or replace function gate_is_waited_for(p_build bigint, p_gate text) returns boolean language plpgsql stable as $$
begin
  return exists (select from orderweir.delivery d where d.build_id = p_build and d.state in ('gated', 'held') and p_gate = any (d.behind));
end $$;
