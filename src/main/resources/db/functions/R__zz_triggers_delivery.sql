create or replace trigger delivery_doubt_lane after update on delivery
  for each row when (old.state in ('sending', 'unsure') and new.state = 'superseded' and new.unsure_since is not null and new.build_id is not null)
  execute function lane_doubt();

create or replace trigger delivery_doubt_slots after update on delivery
  for each row when (old.state <> new.state and new.state in ('delivered', 'confirmed', 'superseded', 'discarded') and new.gate_basis is not null)
  execute function slot_doubt();

create or replace trigger delivery_go_without after update on delivery
  for each row when (old.state <> new.state and new.state = 'discarded' and new.build_id is not null) execute function request_go_without();

create or replace trigger delivery_note_new_waiting after insert on delivery referencing new table as after for each statement execute function gate_note_new_waiting();

create or replace trigger delivery_note_waiting after update on delivery
  for each row when (new.build_id is not null and (old.state in ('gated', 'held')) <> (new.state in ('gated', 'held'))) execute function gate_note_moved_waiting();

create or replace trigger delivery_pass_turn after update on delivery
  for each row when (old.head and not new.head) execute function lane_pass_turn();

create or replace trigger delivery_settle_lane before update on delivery
  for each row when (old.state in ('sending', 'unsure') and new.state not in ('sending', 'unsure')) execute function lane_settle();

create or replace trigger delivery_tally_moved after update on delivery
  for each row when (old.state <> new.state or old.claimable <> new.claimable) execute function tally_moved_delivery();

create or replace trigger delivery_tally_new after insert on delivery referencing new table as after for each statement execute function tally_new_deliveries();

create or replace trigger delivery_tell_look before update on delivery
  for each row when (old.looks and new.state not in ('sending', 'unsure')) execute function hold_tell_look();

create or replace trigger delivery_tell_siblings after update on delivery
  for each row when (old.state <> new.state and new.state not in ('sending', 'unsure')) execute function delivery_tell_siblings();

create or replace trigger delivery_yield_to_cancel before update on delivery
  for each row when (old.state = 'sending' and new.state = 'unsure' and new.build_id is not null and not new.cancel) execute function delivery_yield_to_cancel();
