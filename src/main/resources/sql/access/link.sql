-- Whose password a link sets.
-- in: hash of the link   out: one row, or none when it opens nothing
select k.person from orderweir.key k where k.hash = ? and k.kind = 'link' and k.expires_at > clock_timestamp()
