// title: {zh: 谁任此职, en: Who held a post}
// description:
//   zh: 某日（不写则为当前）谁任某职务。任职含起始日，不含结束日；代县长即职务县长、状态代理。known 说明当日在任是通知所能证明（yes）还是不明（unknown）。
//   en: Who held a post on a day, or holds it now. The first day counts as held, the last does not. Column known tells whether the notices bear out that day (yes) or leave it open (unknown).
// parameters:
//   - name: post
//     type: text
//     example: 县长
//     suggest: "MATCH (p:Post) WHERE p.title STARTS WITH $prefix OR p.name STARTS WITH $prefix RETURN DISTINCT p.title AS value ORDER BY value"
//     description: {zh: 职务名称、全称或编号, en: "a post by title, full name or id"}
//   - name: body
//     type: body
//     labels: [Agency, Region]
//     default: null
//     example: 沛县人民政府
//     description: {zh: 所在机构或地区, en: "the body or region it is in"}
//   - name: date
//     type: date
//     default: null
//     example: 2023-06-30
//     description: {zh: 日期, en: "a day"}
// columns: [person, post, body, status, known, since, until, superseded, derived, quote, notice, date, person_id, post_id, body_id, notice_id]
// drawing: timeline
CALL {
  UNWIND CASE WHEN $body IS NULL THEN [1] ELSE [] END AS anywhere
  MATCH (post:Post)
  WHERE post.title IN [$post, '代' + $post, '代理' + $post] OR post.name = $post OR post.uid = $post OR $post IN post.aliases
  RETURN post
  UNION ALL
  MATCH (:Agency|Region {uid: $body})<-[:POST_IN]-(post:Post)
  WHERE post.title IN [$post, '代' + $post, '代理' + $post] OR post.name = $post OR post.uid = $post OR $post IN post.aliases
  RETURN post
  UNION ALL
  MATCH (:Region {uid: $body})<-[:GOVERNS]-(:Agency)<-[:POST_IN]-(post:Post)
  WHERE post.title IN [$post, '代' + $post, '代理' + $post] OR post.name = $post OR post.uid = $post OR $post IN post.aliases
  RETURN post
}
WITH DISTINCT post
OPTIONAL MATCH (post)-[:POST_IN]->(body)
MATCH (who:Person)-[h:HOLDS]->(post)
WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($date, $as_of, '') = 'all'
  OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($date, $as_of, '9')
    AND coalesce(h.since, '') <= coalesce($date, $as_of, 'all')
    AND ($stated_only OR coalesce($date, $as_of) IS NULL OR NOT EXISTS { MATCH (body)<-[:POST_IN]-(:Post)<-[e:HOLDS]-(:Person) WHERE e.superseded_by = h.uid AND e.superseded > coalesce($date, $as_of) })))
WITH post, body, who, h, CASE WHEN coalesce($date, $as_of, 'all') = 'all' THEN null
    WHEN coalesce($date, $as_of) >= coalesce(h.since, h.first_seen) AND coalesce($date, $as_of) < coalesce(h.until, h.last_seen + '~') THEN 'yes'
    ELSE 'unknown' END AS known
ORDER BY post.name, post.uid, known DESC, h.last_seen DESC, who.name, who.uid
LIMIT $most
// before a dismissal the words that say who was in office are the first
WITH *, CASE WHEN h.status = '免去' AND coalesce($date, $as_of, 'all') < coalesce(h.until, h.last_seen) THEN 0 ELSE -1 END AS at
OPTIONAL MATCH (n:Notice {uid: split(h.evidence[at], '#')[0]})
RETURN who.name AS person, post.name AS post, body.name AS body, CASE WHEN h.outright > coalesce($date, $as_of, 'all') THEN '代理'
    WHEN h.status = '免去' AND coalesce($date, $as_of, 'all') < coalesce(h.until, h.last_seen) THEN '在任' ELSE coalesce(h.status, '在任') END AS status, known,
  h.since AS since, h.until AS until,
  CASE WHEN NOT $stated_only THEN h.superseded END AS superseded,
  h.derived AS derived, h.quotes[at] AS quote, n.title AS notice, CASE at WHEN 0 THEN h.first_seen ELSE h.last_seen END AS date,
  who.uid AS person_id, post.uid AS post_id, body.uid AS body_id, n.uid AS notice_id
ORDER BY post, post_id, known DESC, date DESC, person, person_id
