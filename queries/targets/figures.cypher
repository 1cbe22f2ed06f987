// title: {zh: 某地的实测值, en: Figures of a region}
// description:
//   zh: 通知所说一个地区及其下辖地区各项指标在某一时段实际达到的数值，同地同指标按日期排列。
//   en: What the indicators of a region and of the places within it came to, as notices tell it; those of one place and indicator in order of date.
// parameters:
//   - name: region
//     type: region
//     example: 沛县
//     description: {zh: 地区, en: "a region"}
// columns: [place, indicator, period, value, unit, derived, quote, notice, date, figure_id, place_id, notice_id]
// drawing: table
MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(place:Region)<-[r:OBSERVED_IN]-(x:Observation)
WHERE r.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all') AND (NOT r.derived OR NOT $stated_only)
MATCH (x)-[:STATED_IN]->(n:Notice)
RETURN place.name AS place, x.indicator AS indicator, x.period AS period, x.value AS value, x.unit AS unit,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, n.published AS date, x.uid AS figure_id,
  place.uid AS place_id, n.uid AS notice_id
ORDER BY place_id, indicator, date, figure_id
