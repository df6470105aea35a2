-- What became of an alert that is over, in a sentence: what is true now, not that its first sentence no longer is. p: see sql/alert/watch.sql.
create or replace function alert_ending(p_alert orderweir.alert, p jsonb, p_at timestamptz) returns text language sql stable as $$
  select coalesce(case p_alert.kind
      when 'hold' then (
        select case
            when count(*) filter (where h.closed_at is null) > 0 then format('%s put off until %s, and still held (%s).', orderweir.alert_count_words(count(*) filter (where h.closed_at is null)),
              orderweir.alert_clock(min(greatest(h.snoozed_until, g.snoozed_until)) filter (where h.closed_at is null), p), orderweir.alert_cause_words(p, p_alert.subject))
            when count(*) > 0 then format('Nothing is held any more for: %s. %s released, %s discarded, %s settled by what came later.', orderweir.alert_cause_words(p, p_alert.subject),
              count(*) filter (where h.resolution like 'released%'), count(*) filter (where h.resolution like 'discarded%'),
              count(*) filter (where h.resolution not like 'released%' and h.resolution not like 'discarded%'))
          end
        from orderweir.hold h
        left join orderweir.hold_group g on g.fingerprint = h.fingerprint
        where h.fingerprint = p_alert.subject and (h.closed_at is null or h.closed_at >= p_alert.first_at))
      when 'away' then (
        select case when s.away_since is null then format('%s answers again since %s%s.', coalesce(a.label, p_alert.subject), orderweir.alert_clock(p_alert.last_at, p), w.words)
                    else format('%s is paused; whether it answers again is not known.', coalesce(a.label, p_alert.subject)) end
        from orderweir.connection_state s
        left join jsonb_to_recordset(p -> 'connections') as a (connection text, label text) on a.connection = p_alert.subject
        cross join lateral (
          select case when sum(t.n) > 0 then format('; %s wait, and go out by themselves', orderweir.alert_count_words(sum(t.n)::bigint)) end as words
          from orderweir.tallied t where t.book = 'delivery' and t.place = p_alert.subject and t.state in ('ready', 'unsure')) w
        where s.connection = p_alert.subject)
      when 'auth' then (
        select format(case when p_alert.cause like 'token|%' and s.paused_at is null then '%s is signed in again.' when s.paused_at is null then '%s is resumed.' else '%s is paused by a person now.' end, coalesce(a.label, p_alert.subject))
        from orderweir.connection_state s
        left join jsonb_to_recordset(p -> 'connections') as a (connection text, label text) on a.connection = p_alert.subject
        where s.connection = p_alert.subject)
      when 'end' then format('Nothing that %s uses ends so soon any more: %s.', p_alert.subject, split_part(p_alert.cause, '|', 3))
      when 'late' then format('No line waits too long at gate %s any more.', p_alert.subject)
    end, 'Over: ' || p_alert.sentence)
$$;
