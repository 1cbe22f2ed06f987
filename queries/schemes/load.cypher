// title: {zh: 包保任务量, en: Who carries how many}
// description:
//   zh: 每个人、职务、机构包保多少个乡镇、村和其他对象（同一对象只计一次），承担多少项责任；多者在前。
//   en: How many towns, villages and other things every person, post or body is in charge of (each counted once), and how many duties they bear; those with most first.
// parameters:
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看该地及其下辖地区, en: "only charges of this region and the places within it"}
// columns: [who, charges, towns, villages, places, duties, derived, quote, notice, date, who_id, notice_id]
// drawing: table
CALL {
  UNWIND CASE WHEN $region IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (who:Person|Post|Agency)-[r:IN_CHARGE_OF]->(place)
  RETURN who, r, place
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(place:Region)<-[r:IN_CHARGE_OF]-(who:Person|Post|Agency)
  RETURN who, r, place
}
WITH DISTINCT who, r, place
WHERE NOT coalesce(who.generic, false) AND NOT coalesce(place.generic, false)
  AND (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all')
  AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN r.superseded END, 'all') > coalesce($as_of, '9'))
WITH who, r, place
ORDER BY r.last_seen, place.uid, r.uid
WITH who, collect(DISTINCT place) AS all_places, collect(r)[-1] AS r
OPTIONAL MATCH (who)-[b:BEARS]->(o:Obligation)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND b.first_seen <= coalesce($as_of, 'all')
  AND NOT EXISTS { MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList) WHERE newer.first_seen <= coalesce($as_of, 'all') }
WITH who, all_places, r, count(DISTINCT o.uid) AS duties
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN who.name AS who, size(all_places) AS charges, size([p IN all_places WHERE p.level = 'township' OR p.uid =~ '^region:[0-9]{9}$']) AS towns,
  size([p IN all_places WHERE p.level IN ['village', 'grid']]) AS villages,
  reduce(t = '', p IN all_places | CASE WHEN t = '' THEN p.name ELSE t + '、' + p.name END) AS places, duties,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date, who.uid AS who_id, n.uid AS notice_id
ORDER BY charges DESC, duties DESC, who, who_id
