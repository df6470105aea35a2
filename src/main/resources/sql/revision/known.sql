-- Whether something ever ran.
-- in: digest   out: known
select exists (select from orderweir.revision where digest = ?) as known
