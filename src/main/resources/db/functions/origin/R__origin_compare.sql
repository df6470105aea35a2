-- Compares the ledger of a server that was started anew with the broker's witness (null: it has none). A smaller number than the witness's is an older ledger: nothing
-- is called until origin_restored has marked what it may not know of.
create or replace function origin_compare(p_witness bigint) returns void language sql as $$
  update orderweir.origin o
  set started_at = pg_postmaster_start_time(),
      timeline = case when p_witness > o.witness then 'put back' else o.timeline end,
      witness = greatest(o.witness, p_witness)
  where o.started_at is distinct from pg_postmaster_start_time()
$$;
