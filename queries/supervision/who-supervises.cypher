// title: {zh: 谁监督它, en: Who supervises it}
// description:
//   zh: 从一个人、职务、机构或地区起，逐级列出其上的每一个监督者，直到最高一级，每一步附原文。地区由其政府代表，个人由其职务代表。
//   en: From a person, post, agency or region, every supervisor above it up to the top, step by step, each with its
//     words. A region stands for its government, a person for the posts held.
// parameters:
//   - name: subject
//     type: subject
//     example: 沛县
//     description: {zh: 人、职务、机构或地区, en: "person, post, agency or region"}
// columns: [step, supervisor, supervised, how, derived, quote, notice, date, supervisor_id, supervised_id, notice_id]
// drawing: chain
MATCH (s:Person|Post|Agency|Region {uid: $subject})
CALL {
  WITH s
  MATCH path = (s)-[:HOLDS|POST_IN|PART_OF|WITHIN*0..5]->()<-[:SUPERVISES|IN_CHARGE_OF|GOVERNS*0..6]-()
  RETURN path
  UNION
  WITH s
  MATCH path = (s)-[:HOLDS|POST_IN|PART_OF|WITHIN*0..3]->()<-[:SUPERVISES|IN_CHARGE_OF|GOVERNS*1..3]-()
    -[:HOLDS|POST_IN|PART_OF*1..3]->()<-[:SUPERVISES|IN_CHARGE_OF|GOVERNS*0..5]-()
  RETURN path
}
WITH path
WHERE length(path) > 0 AND all(r IN relationships(path) WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
  AND (r.derived AND coalesce(r.kind, 'rank') IN ['rank', 'guidance'] OR coalesce(r.since, r.first_seen) <= coalesce($as_of, 'all'))
  AND (coalesce($as_of, '') = 'all'
    OR (coalesce(r.until, CASE WHEN NOT $stated_only THEN r.superseded END, CASE WHEN r.status = '免去' THEN r.last_seen WHEN r.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
      AND coalesce(r.since, '') <= coalesce($as_of, 'all'))))
UNWIND range(0, length(path) - 1) AS i
WITH relationships(path)[i] AS r, nodes(path)[i] AS below, nodes(path)[i + 1] AS above, i
WITH r, below, above, min(i) + 1 AS step
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN step, above.name AS supervisor, below.name AS supervised,
  type(r) + coalesce(' ' + r.kind, '') AS how, r.derived AS derived, r.quotes[-1] AS quote,
  n.title AS notice, r.last_seen AS date, above.uid AS supervisor_id, below.uid AS supervised_id, n.uid AS notice_id
ORDER BY step, how, supervisor, supervised, supervisor_id, supervised_id
