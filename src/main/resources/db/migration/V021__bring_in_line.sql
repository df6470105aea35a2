-- Planning is one comparison (bring_in_line): what planned a difference of its own before goes.
set local client_min_messages = warning;
drop trigger if exists delivery_go_without on delivery;
drop trigger if exists delivery_pass_turn on delivery;
drop trigger if exists delivery_tell_siblings on delivery;
drop function if exists lane_pass_turn();
drop function if exists delivery_tell_siblings();
drop function if exists request_go_without();
drop function if exists request_again(bigint);
drop function if exists request_cancel(delivery);
drop function if exists request_cancel_others(bigint);
drop function if exists request_stands(delivery);
drop function if exists notice_show(bigint);
drop function if exists gate_weigh_build(bigint);
drop function if exists gate_weigh_together(bigint);
-- it returns nothing now
drop function if exists gate_shut(gate, text, text, jsonb);
