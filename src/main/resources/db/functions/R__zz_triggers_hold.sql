-- Who cared for a delivery cares for it when it is held again (L9).
create or replace trigger hold_inherits before insert on hold for each row when (new.delivery_id is not null) execute function hold_inherit();
