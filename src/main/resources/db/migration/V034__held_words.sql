-- They are told the order, whose store is named where another one has its number, and not its name.
set local client_min_messages = warning;
drop function if exists deliver_next_states(call_end[]);
drop function if exists deliver_held_words(text, text, text, text, text, text, int, text, int);
