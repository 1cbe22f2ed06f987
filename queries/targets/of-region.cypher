// title: {zh: 某地的目标, en: Targets of a region}
// description:
//   zh: 一个地区及其下辖地区的量化目标，即其责任所含的（through 为 duty）以及布置其责任的通知里另写的（through 为 notice）。
//   en: Numbers to reach in a region and the places within it; those of its duties (column through says duty), and others in the notices that impose its duties (notice).
// parameters:
//   - name: region
//     type: region
//     example: 沛县
//     description: {zh: 地区, en: "a region"}
// columns: [target, indicator, op, value, unit, period, baseline, through, duty, derived, quote, notice, date, target_id, duty_id, notice_id]
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
CALL {
  WITH o
  MATCH (o)-[r:HAS_TARGET]->(t:Target)
  WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
  RETURN t, r, o.text AS duty, o.uid AS duty_id, 'duty' AS through
  UNION
  WITH o
  MATCH (o)-[:STATED_IN]->(:Notice)<-[r:STATED_IN]-(t:Target)
  WHERE r.first_seen <= coalesce($as_of, 'all') AND NOT EXISTS { MATCH (t)<-[:HAS_TARGET]-(:Obligation) }
  RETURN t, r, null AS duty, null AS duty_id, 'notice' AS through
}
WITH DISTINCT t, r, duty, duty_id, through
MATCH (t)-[s:STATED_IN]->(n:Notice)
RETURN t.name AS target, t.indicator AS indicator, t.op AS op, t.value AS value, t.unit AS unit, t.period AS period,
  t.baseline AS baseline, through, duty, r.derived AS derived, coalesce(r.quotes[-1], s.quotes[-1]) AS quote,
  n.title AS notice, n.published AS date, t.uid AS target_id, duty_id, n.uid AS notice_id
ORDER BY indicator, period, target, target_id, duty_id, notice_id
