// title: {zh: 通知说了什么, en: What a notice states}
// description:
//   zh: 一份通知里的全部陈述，按原文顺序。通知可用编号、标题、网址或文号指定。
//   en: All that one notice states, in the order of its text. A notice is given by id, title, url or document number.
// parameters:
//   - name: notice
//     type: notice
//     example: 沛政办发〔2023〕8号
//     description: {zh: 通知, en: "a notice"}
// columns: [source, how, target, derived, quote, at, rule, confidence, source_id, target_id]
// drawing: graph
MATCH (n:Notice {uid: $notice})<-[:STATED_IN]-(a)
MATCH (a)-[r]->(b)
WHERE type(r) <> 'STATED_IN' AND (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
WITH n, a, r, b, [i IN range(0, size(r.evidence) - 1) WHERE r.evidence[i] STARTS WITH n.uid + '#'] AS hits
WHERE size(hits) > 0
RETURN a.name AS source, type(r) + coalesce(' ' + r.role, ' ' + r.kind, ' ' + r.form, '') AS how, b.name AS target,
  r.derived AS derived, r.quotes[hits[0]] AS quote, toInteger(split(split(r.evidence[hits[0]], '#')[1], '-')[0]) AS at,
  r.rule AS rule, r.confidence AS confidence, a.uid AS source_id, b.uid AS target_id
ORDER BY at, derived, how, source_id, target_id
