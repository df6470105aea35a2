-- Does a gate with this rule believe this sender what it says? {paid} believes its payers, where it names some; {opens, closes} have kinds, or sender/kind.
create or replace function signal_counts(p_rule jsonb, p_kind text, p_sender text) returns boolean language sql immutable as $$
  select p_rule ? 'paid' and p_kind in ('payment', 'payment-failed', 'refund', 'dispute', 'dispute-won') and (not p_rule ? 'payers' or p_rule -> 'payers' ? p_sender)
    or (coalesce(p_rule -> 'opens', '[]') || coalesce(p_rule -> 'closes', '[]')) ?| array[p_kind, p_sender || '/' || p_kind]
$$;
