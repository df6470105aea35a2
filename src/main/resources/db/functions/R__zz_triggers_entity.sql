-- The books have an order from when it has a name (L1).
create or replace trigger entity_tally_named after update on entity
  for each row when (old.name is null and new.name is not null and orderweir.type_is(new.type, 'order')) execute function tally_named_order();

-- The books have every order that is named when it comes (L1).
create or replace trigger entity_tally_new after insert on entity referencing new table as after for each statement execute function tally_new_orders();
