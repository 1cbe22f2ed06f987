// title: {zh: 某主题的责任, en: Duties on a topic}
// description:
//   zh: 关于一个主题（如散煤、扬尘）的责任和承担者；可限于一个地区。清单有更新一期的，旧一期的事项只在指定更早日期或 --as-of all 时列出，superseded 为更新一期之日（推定）。
//   en: Duties on a topic such as 散煤 or 扬尘, with who bears them; of one region, or of all. Of a list only the newest state counts; what an older one says shows for an earlier day or with --as-of all, and column superseded gives the day of the newer state (derived).
// parameters:
//   - name: topic
//     type: topic
//     example: 散煤
//     description: {zh: 主题, en: "a topic"}
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看该地的（适用于该地，或由该地及其机构承担、交办）, en: "only those of this region, its bodies and the places within it"}
// columns: [duty, bearer, role, status, deadline, due, superseded, derived, quote, notice, date, duty_id, bearer_id, notice_id]
// drawing: table
CALL {
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
MATCH (o)-[r:ABOUT]->(t)
WHERE t.uid = $topic AND (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
CALL { // the day of a newer state of its list, which ends what this one says
  WITH o
  OPTIONAL MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList)
  RETURN min(newer.first_seen) AS newer
}
WITH r, o, newer
WHERE (coalesce($as_of, '') = 'all' OR $stated_only OR newer IS NULL OR newer > coalesce($as_of, 'all'))
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN o.text AS duty, who.name AS bearer, b.role AS role, o.status AS status, o.deadline AS deadline, o.due AS due,
  CASE WHEN NOT $stated_only THEN newer END AS superseded, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  o.uid AS duty_id, who.uid AS bearer_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, duty, duty_id, bearer, role
