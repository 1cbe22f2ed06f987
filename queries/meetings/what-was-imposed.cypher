// title: {zh: 会议布置了什么, en: What a meeting imposed}
// description:
//   zh: 会议本身以及会上讲话、主持者布置的责任和承担者。
//   en: Duties that a meeting imposed, itself or through those who spoke or presided, and on whom.
// parameters:
//   - name: meeting
//     type: meeting
//     example: 2023-01-18
//     description: {zh: 会议, en: "a meeting"}
// columns: [duty, by, bearer, role, deadline, due, derived, quote, notice, date, duty_id, by_id, bearer_id, notice_id]
// drawing: table
MATCH (m:Meeting {uid: $meeting})
CALL {
  WITH m
  MATCH (m)-[r:ASSIGNED]->(o:Obligation)
  RETURN m AS giver, r, o
  UNION
  WITH m
  MATCH (m)<-[part:SPOKE_AT|CHAIRED|CONVENED]-(giver)-[r:ASSIGNED]->(o:Obligation)
  WHERE any(e IN part.evidence WHERE e STARTS WITH split(r.evidence[-1], '#')[0] + '#')
  RETURN giver, r, o
}
WITH giver, r, o
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (o)<-[b:BEARS]-(who)
WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND (b.derived OR b.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN o.text AS duty, giver.name AS by, who.name AS bearer, b.role AS role, o.deadline AS deadline, o.due AS due,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  o.uid AS duty_id, giver.uid AS by_id, who.uid AS bearer_id, n.uid AS notice_id
ORDER BY date, duty, duty_id, giver.name, bearer, role
