-- What a person reads of an order that one account has and another one would get now.
create or replace function plan_stay_words(p_entity bigint, p_connection text, p_wanted text, p_role text) returns text language sql stable as $$
  select format('Order %1$s: %2$s has it, and %3$s would get it now as its %4$s, because its address changed, or the table roles of flows.yaml. Nothing of this version was sent to either. '
    || 'Release it, and it stays with %2$s, which gets this version and those after it. To move it, cancel the order in the shop and order it anew: that goes to %3$s.',
    orderweir.entity_called(e.id), p_connection, p_wanted, p_role)
  from orderweir.entity e where e.id = p_entity
$$;
