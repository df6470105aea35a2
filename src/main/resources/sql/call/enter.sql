-- Makes this session the one that tells that its process lives.
-- in: nothing   out: number
select orderweir.replica_enter() as number
