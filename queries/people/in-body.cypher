// title: {zh: 机构中任职的人, en: People in a body}
// description:
//   zh: 一个机构或地区设有的职务和任职者。
//   en: The posts in a body or region and who holds them.
// parameters:
//   - name: body
//     type: body
//     labels: [Agency, Region]
//     example: 沛县人民政府
//     description: {zh: 机构或地区, en: "a body or region"}
// columns: [person, post, status, since, until, derived, quote, notice, date, person_id, post_id, notice_id]
// drawing: table
MATCH (b:Agency|Region {uid: $body})<-[r:POST_IN]-(post:Post)
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (who:Person)-[h:HOLDS]->(post)
WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
  OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
    AND coalesce(h.since, '') <= coalesce($as_of, 'all')))
WITH post, who, h, coalesce(h, r) AS e
OPTIONAL MATCH (n:Notice {uid: split(e.evidence[-1], '#')[0]})
RETURN who.name AS person, post.name AS post, CASE WHEN who IS NULL THEN null WHEN h.outright > coalesce($as_of, 'all') THEN '代理'
    WHEN h.status = '免去' AND coalesce($as_of, 'all') < coalesce(h.until, h.last_seen) THEN '在任' ELSE coalesce(h.status, '在任') END AS status,
  h.since AS since, h.until AS until, e.derived AS derived, e.quotes[-1] AS quote, n.title AS notice, e.last_seen AS date,
  who.uid AS person_id, post.uid AS post_id, n.uid AS notice_id
ORDER BY post, post_id, person, person_id
