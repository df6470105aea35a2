-- Takes the next deliveries of a connection, each in a call with its permits; see db/functions/deliver/R__deliver_take.sql.
-- in: connection, most, ahead (s), lease (s: from the call's start), settles (s), limits (how many are configured), replica (this one's number, or null), now
-- out: one row per call, with what it needs to know
select t.call_id as call, t.id, t.message_id, t.port, t.part, t.external_id as "externalId", t.attempts, t.verb, t.look_up as "lookUp", t.looks, t.remote_id as "remoteId",
       t.order_name as "orderName", t.correlation_id as "correlationId", t.others_answered as "othersAnswered", t.line_ids::text as "lineIds", t.canonical::text as canonical,
       t.basis, t.gates::text as gates, t.waits_at::text as "waitsAt", t.found::text as found, orderweir.lane_sent(t.id) as "sentBefore", orderweir.lane_taken_over(t.id) as "takenOver", orderweir.lane_payment(t.id)::text as payment,
       -- a create that was not answered, of which a newer version waits
       case when t.look_up and t.verb = 'create' then exists (
         select from orderweir.delivery d join orderweir.delivery n on n.lane_id = d.lane_id and n.seq > d.seq and n.state in ('gated', 'ready', 'held') where d.id = t.id) end as overtaken,
       (select m.connection from orderweir.message m where m.id = t.message_id) as shop,
       ceil(greatest(0, extract(epoch from t.starts_at - g.at)) * 1000)::bigint as "waitMillis"
from (select coalesce(:#${variable.now}::timestamptz, clock_timestamp()) as at) g
cross join lateral orderweir.deliver_take(:#connection::text, :#most::int, make_interval(secs => :#ahead::float8), make_interval(secs => :#lease::float8),
  make_interval(secs => :#settles::float8), :#${variable.limits}::int, :#${variable.replica}::int, g.at) t
