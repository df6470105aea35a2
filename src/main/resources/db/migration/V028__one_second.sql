-- Of two versions of one second the sender's finer time says which is the newer.
alter table message add column triggered_at timestamptz;
comment on column message.triggered_at is 'when it happened, as its sender says beside it; a hint that nobody signs, so it only tells versions of one time apart';
alter type event add attribute triggered_at timestamptz;
