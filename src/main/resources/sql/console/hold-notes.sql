-- The notes of a group, or of one of its holds with those of the whole group, the newest first.
-- in: fingerprint, hold or null   out: one row per note
select n.id, n.hold_id as hold, n.noted_at as "notedAt", n.noted_by as "notedBy", n.note
from orderweir.hold_note n
where n.fingerprint = ? and (n.hold_id is null or n.hold_id = ?::bigint)
order by n.id desc
limit 50
