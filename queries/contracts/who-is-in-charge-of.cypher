// title: {zh: 谁包保, en: Who is in charge of a place}
// description:
//   zh: 谁包保、包联、分包一个地区或机构；below=true 时连同下辖地区。superseded 为后一期名册不再列出之日（推定），此后不再包保。
//   en: Who is in charge (包保, 包联, 分包) of a region or body; with below=true also of the places within it. Column superseded gives the day of a later state of the roster that no longer lists the charge, which ends it (derived).
// parameters:
//   - name: subject
//     type: subject
//     labels: [Region, Agency]
//     example: 五段镇
//     description: {zh: 地区或机构, en: "a region or body"}
//   - name: below
//     type: bool
//     default: false
//     example: true
//     description: {zh: 是否连同下辖地区, en: "whether to include the places within it"}
// columns: [who, place, posts, superseded, derived, quote, notice, date, who_id, place_id, notice_id]
// drawing: graph
MATCH (s:Region|Agency {uid: $subject})
MATCH (s)<-[within:WITHIN*0..4]-(place)
WHERE size(within) = 0 OR $below
MATCH (place)<-[r:IN_CHARGE_OF]-(who)
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
  AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN r.superseded END, 'all') > coalesce($as_of, '9'))
OPTIONAL MATCH (who)-[h:HOLDS]->(post:Post)
WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
  OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
    AND coalesce(h.since, '') <= coalesce($as_of, 'all')))
WITH DISTINCT who, place, r, post
ORDER BY post.name
WITH who, place, r, collect(post.name) AS posts
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN who.name AS who, place.name AS place, reduce(t = '', p IN posts | CASE WHEN t = '' THEN p ELSE t + '、' + p END) AS posts,
  CASE WHEN NOT $stated_only THEN r.superseded END AS superseded, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  who.uid AS who_id, place.uid AS place_id, n.uid AS notice_id
ORDER BY place, place_id, who, who_id
