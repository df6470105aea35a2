-- Keeps what is wrong with what a directory holds, for people and for the alert.
-- in: digest, faults, waits (for a person), now   out: nothing
insert into orderweir.revision_refused (digest, faults, waits, refused_at) values (?, ?::text[], ?, coalesce(?::timestamptz, clock_timestamp()))
on conflict (digest) do update set faults = excluded.faults, waits = excluded.waits
