-- One charge is told of by several, each by a name of its own; who names no order but a charge is heard by either.
create index signal_charge on signal ((evidence ->> 'charge')) where state = 'heard' and kind = 'payment';
comment on column signal.about is 'the charge, once it is heard by the name that the first payment of it had; of one transaction of it the largest amount of a kind counts';
