-- The outcome of a call reaches the lane, and what would wait again gives way to a newer version behind it (L2, L3).
create or replace trigger delivery_settle_lane before update on delivery
  for each row when (old.state in ('sending', 'unsure') and new.state not in ('sending', 'unsure')) execute function lane_settle();

-- What a look at the target found stands with the hold that it began with (L9).
create or replace trigger delivery_tell_look before update on delivery
  for each row when (old.looks and new.state not in ('sending', 'unsure')) execute function hold_tell_look();

-- A call without an answer is not repeated when a gate was closed meanwhile (L6).
create or replace trigger delivery_yield_to_cancel before update on delivery
  for each row when (old.state = 'sending' and new.state = 'unsure' and new.build_id is not null and not new.cancel) execute function delivery_yield_to_cancel();

-- A change without an answer is not made again when a newer version waits behind it (L3).
create or replace trigger delivery_yield_to_newer before update on delivery
  for each row when (old.state = 'sending' and new.state = 'unsure' and not new.cancel) execute function delivery_yield_to_newer();

-- Leaving the Error Hold bin closes the hold (L3).
create or replace trigger delivery_close_hold after update on delivery
  for each row when (old.state = 'held' and new.state not in ('held', 'sending', 'unsure')) execute function hold_close_left();

-- What may have arrived and is not asked for any more is looked up before it counts as absent (L2).
create or replace trigger delivery_doubt_lane after update on delivery
  for each row when (old.state in ('sending', 'unsure') and new.state = 'superseded' and new.unsure_since is not null)
  execute function lane_doubt();

-- A slot of the calendar whose line has ended may be free for another one, and is asked for (L6).
create or replace trigger delivery_doubt_slots after update on delivery
  for each row when (old.state <> new.state and new.state in ('delivered', 'confirmed', 'superseded', 'discarded') and new.gate_basis is not null)
  execute function slot_doubt();

-- A gate knows whether anything waits behind it (L1).
create or replace trigger delivery_note_waiting after update on delivery
  for each row when (new.build_id is not null and (old.state in ('gated', 'held')) <> (new.state in ('gated', 'held'))) execute function gate_note_moved_waiting();

-- A gate knows of what is planned behind it (L1).
create or replace trigger delivery_note_new_waiting after insert on delivery referencing new table as after for each statement execute function gate_note_new_waiting();

-- The books follow every change of state (L1).
create or replace trigger delivery_tally_moved after update on delivery
  referencing old table as before new table as after for each statement execute function tally_moved_deliveries();

-- The books have every delivery that is planned (L1).
create or replace trigger delivery_tally_new after insert on delivery referencing new table as after for each statement execute function tally_new_deliveries();
