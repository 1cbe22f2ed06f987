// title: {zh: 某地的责任, en: Duties in a region}
// description:
//   zh: 一个地区及其下辖地区的责任和承担者，即适用于该地的，以及该地、其机构和任职者承担或交办的。清单有更新一期的，旧一期的事项只在指定更早日期或 --as-of all 时列出，superseded 为更新一期之日（推定）。
//   en: Duties of a region and the places within it, with who bears them; those that apply there, and those that the place, its bodies or their office-holders bear or assign. Of a list only the newest state counts; what an older one says shows for an earlier day or with --as-of all, and column superseded gives the day of the newer state (derived).
// parameters:
//   - name: region
//     type: region
//     example: 沛县
//     description: {zh: 地区, en: "a region"}
// columns: [duty, bearer, role, applies_in, status, deadline, due, superseded, derived, quote, notice, date, duty_id, bearer_id, notice_id]
// drawing: table
CALL {
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:APPLIES_IN]-(o:Obligation)
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)-[:BEARS]->(o:Obligation)
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)-[:BEARS|ASSIGNED]->(o:Obligation)
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)<-[:POST_IN]-(:Post)-[:BEARS]->(o:Obligation)
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)<-[:POST_IN]-(:Post)<-[:HOLDS]-(:Person)-[:BEARS|ASSIGNED]->(o:Obligation)
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:CONCERNS]-(:Meeting)-[:ASSIGNED]->(o:Obligation)
  RETURN o.uid AS id
}
MATCH (o:Obligation {uid: id})
WHERE $as_of IS NULL OR EXISTS { MATCH (o)-[x:STATED_IN]->(:Notice) WHERE x.first_seen <= $as_of }
CALL { // the day of a newer state of its list, which ends what this one says
  WITH o
  OPTIONAL MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList)
  RETURN min(newer.first_seen) AS newer
}
WITH o, newer
WHERE (coalesce($as_of, '') = 'all' OR $stated_only OR newer IS NULL OR newer > coalesce($as_of, 'all'))
WITH o, newer
ORDER BY o.last_seen DESC, o.uid
LIMIT $most
OPTIONAL MATCH (o)-[:APPLIES_IN]->(p:Region)
WITH o, newer, p
ORDER BY p.name, p.uid
WITH o, newer, collect(p.name) AS places
MATCH (o)-[s:STATED_IN]->(n:Notice)
WHERE s.first_seen <= coalesce($as_of, 'all')
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all'))
RETURN o.text AS duty, who.name AS bearer, b.role AS role,
  reduce(t = '', p IN places | CASE WHEN t = '' THEN p ELSE t + '、' + p END) AS applies_in, o.status AS status,
  o.deadline AS deadline, o.due AS due, CASE WHEN NOT $stated_only THEN newer END AS superseded, coalesce(b.derived, false) AS derived,
  coalesce(b.quotes[-1], s.quotes[-1], o.text) AS quote, n.title AS notice, n.published AS date,
  o.uid AS duty_id, who.uid AS bearer_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, duty, duty_id, bearer, role
