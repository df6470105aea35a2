-- Whether a process of an environment may call from this ledger: returns null, or what stands against it. The first process that names one gives the ledger its name.
-- A ledger that goes on in another environment (p_was names the one before) begins with every connection paused: p_connections, and all that were ever called.
create or replace function origin_environment(p_environment text, p_was text, p_connections text[]) returns text language plpgsql as $$
declare
  known text;
begin
  select o.environment into known from orderweir.origin o for update;
  if known is not distinct from p_environment then
    return null;
  end if;
  if known is not null and known is distinct from p_was then
    return known;
  end if;
  update orderweir.origin set environment = p_environment;
  if known is not null then
    perform orderweir.connection_pause(c.name, 'orderweir', format('this ledger was that of the environment %s', known))
    from (select unnest(p_connections) union select s.connection from orderweir.connection_state s) c (name);
  end if;
  return null;
end $$;
