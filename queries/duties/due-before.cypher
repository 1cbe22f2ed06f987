// title: {zh: 到期的责任, en: Duties due by a day}
// description:
//   zh: 截止日在某日或之前的责任（含当日）；已完成的不列，-p done=true 时列出；清单事项只看最新一期的时限；旧一期的只在指定更早日期或 --as-of all 时列出，superseded 为更新一期之日（推定）。
//   en: Duties due on or before a day; what is done is left out unless done=true. Of a list only the newest state counts; an older one's items show for an earlier day or with --as-of all, and column superseded gives the day of the newer state (derived).
// parameters:
//   - name: date
//     type: date
//     example: 2023-12-31
//     description: {zh: 截止日（含）, en: "the last day that counts"}
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看该地的（适用于该地，或由该地及其机构承担、交办）, en: "only those of this region, its bodies and the places within it"}
//   - name: done
//     type: bool
//     default: false
//     example: false
//     description: {zh: 是否列出已完成的, en: "whether to list what is done"}
// columns: [due, duty, bearer, role, status, deadline, superseded, derived, quote, notice, date, duty_id, bearer_id, notice_id]
// drawing: timeline
CALL {
  UNWIND CASE WHEN $region IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (o:Obligation)
  WHERE o.due <= $date
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:APPLIES_IN]-(o:Obligation)
  WHERE o.due <= $date
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)-[:BEARS]->(o:Obligation)
  WHERE o.due <= $date
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)-[:BEARS|ASSIGNED]->(o:Obligation)
  WHERE o.due <= $date
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)<-[:POST_IN]-(:Post)-[:BEARS]->(o:Obligation)
  WHERE o.due <= $date
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:GOVERNS]-(:Agency)<-[:PART_OF*0..3]-(:Agency)<-[:POST_IN]-(:Post)<-[:HOLDS]-(:Person)-[:BEARS|ASSIGNED]->(o:Obligation)
  WHERE o.due <= $date
  RETURN o.uid AS id
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(:Region)<-[:CONCERNS]-(:Meeting)-[:ASSIGNED]->(o:Obligation)
  WHERE o.due <= $date
  RETURN o.uid AS id
}
MATCH (o:Obligation {uid: id})
WHERE ($done OR NOT coalesce(o.status, '') IN ['已完成', '完成', '已整改', '整改完成', '已销号', '销号'])
  AND ($as_of IS NULL OR EXISTS { MATCH (o)-[x:STATED_IN]->(:Notice) WHERE x.first_seen <= $as_of })
CALL { // the day of a newer state of its list, which ends what this one says
  WITH o
  OPTIONAL MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList)
  RETURN min(newer.first_seen) AS newer
}
WITH o, newer
WHERE (coalesce($as_of, '') = 'all' OR $stated_only OR newer IS NULL OR newer > coalesce($as_of, 'all'))
WITH o, newer
ORDER BY o.due, o.text, o.uid
LIMIT $most
MATCH (o)-[s:STATED_IN]->(n:Notice)
WHERE s.first_seen <= coalesce($as_of, 'all')
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all'))
RETURN o.due AS due, o.text AS duty, who.name AS bearer, b.role AS role, o.status AS status, o.deadline AS deadline,
  CASE WHEN NOT $stated_only THEN newer END AS superseded, coalesce(b.derived, false) AS derived, coalesce(b.quotes[-1], s.quotes[-1], o.text) AS quote, n.title AS notice,
  n.published AS date, o.uid AS duty_id, who.uid AS bearer_id, n.uid AS notice_id
ORDER BY due, duty, duty_id, bearer, role, date DESC, notice_id
