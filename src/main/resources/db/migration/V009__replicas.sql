-- Who died is known at once: each process that delivers holds a session of the ledger, which ends with it.
create sequence replica_number as int cycle;

alter table delivery add column replica int;
comment on column delivery.replica is 'who claimed it last; null = unknown, then only the lease tells';

-- Takes a number that is this session's for as long as it lasts.
create function enter_replica() returns int language plpgsql as $$
declare
  number int := nextval('orderweir.replica_number');
begin
  perform pg_advisory_lock(hashtext('orderweir.replica'), number);
  return number;
end $$;

create view replica as
select l.objid::bigint::int as number, a.backend_start as since
from pg_locks l
join pg_stat_activity a using (pid)
where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
  and l.classid = (hashtext('orderweir.replica')::bigint & 4294967295)::oid
  and l.database = (select oid from pg_database where datname = current_database());
comment on view replica is 'the processes that deliver, and since when each has held its session';
