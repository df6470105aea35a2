-- Wrong passwords of the last hour, by the name and the address they came from, so that who guesses shuts nobody out but herself.
-- An empty address stands for all of a person together, an empty name besides for all names that nobody has.
create table guess (
  name text,
  address text,
  times int not null default 1,
  at timestamptz not null default clock_timestamp(),
  primary key (name, address)
);
create index guess_at on guess (at);

alter table person
  drop constraint person_failures_have_time,
  drop column failures,
  drop column failed_at;
