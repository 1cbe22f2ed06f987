// title: {zh: 两者之间的路径, en: The way between two}
// description:
//   zh: 两个人、职务、机构或地区之间最短的责任路径，逐步附原文。
//   en: The shortest line of accountability between two persons, posts, agencies or regions, step by step with its words.
// parameters:
//   - name: a
//     type: subject
//     example: 五段镇
//     description: {zh: 起点, en: "one end"}
//   - name: b
//     type: subject
//     example: 徐州市
//     description: {zh: 终点, en: "the other end"}
// columns: [step, from, how, to, derived, quote, notice, date, from_id, to_id, notice_id]
// drawing: chain
MATCH (a:Person|Post|Agency|Region {uid: $a})
WITH a, $b AS other
MATCH (b:Person|Post|Agency|Region {uid: other})
WHERE a <> b
MATCH path = allShortestPaths((a)-[:SUPERVISES|IN_CHARGE_OF|GOVERNS|HOLDS|POST_IN|PART_OF|WITHIN*1..12]-(b))
WHERE all(r IN relationships(path) WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived AND coalesce(r.kind, 'rank') IN ['rank', 'guidance'] OR coalesce(r.since, r.first_seen) <= coalesce($as_of, 'all'))
  AND (coalesce($as_of, '') = 'all' OR coalesce(r.until, CASE WHEN NOT $stated_only THEN r.superseded END, 'all') > coalesce($as_of, '9')))
WITH path, reduce(key = '', x IN nodes(path) | key + x.uid + ' ') AS key
ORDER BY key
LIMIT 1
UNWIND range(0, length(path) - 1) AS i
WITH i + 1 AS step, relationships(path)[i] AS r, startNode(relationships(path)[i]) AS x, endNode(relationships(path)[i]) AS y
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN step, x.name AS from, type(r) + coalesce(' ' + r.kind, '') AS how, y.name AS to,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  x.uid AS from_id, y.uid AS to_id, n.uid AS notice_id
ORDER BY step
