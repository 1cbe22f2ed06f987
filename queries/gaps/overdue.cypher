// title: {zh: 逾期未完成的责任, en: Overdue duties}
// description:
//   zh: 截至某日（不写则为最新一份通知之日）已过期限而没有写明完成的责任，以及写明超期的；附期限和天数。
//   en: Duties whose deadline has passed by a day (without one, by that of the newest notice) and of which no notice says that they are done, and those said to be overdue; with how many days.
// parameters:
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看该地及其下辖地区, en: "only this region and the places within it"}
// columns: [due, days, duty, bearers, status, deadline, derived, quote, notice, date, duty_id, notice_id]
// drawing: timeline
MATCH (newest:Notice)
WHERE newest.published IS NOT NULL AND newest.published <> ''
WITH max(newest.published) AS last
WITH CASE WHEN coalesce($as_of, 'all') = 'all' THEN last ELSE $as_of END AS day
CALL {
  WITH day
  UNWIND CASE WHEN $region IS NULL THEN [day] ELSE [] END AS everywhere
  MATCH (o:Obligation)
  WHERE (o.due < everywhere OR o.status IN ['超期', '逾期'])
    AND NOT coalesce(o.status, '') IN ['已完成', '完成', '已整改', '整改完成', '已销号', '销号']
    AND (o.first_seen <= everywhere OR EXISTS { MATCH (o)-[s:STATED_IN]->(:Notice) WHERE s.first_seen <= everywhere })
    AND NOT EXISTS { MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList) WHERE newer.first_seen <= everywhere }
  RETURN o.uid AS id
  ORDER BY o.due, o.text, o.uid
  LIMIT $most
  UNION ALL
  WITH day
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(place:Region)
  CALL {
    WITH place
    MATCH (place)<-[:APPLIES_IN]-(o:Obligation)
    RETURN o
    UNION
    WITH place
    MATCH (place)-[:BEARS]->(o:Obligation)
    RETURN o
    UNION
    WITH place
    MATCH (place)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)-[:BEARS|ASSIGNED]->(o:Obligation)
    RETURN o
    UNION
    WITH place
    MATCH (place)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)<-[:POST_IN]-(:Post)<-[:HOLDS]-(:Person)-[:BEARS|ASSIGNED]->(o:Obligation)
    RETURN o
  }
  RETURN DISTINCT o.uid AS id
}
MATCH (o:Obligation {uid: id})
WHERE (o.due < day OR o.status IN ['超期', '逾期'])
  AND NOT coalesce(o.status, '') IN ['已完成', '完成', '已整改', '整改完成', '已销号', '销号']
  AND NOT EXISTS { MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList) WHERE newer.first_seen <= day }
  AND (o.first_seen <= day OR EXISTS { MATCH (o)-[s:STATED_IN]->(:Notice) WHERE s.first_seen <= day })
WITH day, o
ORDER BY o.due, o.text, o.uid
LIMIT $most
MATCH (o)-[s:STATED_IN]->(n:Notice)
WHERE s.first_seen <= day
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND b.first_seen <= day
WITH o, s, n, day, b, who
ORDER BY who.name, who.uid
WITH o, s, n, day, collect(DISTINCT who.name) AS bearers, collect(b.derived) AS how
RETURN o.due AS due, CASE WHEN o.due < day THEN duration.inDays(date(o.due), date(day)).days END AS days, o.text AS duty,
  reduce(t = '', w IN bearers | CASE WHEN t = '' THEN w ELSE t + '、' + w END) AS bearers, o.status AS status,
  o.deadline AS deadline, size(how) > 0 AND all(d IN how WHERE d) AS derived, coalesce(s.quotes[-1], o.text) AS quote,
  n.title AS notice, n.published AS date, o.uid AS duty_id, n.uid AS notice_id
ORDER BY due, duty, duty_id, date DESC, notice_id
