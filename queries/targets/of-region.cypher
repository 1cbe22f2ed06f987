// title: {zh: 某地的目标, en: Targets of a region}
// description:
//   zh: 适用于一个地区、或由该地区及其政府承担的责任所含的量化目标。
//   en: Numbers to reach in a region; those of duties that apply there or that it or its government bears.
// parameters:
//   - name: region
//     type: region
//     example: 沛县
//     description: {zh: 地区, en: "a region"}
// columns: [target, indicator, op, value, unit, period, baseline, duty, derived, quote, notice, date, target_id, duty_id, notice_id]
// drawing: table
MATCH (place:Region {uid: $region})
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
  MATCH (place)<-[:GOVERNS]-(:Agency)-[:BEARS]->(o:Obligation)
  RETURN o
}
MATCH (o)-[r:HAS_TARGET]->(t:Target)
WHERE (NOT r.derived OR NOT $stated_only) AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN t.name AS target, t.indicator AS indicator, t.op AS op, t.value AS value, t.unit AS unit, t.period AS period,
  t.baseline AS baseline, o.text AS duty, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  t.uid AS target_id, o.uid AS duty_id, n.uid AS notice_id
ORDER BY indicator, period, target, target_id, duty_id
