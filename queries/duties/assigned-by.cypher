// title: {zh: 谁交办的责任, en: Duties assigned by}
// description:
//   zh: 一个人、机构或一地交办的责任和承担者。清单有更新一期的，旧一期的事项只在指定更早日期或 --as-of all 时列出，superseded 为更新一期之日（推定）。
//   en: Duties that a person, body or place assigned, with who bears them. Of a list only the newest state counts; what an older one says shows for an earlier day or with --as-of all, and column superseded gives the day of the newer state (derived).
// parameters:
//   - name: subject
//     type: subject
//     labels: [Person, Agency, Region]
//     example: 沛县人民政府
//     description: {zh: 人、机构或地区, en: "a person, body or place"}
// columns: [duty, bearer, role, status, due, superseded, derived, quote, notice, date, duty_id, bearer_id, notice_id]
// drawing: table
MATCH (s:Person|Agency|Region {uid: $subject})-[r:ASSIGNED]->(o:Obligation)
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
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
RETURN o.text AS duty, who.name AS bearer, b.role AS role, o.status AS status, o.due AS due,
  CASE WHEN NOT $stated_only THEN newer END AS superseded, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  o.uid AS duty_id, who.uid AS bearer_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, duty, duty_id, bearer, role
