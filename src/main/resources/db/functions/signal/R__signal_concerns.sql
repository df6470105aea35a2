-- Does a gate with this rule listen to signals of this kind, whoever says them?
create or replace function signal_concerns(p_rule jsonb, p_kind text) returns boolean language sql immutable as $$
  select p_rule ? 'paid' and p_kind in ('payment', 'refund', 'dispute', 'dispute-won')
    or exists (select from jsonb_array_elements_text(coalesce(p_rule -> 'opens', '[]') || coalesce(p_rule -> 'closes', '[]')) as named where split_part('/' || named, '/', -1) = p_kind)
$$;
