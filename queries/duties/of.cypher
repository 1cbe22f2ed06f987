// title: {zh: 谁的责任, en: Duties of}
// description:
//   zh: 一个人、职务、机构或地区承担的责任；连同其职务、其政府以及更名或合并前机构的责任（through 注明）；承担的机构已更名或并入的，successor 为后继机构。清单有更新一期的，旧一期的事项只在指定更早日期或 --as-of all 时列出，superseded 为更新一期之日（推定）。
//   en: Duties that a person, post, agency or region bears, with those of the posts held, of the government, and of a body's former names (column through says which); where the bearer has been renamed or merged since, column successor gives the body that followed. Of a list only the newest state counts; what an older one says shows for an earlier day or with --as-of all, and column superseded gives the day of the newer state (derived).
// parameters:
//   - name: subject
//     type: subject
//     example: 沛县人民政府
//     description: {zh: 人、职务、机构或地区, en: "person, post, agency or region"}
// columns: [duty, bearer, role, through, successor, status, deadline, due, superseded, derived, quote, notice, date, duty_id, bearer_id, notice_id]
// drawing: table
MATCH (s:Person|Post|Agency|Region {uid: $subject})
CALL {
  WITH s
  RETURN s AS seat, '' AS through
  UNION
  WITH s
  MATCH (s)-[h:HOLDS]->(seat:Post)
  WHERE (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
    OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status = '免去' THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
      AND coalesce(h.since, '') <= coalesce($as_of, 'all')))
  RETURN seat, 'holds' AS through
  UNION
  WITH s
  MATCH (seat:Agency)-[g:GOVERNS]->(s)
  WHERE (NOT g.derived OR NOT $stated_only) AND g.confidence >= $min_confidence
  RETURN seat, 'governs' AS through
  UNION
  WITH s
  MATCH (s)-[:SUCCEEDS*1..3]->(seat:Agency)
  RETURN seat, 'formerly' AS through
}
MATCH (seat)-[r:BEARS]->(o:Obligation)
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
CALL { // the day of a newer state of its list, which ends what this one says
  WITH o
  OPTIONAL MATCH (o)-[:LISTED_IN]->(:AccountabilityList)<-[:REVISION_OF]-(newer:AccountabilityList)
  RETURN min(newer.first_seen) AS newer
}
WITH seat, through, r, o, newer
WHERE (coalesce($as_of, '') = 'all' OR $stated_only OR newer IS NULL OR newer > coalesce($as_of, 'all'))
OPTIONAL MATCH (later:Agency)-[u:SUCCEEDS]->(seat)
WHERE (NOT u.derived OR NOT $stated_only) AND u.confidence >= $min_confidence AND u.first_seen <= coalesce($as_of, 'all')
WITH seat, through, r, o, newer, later
ORDER BY later.uid
WITH seat, through, r, o, newer, collect(later.name) AS named
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN o.text AS duty, seat.name AS bearer, r.role AS role, through,
  reduce(t = '', x IN named | CASE WHEN t = '' THEN x ELSE t + '、' + x END) AS successor, o.status AS status, o.deadline AS deadline,
  o.due AS due, CASE WHEN NOT $stated_only THEN newer END AS superseded, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  o.uid AS duty_id, seat.uid AS bearer_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, duty, duty_id, bearer, role
