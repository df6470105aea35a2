-- An alert that is over says what became of it.
alter table alert add column ending text;
comment on column alert.ending is 'what was true when it was over: put off until, released, back since';
