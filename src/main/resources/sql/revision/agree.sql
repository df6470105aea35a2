-- The directories hold again what runs: nothing is refused any more.
-- in: digest   out: nothing
delete from orderweir.revision_refused where digest <> ?
