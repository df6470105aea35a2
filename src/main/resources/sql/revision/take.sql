-- Numbers what a process sees in its directories; see db/functions/revision/R__revision_take.sql.
-- in: digest, by (a person who allowed it, or null), starts (whether the process starts with it), paths, contents, now   out: number, of the revision that runs
select orderweir.revision_take(?, ?, ?, ?::text[], ?::bytea[], coalesce(?::timestamptz, clock_timestamp())) as number
