-- Removes what came and what was made of it, and what targets answered to it, of messages whose entity has been finished for so long. Of an order the
-- total stays: a refund may come later. p_kept: {type: s}, for all others p_others (s). At most p_most at once. Returns how many were removed; 0 also while another process is at it.
create or replace function payloads_purge(p_kept jsonb, p_others float8, p_most int, p_at timestamptz) returns int language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  shortest float8 := least(p_others, (select min(value::float8) from jsonb_each_text(p_kept)));
  behind bigint := orderweir.message_first_since(p_at - make_interval(secs => shortest));
  old bigint[];
begin
  if not pg_try_advisory_xact_lock(hashtext('orderweir.payloads_purge')) then
    return 0;
  end if;
  old := array(
    select p.message_id
    from orderweir.payload p
    join orderweir.message m on m.id = p.message_id
    where p.message_id < behind and p.raw is not null
      and orderweir.entity_finished_at(m.entity_id) < p_at - make_interval(secs => coalesce((p_kept ->> m.type)::float8, p_others))
    order by p.message_id
    limit p_most);
  update orderweir.payload p
  set raw = null, canonical = case when p.canonical ? 'totalPrice' then jsonb_strip_nulls(jsonb_build_object('totalPrice', p.canonical -> 'totalPrice', 'currency', p.canonical -> 'currency',
    'buyerTotalPrice', p.canonical -> 'buyerTotalPrice', 'buyerCurrency', p.canonical -> 'buyerCurrency')) end
  where p.message_id = any (old);
  update orderweir.hold set answer = null where message_id = any (old) and answer is not null;
  return cardinality(old);
end $$;
