// title: {zh: 一职二人, en: Two holders of one post on one day}
// description:
//   zh: 只由一人担任的职务（县长、局长、书记等，不含副职和委员），通知写明的两段任职在同一天重叠；分别附两处原文。
//   en: Posts that one person at a time holds (县长, 局长, 书记; not deputies or members) with two holdings, each borne out by notices, that overlap on a day; with the words of both.
// parameters: []
// columns: [post, body, first, second, day, derived, quote, notice, date, other_quote, other_notice, other_date, post_id, body_id, first_id, second_id, notice_id, other_notice_id]
// drawing: table
MATCH (store:KgStore)
WITH coalesce(store.marked, false) AS marked
MATCH (post:Post)
WHERE (post.contested OR NOT marked) // what the store keeps: two people's holdings of it overlap
  AND post.title =~ '^(代)?[^副]{0,8}(书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|厅长|局长|主任|部长|所长|站长|检察长|院长|队长|河长)$'
  AND NOT coalesce(post.generic, false) AND NOT coalesce(post.unresolved, false)
MATCH (post)<-[x:HOLDS]-(a:Person)
MATCH (post)<-[y:HOLDS]-(b:Person)
WHERE NOT x.derived AND NOT y.derived AND x.confidence >= $min_confidence AND y.confidence >= $min_confidence AND a.uid < b.uid AND a.name <> b.name
  AND NOT coalesce(a.partial, false) AND NOT coalesce(b.partial, false)
  AND NOT coalesce(x.status, '') IN ['拟任', '时任', '免去'] AND NOT coalesce(y.status, '') IN ['拟任', '时任', '免去']
WITH a, x, post, b, y, coalesce(x.since, x.first_seen) AS x0, coalesce(y.since, y.first_seen) AS y0,
  coalesce(x.until, x.last_seen + '~') AS x1, coalesce(y.until, y.last_seen + '~') AS y1
WITH a, x, post, b, y, x1, y1, CASE WHEN x0 > y0 THEN x0 ELSE y0 END AS day
WHERE day < x1 AND day < y1 AND day <= coalesce($as_of, 'all')
MATCH (post)-[:POST_IN]->(body)
OPTIONAL MATCH (n:Notice {uid: split(x.evidence[-1], '#')[0]})
OPTIONAL MATCH (m:Notice {uid: split(y.evidence[-1], '#')[0]})
RETURN post.name AS post, body.name AS body, a.name AS first, b.name AS second, day, false AS derived,
  x.quotes[-1] AS quote, n.title AS notice, x.last_seen AS date, y.quotes[-1] AS other_quote, m.title AS other_notice,
  y.last_seen AS other_date, post.uid AS post_id, body.uid AS body_id, a.uid AS first_id, b.uid AS second_id,
  n.uid AS notice_id, m.uid AS other_notice_id
ORDER BY post, post_id, body_id, first_id, second_id
