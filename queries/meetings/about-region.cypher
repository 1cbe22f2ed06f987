// title: {zh: 关于某地的会议, en: Meetings about a region}
// description:
//   zh: 涉及一个地区（及其下辖地区）的会议。
//   en: Meetings that concern a region or the places within it.
// parameters:
//   - name: region
//     type: region
//     example: 徐州市
//     description: {zh: 地区, en: "a region"}
// columns: [day, meeting, region, derived, quote, notice, date, meeting_id, region_id, notice_id]
// drawing: timeline
MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(place:Region)<-[r:CONCERNS]-(m:Meeting)
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN DISTINCT m.date AS day, m.name AS meeting, place.name AS region, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  m.uid AS meeting_id, place.uid AS region_id, n.uid AS notice_id
ORDER BY day DESC, meeting, meeting_id, region
