-- What is wrong with a log, after "its log has".
create or replace function intake_stop_words(p_reason text) returns text language sql immutable as $$
  select case p_reason
    when 'other-topic' then 'begun anew: the topic was made again, or the broker is another one'
    when 'log-behind' then 'lost records: it ends before what was taken in of it'
    when 'other-records' then 'other records where known ones stood: the broker lost some and new ones have their numbers'
    when 'records-gone' then 'lost its oldest records before they were taken in'
  end
$$;
