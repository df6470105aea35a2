-- Gives up what is held, and what waits for it; see db/migration/V004__release.sql.
-- in: hold, by, reason   out: the answer as JSON text
select orderweir.discard(:#${variable.hold}::bigint, :#${variable.by}::text, :#${variable.reason}::text)::text
