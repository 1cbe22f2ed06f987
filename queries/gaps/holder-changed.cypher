// title: {zh: 期限前换人的责任, en: Duties whose holder changed before the deadline}
// description:
//   zh: 布置之后、到期之前，承担责任的人已不任其职，或承担责任的机构、地区、职务换了主要负责人。superseded 为真的，离任由后任到任推定。
//   en: Duties whose bearer left the post after they were imposed and before they fell due, or whose bearing body, place or post got another head; where superseded is true the end follows from a later holder's being named.
// parameters: []
// columns: [due, duty, bearer, post, before, ended, superseded, after, derived, quote, notice, date, duty_id, bearer_id, post_id, before_id, after_id, notice_id]
// drawing: timeline
MATCH (store:KgStore)
WITH coalesce(store.marked, false) AS marked
MATCH (post:Post)
WHERE (post.turnover OR NOT marked) // what the store keeps: a holding of it ended, and who held it, it or its body has duties
MATCH (who:Person)-[h:HOLDS]->(post)
WHERE h.until IS NOT NULL OR h.superseded IS NOT NULL OR h.status = '免去'
CALL {
  WITH who, post
  MATCH (who)-[r:BEARS]->(o:Obligation)
  RETURN who AS bearer, r, o
  UNION
  WITH who, post
  MATCH (post)-[r:BEARS]->(o:Obligation)
  RETURN post AS bearer, r, o
  UNION
  WITH who, post
  MATCH (post)-[:POST_IN]->(body:Agency|Region)
  WHERE post.title =~ '^(代)?[^副]{0,8}(书记|省长|市长|县长|区长|镇长|乡长|厅长|局长|主任|部长|所长|站长|队长)$'
  MATCH (body)-[:GOVERNS*0..1]->(bearer:Agency|Region)-[r:BEARS]->(o:Obligation)
  RETURN bearer, r, o
}
WITH who, h, post, bearer, r, o, coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen END) AS ended
WHERE ended IS NOT NULL AND ended <= CASE WHEN coalesce($as_of, 'all') = 'all' THEN '9' ELSE $as_of END AND NOT h.derived AND h.confidence >= $min_confidence
WITH who, h, post, ended, bearer, r, o
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen < ended AND o.due >= ended
  AND NOT coalesce(o.status, '') IN ['已完成', '完成', '已整改', '整改完成', '已销号', '销号']
  AND NOT EXISTS { MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList) WHERE newer.first_seen <= coalesce($as_of, 'all') }
OPTIONAL MATCH (next:Person)-[s:HOLDS]->(post)
WHERE s.uid = CASE WHEN h.until IS NULL THEN h.superseded_by END OR s.since = h.until
WITH DISTINCT who, h, post, ended, bearer, r, o, next, s
OPTIONAL MATCH (n:Notice {uid: split(coalesce(s.evidence[0], h.evidence[-1]), '#')[0]})
RETURN o.due AS due, o.text AS duty, bearer.name AS bearer, post.name AS post, who.name AS before, ended,
  h.until IS NULL AND h.superseded IS NOT NULL AS superseded, next.name AS after, r.derived AS derived,
  coalesce(s.quotes[0], h.quotes[-1]) AS quote, n.title AS notice, coalesce(s.first_seen, h.last_seen) AS date,
  o.uid AS duty_id, bearer.uid AS bearer_id, post.uid AS post_id, who.uid AS before_id, next.uid AS after_id, n.uid AS notice_id
ORDER BY due, duty, duty_id, bearer_id, post_id, before_id, after_id
