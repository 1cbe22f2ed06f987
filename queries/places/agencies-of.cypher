// title: {zh: 某地的机构, en: Agencies of a place}
// description:
//   zh: 管辖一个地区的机构及其所属部门。
//   en: The bodies that govern a region, and their parts.
// parameters:
//   - name: region
//     type: region
//     example: 沛县
//     description: {zh: 地区, en: "a region"}
// columns: [agency, kind, part_of, derived, quote, notice, date, agency_id, part_of_id, notice_id]
// drawing: graph
MATCH (place:Region {uid: $region})
CALL {
  WITH place
  MATCH (a:Agency)-[r:GOVERNS]->(place)
  RETURN a, r, place AS whole
  UNION
  WITH place
  MATCH (place)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..2]-(whole:Agency)<-[r:PART_OF]-(a:Agency)
  RETURN a, r, whole
}
WITH a, r, whole
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN DISTINCT a.name AS agency, a.kind AS kind, whole.name AS part_of, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  a.uid AS agency_id, whole.uid AS part_of_id, n.uid AS notice_id
ORDER BY part_of_id DESC, agency, agency_id
