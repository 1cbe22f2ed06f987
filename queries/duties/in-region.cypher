// title: {zh: 某地的责任, en: Duties in a region}
// description:
//   zh: 适用于一个地区及其下辖地区的责任和承担者。
//   en: Duties that apply in a region and the places within it, with who bears them.
// parameters:
//   - name: region
//     type: region
//     example: 沛县
//     description: {zh: 地区, en: "a region"}
// columns: [duty, region, bearer, role, status, deadline, due, derived, quote, notice, date, duty_id, region_id, bearer_id, notice_id]
// drawing: table
MATCH (whole:Region {uid: $region})<-[:WITHIN*0..4]-(place:Region)<-[r:APPLIES_IN]-(o:Obligation)
WHERE (NOT r.derived OR NOT $stated_only) AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND (b.derived OR b.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN DISTINCT o.text AS duty, place.name AS region, who.name AS bearer, b.role AS role, o.status AS status,
  o.deadline AS deadline, o.due AS due, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  o.uid AS duty_id, place.uid AS region_id, who.uid AS bearer_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, duty, duty_id, region, bearer, role
