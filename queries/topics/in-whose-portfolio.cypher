// title: {zh: 谁分管, en: In whose portfolio a topic is}
// description:
//   zh: 谁分管一个主题（如大气污染防治），当时任何职；可限于一个地区。分管随其职务，superseded 为该职务终止之日（推定）。分管某单位的，见 supervision/whom-does-it-supervise。
//   en: Who has a topic such as 大气污染防治 in their portfolio, and the posts they held; of one region, or of all. A portfolio goes with the post; column superseded gives the day on which that ended (derived). Bodies in a portfolio are in supervision/whom-does-it-supervise.
// parameters:
//   - name: topic
//     type: topic
//     example: 生态环境保护
//     description: {zh: 主题, en: "a topic"}
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看在该地及其下辖地区任职的, en: "only those with a post in this region and the places within it"}
// columns: [who, posts, topic, superseded, derived, quote, notice, date, who_id, topic_id, notice_id]
// drawing: table
MATCH (t:Topic {uid: $topic})<-[r:HAS_PORTFOLIO]-(who)
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all')
  AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN r.superseded END, 'all') > coalesce($as_of, '9'))
OPTIONAL MATCH (who)-[h:HOLDS]->(post:Post)
WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
  OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
    AND coalesce(h.since, '') <= coalesce($as_of, 'all')))
WITH DISTINCT who, r, t, post
ORDER BY post.name
WITH who, r, t, collect(post.name) AS posts
WHERE $region IS NULL OR EXISTS { MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)<-[:POST_IN]-(:Post)<-[:HOLDS]-(who) }
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN who.name AS who, reduce(x = '', p IN posts | CASE WHEN x = '' THEN p ELSE x + '、' + p END) AS posts, t.name AS topic,
  CASE WHEN NOT $stated_only THEN r.superseded END AS superseded, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date, who.uid AS who_id, t.uid AS topic_id,
  n.uid AS notice_id
ORDER BY who, who_id
