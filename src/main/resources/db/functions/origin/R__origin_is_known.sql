-- Whether this is the ledger that made the last calls: one that was put back does not know the calls since, and origin_restored comes first. A server that was started
-- anew may serve older files: then a process asks the broker's witness first, see intake_look.
create or replace function origin_is_known() returns boolean language sql stable as $$
  select orderweir.origin_is_same() and exists (select from orderweir.origin o where o.started_at = pg_postmaster_start_time())
$$;
