// title: {zh: 无人承担的责任, en: Duties without a bearer}
// description:
//   zh: 没有写明承担者的责任；只写统称（如各有关部门）的也算，统称列在 collective。
//   en: Duties that name nobody who bears them; one borne only by a collective (各有关部门) counts too, and column collective gives it.
// parameters:
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看该地的（适用于该地，或由该地及其机构承担、交办）, en: "only those of this region, its bodies and the places within it"}
//   - name: topic
//     type: topic
//     default: null
//     example: 大气污染防治
//     description: {zh: 只看该主题, en: "only those on this topic"}
// columns: [duty, collective, status, deadline, due, derived, quote, notice, date, duty_id, notice_id]
// drawing: table
CALL {
  UNWIND CASE WHEN $region IS NULL AND $topic IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (o:Obligation)
  WHERE NOT EXISTS { MATCH (o)<-[b:BEARS]-(w)
    WHERE NOT coalesce(w.generic, false) AND (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all')) }
  RETURN o.uid AS id
  UNION
  UNWIND CASE WHEN $region IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (:Topic {uid: $topic})<-[:ABOUT]-(o:Obligation)
  RETURN o.uid AS id
  UNION
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
WHERE ($topic IS NULL OR EXISTS { MATCH (o)-[:ABOUT]->(:Topic {uid: $topic}) })
  AND NOT EXISTS { MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList) WHERE newer.first_seen <= coalesce($as_of, 'all') }
  AND NOT EXISTS { MATCH (o)<-[b:BEARS]-(w)
    WHERE NOT coalesce(w.generic, false) AND (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all')) }
MATCH (o)-[r:STATED_IN]->(n:Notice)
WHERE r.first_seen <= coalesce($as_of, 'all')
WITH o, r, n
ORDER BY n.published DESC, n.uid, o.text, o.uid
LIMIT $most
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all'))
WITH o, r, n, who
ORDER BY who.name, who.uid
WITH o, r, n, collect(who.name) AS collectives
RETURN o.text AS duty, reduce(t = '', c IN collectives | CASE WHEN t = '' THEN c ELSE t + '、' + c END) AS collective,
  o.status AS status, o.deadline AS deadline, o.due AS due, false AS derived, coalesce(r.quotes[-1], o.text) AS quote,
  n.title AS notice, n.published AS date, o.uid AS duty_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, duty, duty_id
