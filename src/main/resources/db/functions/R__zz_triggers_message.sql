create or replace trigger message_keep_product after insert on message
  for each row when (new.type = 'product' and new.state = 'noted') execute function product_keep();

create or replace trigger message_keep_released_product after update on message
  for each row when (new.type = 'product' and new.state = 'noted' and old.state <> 'noted') execute function product_keep();

create or replace trigger message_keep_released_signal after update on message
  for each row when (new.type = 'signal' and new.state = 'noted' and old.state <> 'noted') execute function signal_keep();

create or replace trigger message_keep_signal after insert on message
  for each row when (new.type = 'signal' and new.state = 'noted') execute function signal_keep();

create or replace trigger message_tally_moved after update on message referencing old table as before new table as after for each statement execute function tally_moved_messages();

create or replace trigger message_tally_new after insert on message referencing new table as after for each statement execute function tally_new_messages();
