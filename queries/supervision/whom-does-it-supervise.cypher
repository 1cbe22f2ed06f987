// title: {zh: 它监督谁, en: Whom does it supervise}
// description:
//   zh: 从一个人、职务、机构或地区往下，列出它所监督、负责、管辖的对象及所属部门。地区由其政府代表，个人由其职务代表。监督者已更名或并入的，successor 为后继机构。
//   en: From a person, post, agency or region downwards; whom it supervises, is in charge of or governs, and its own parts. A region stands for its government, a person for the posts held. Where the supervisor has been renamed or merged since, column successor gives the body that followed.
// parameters:
//   - name: subject
//     type: subject
//     example: 徐州市人民政府
//     description: {zh: 人、职务、机构或地区, en: "person, post, agency or region"}
//   - name: depth
//     type: int
//     minimum: 1
//     maximum: 3
//     default: 1
//     example: 1
//     description: {zh: 往下几级（1 至 3）, en: "how many steps down, 1 to 3"}
// columns: [step, supervised, supervisor, how, successor, derived, quote, notice, date, supervised_id, supervisor_id, notice_id]
// drawing: chain
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
CALL {
  WITH seat
  MATCH path = (seat)-[:SUPERVISES|IN_CHARGE_OF|GOVERNS*1..3]->()
  RETURN path
  UNION
  WITH seat
  MATCH path = (seat)<-[:PART_OF*1..3]-()
  RETURN path
}
WITH path
WHERE length(path) <= $depth AND all(r IN relationships(path) WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived AND coalesce(r.kind, 'rank') IN ['rank', 'guidance'] OR coalesce(r.since, r.first_seen) <= coalesce($as_of, 'all'))
  AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN r.superseded END, 'all') > coalesce($as_of, '9')))
UNWIND range(0, length(path) - 1) AS i
WITH relationships(path)[i] AS r, nodes(path)[i] AS above, nodes(path)[i + 1] AS below, i
WITH r, above, below, min(i) + 1 AS step
OPTIONAL MATCH (later:Agency)-[u:SUCCEEDS]->(above)
WHERE (NOT u.derived OR NOT $stated_only) AND u.confidence >= $min_confidence AND u.first_seen <= coalesce($as_of, 'all')
WITH r, above, below, step, later
ORDER BY later.uid
WITH r, above, below, step, collect(later.name) AS named
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN step, below.name AS supervised, above.name AS supervisor, type(r) + coalesce(' ' + r.kind, '') AS how,
  reduce(t = '', x IN named | CASE WHEN t = '' THEN x ELSE t + '、' + x END) AS successor,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  below.uid AS supervised_id, above.uid AS supervisor_id, n.uid AS notice_id
ORDER BY step, how, supervised, supervisor, supervised_id, supervisor_id
