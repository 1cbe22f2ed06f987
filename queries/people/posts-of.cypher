// title: {zh: 此人任何职, en: Posts of a person}
// description:
//   zh: 一个人的职务及所在机构；已结束的只在指定日期之前或 --as-of all 时列出。
//   en: The posts that a person holds and the bodies they are in; what has ended shows for an earlier date or with --as-of all.
// parameters:
//   - name: person
//     type: person
//     example: 孟广霖
//     description: {zh: 人, en: "a person"}
// columns: [post, body, status, since, until, superseded, derived, quote, notice, date, post_id, body_id, notice_id]
// drawing: timeline
MATCH (p:Person {uid: $person})-[h:HOLDS]->(post:Post)
WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
  OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
    AND coalesce(h.since, '') <= coalesce($as_of, 'all')))
OPTIONAL MATCH (post)-[:POST_IN]->(body)
OPTIONAL MATCH (n:Notice {uid: split(h.evidence[-1], '#')[0]})
RETURN post.name AS post, body.name AS body, CASE WHEN h.outright > coalesce($as_of, 'all') THEN '代理'
    WHEN h.status = '免去' AND coalesce($as_of, 'all') < coalesce(h.until, h.last_seen) THEN '在任' ELSE coalesce(h.status, '在任') END AS status, h.since AS since, h.until AS until,
  CASE WHEN NOT $stated_only THEN h.superseded END AS superseded,
  h.derived AS derived, h.quotes[-1] AS quote, n.title AS notice, h.last_seen AS date,
  post.uid AS post_id, body.uid AS body_id, n.uid AS notice_id
ORDER BY date DESC, post, body, post_id, body_id
