// title: {zh: 谁交办的责任, en: Duties assigned by}
// description:
//   zh: 一个人、机构或一地交办的责任和承担者。
//   en: Duties that a person, body or place assigned, with who bears them.
// parameters:
//   - name: subject
//     type: subject
//     labels: [Person, Agency, Region]
//     example: 沛县人民政府
//     description: {zh: 人、机构或地区, en: "a person, body or place"}
// columns: [duty, bearer, role, status, due, derived, quote, notice, date, duty_id, bearer_id, notice_id]
// drawing: table
MATCH (s:Person|Agency|Region {uid: $subject})-[r:ASSIGNED]->(o:Obligation)
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN o.text AS duty, who.name AS bearer, b.role AS role, o.status AS status, o.due AS due,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  o.uid AS duty_id, who.uid AS bearer_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, duty, duty_id, bearer, role
