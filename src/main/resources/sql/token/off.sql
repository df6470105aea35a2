-- A connection is signed in without a token now: the one it had stops nothing any more, and is kept for whoever changes it back.
-- in: connection   out: one row: off (how many)
with off as (
  update orderweir.token set wanted = false where connection = :#connection::text and wanted returning 1)
select count(*) as off from off
