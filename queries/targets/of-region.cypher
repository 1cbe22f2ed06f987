// title: {zh: 某地的目标, en: Targets of a region}
// description:
//   zh: 一个地区及其下辖地区的量化目标，即其责任所含的（through 为 duty）、没有责任而直接为该地所定的（region）以及布置其责任的通知里另写的（notice）。
//   en: Numbers to reach in a region and the places within it; those of its duties (column through says duty), those set for the place without a duty (region), and others in the notices that impose its duties (notice).
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
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:APPLIES_IN]-(t:Target)
  WHERE NOT EXISTS { MATCH (t)<-[:HAS_TARGET]-(:Obligation) }
  RETURN t.uid AS id
}
CALL {
  WITH id
  MATCH (t:Target {uid: id})-[a:APPLIES_IN]->(:Region)
  MATCH (t)-[r:STATED_IN]->(:Notice)
  WHERE a.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all')
  RETURN t, r, null AS duty, null AS duty_id, 'region' AS through
  UNION
  WITH id
  MATCH (o:Obligation {uid: id})-[r:HAS_TARGET]->(t:Target)
  WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
  RETURN t, r, o.text AS duty, o.uid AS duty_id, 'duty' AS through
  UNION
  WITH id
  MATCH (:Obligation {uid: id})-[:STATED_IN]->(:Notice)<-[r:STATED_IN]-(t:Target)
  WHERE r.first_seen <= coalesce($as_of, 'all') AND t.value IS NOT NULL AND NOT EXISTS { MATCH (t)<-[:HAS_TARGET]-(:Obligation) }
    AND NOT EXISTS { MATCH (t)-[:APPLIES_IN]->(:Region) }
  RETURN t, r, null AS duty, null AS duty_id, 'notice' AS through
}
WITH DISTINCT t, r, duty, duty_id, through
MATCH (t)-[s:STATED_IN]->(n:Notice)
RETURN t.name AS target, t.indicator AS indicator, t.op AS op, t.value AS value, t.unit AS unit, t.period AS period,
  t.baseline AS baseline, through, duty, r.derived AS derived, coalesce(r.quotes[-1], s.quotes[-1]) AS quote,
  n.title AS notice, n.published AS date, t.uid AS target_id, duty_id, n.uid AS notice_id
ORDER BY indicator, period, target, target_id, duty_id, notice_id
