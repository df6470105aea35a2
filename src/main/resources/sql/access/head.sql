-- The last row of the audit log and its hash.
-- in: nothing   out: one row
select id as "row", encode(hash, 'hex') as hash from orderweir.audit_head
