-- What a shop says of a product decides which gates its lines get (L6).
create or replace trigger message_keep_product after insert on message
  for each row when (new.state = 'noted' and orderweir.type_is(new.type, 'record')) execute function product_keep();

-- The same for what a person released (L6).
create or replace trigger message_keep_released_product after update of state on message
  for each row when (new.state = 'noted' and old.state <> 'noted' and orderweir.type_is(new.type, 'record')) execute function product_keep();

-- A signal that a person released waits to be heard again (L1, L6).
create or replace trigger message_keep_released_signal after update of state on message
  for each row when (new.state = 'noted' and old.state <> 'noted' and orderweir.type_is(new.type, 'signal')) execute function signal_keep();

-- Every signal that is taken in waits to be heard (L1, L6).
create or replace trigger message_keep_signal after insert on message
  for each row when (new.state = 'noted' and orderweir.type_is(new.type, 'signal')) execute function signal_keep();

-- The books follow every change of state, every repeat and every delivery that is planned later (L1).
create or replace trigger message_tally_moved after update on message referencing old table as before new table as after for each statement execute function tally_moved_messages();

-- The books have every message that is taken in (L1).
create or replace trigger message_tally_new after insert on message referencing new table as after for each statement execute function tally_new_messages();
