// title: {zh: 责任主体未见负责人, en: Bearers for whom nobody is named}
// description:
//   zh: 承担未完成责任、但没有任何任职者被点名的机构、地区和职务，附责任项数和最近一条原文。
//   en: Bodies, places and posts that bear duties not yet done, while no notice names anybody who holds a post there; with the number of duties and the words of the newest.
// parameters:
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看该地及其下辖地区, en: "only this region and the places within it"}
// columns: [bearer, duties, duty, derived, quote, notice, date, bearer_id, duty_id, notice_id]
// drawing: table
CALL {
  UNWIND CASE WHEN $region IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (one:Agency|Region|Post)
  WHERE EXISTS { MATCH (one)-[:BEARS]->(:Obligation) } AND NOT coalesce(one.generic, false) AND NOT EXISTS { MATCH (one)<-[:POST_IN]-(:Post)<-[h:HOLDS]-(:Person)
    WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
      OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
        AND coalesce(h.since, '') <= coalesce($as_of, 'all'))) }
    AND NOT EXISTS { MATCH (one)<-[:GOVERNS]-(:Agency)<-[:POST_IN]-(:Post)<-[h:HOLDS]-(:Person)
    WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
      OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
        AND coalesce(h.since, '') <= coalesce($as_of, 'all'))) }
    AND NOT EXISTS { MATCH (one)<-[h:HOLDS]-(:Person)
    WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
      OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
        AND coalesce(h.since, '') <= coalesce($as_of, 'all'))) }
  RETURN one.uid AS id, COUNT { // of several roles in one duty the first counts
    MATCH (one)-[r:BEARS]->(o:Obligation)
    WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all')
      AND NOT coalesce(o.status, '') IN ['已完成', '完成', '已整改', '整改完成', '已销号', '销号']
      AND NOT EXISTS { MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList) WHERE newer.first_seen <= coalesce($as_of, 'all') }
      AND NOT EXISTS { MATCH (o)<-[also:BEARS]-(:Person) WHERE (NOT also.derived OR NOT $stated_only) AND also.confidence >= $min_confidence }
      AND NOT EXISTS { MATCH (one)-[x:BEARS]->(o) WHERE x.uid < r.uid AND (NOT x.derived OR NOT $stated_only) AND x.confidence >= $min_confidence AND x.first_seen <= coalesce($as_of, 'all') }
  } AS number
  ORDER BY number DESC, one.name, one.uid
  LIMIT $most
  UNION ALL
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(place:Region)
  CALL {
    WITH place
    RETURN place AS one
    UNION
    WITH place
    MATCH (place)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(one:Agency)
    RETURN one
    UNION
    WITH place
    MATCH (place)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)<-[:POST_IN]-(one:Post)
    RETURN one
  }
  RETURN DISTINCT one.uid AS id, 0 AS number
}
MATCH (one:Agency|Region|Post {uid: id})
CALL {
  WITH one
  MATCH (one)-[r:BEARS]->(o:Obligation)
  WHERE NOT coalesce(one.generic, false) AND NOT EXISTS { MATCH (one)<-[:POST_IN]-(:Post)<-[h:HOLDS]-(:Person)
    WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
      OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
        AND coalesce(h.since, '') <= coalesce($as_of, 'all'))) }
    AND NOT EXISTS { MATCH (one)<-[:GOVERNS]-(:Agency)<-[:POST_IN]-(:Post)<-[h:HOLDS]-(:Person)
    WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
      OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
        AND coalesce(h.since, '') <= coalesce($as_of, 'all'))) }
    AND NOT EXISTS { MATCH (one)<-[h:HOLDS]-(:Person)
    WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
      OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
        AND coalesce(h.since, '') <= coalesce($as_of, 'all'))) }
  RETURN one AS b, r, o
}
WITH b, r, o
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all')
  AND NOT coalesce(o.status, '') IN ['已完成', '完成', '已整改', '整改完成', '已销号', '销号']
  AND NOT EXISTS { MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList) WHERE newer.first_seen <= coalesce($as_of, 'all') }
  AND NOT EXISTS { MATCH (o)<-[also:BEARS]-(:Person) WHERE (NOT also.derived OR NOT $stated_only) AND also.confidence >= $min_confidence }
WITH b, r, o
ORDER BY r.last_seen, o.uid, r.uid
WITH b, count(DISTINCT o.uid) AS duties, collect(r)[-1] AS r, collect(o)[-1] AS o
MATCH (o)-[s:STATED_IN]->(n:Notice)
WHERE n.uid = split(r.evidence[-1], '#')[0]
RETURN b.name AS bearer, duties, o.text AS duty, r.derived AS derived, coalesce(s.quotes[-1], r.quotes[-1]) AS quote, n.title AS notice,
  r.last_seen AS date, b.uid AS bearer_id, o.uid AS duty_id, n.uid AS notice_id
ORDER BY duties DESC, bearer, bearer_id
