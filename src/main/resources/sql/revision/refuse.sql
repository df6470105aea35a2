-- Keeps what is wrong with what a directory holds, for people and for the alert.
-- in: digest, faults, now   out: nothing
insert into orderweir.revision_refused (digest, faults, refused_at) values (?, ?::text[], coalesce(?::timestamptz, clock_timestamp()))
on conflict (digest) do update set faults = excluded.faults
