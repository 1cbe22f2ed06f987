// title: {zh: 清单有哪些事项, en: Items of a list}
// description:
//   zh: 一份清单的各项：问题、措施、谁牵头或负责、谁配合、谁督办、何地、时限、进展。标题可指其最新一期。
//   en: Each item of a list - problem, measure, who leads or answers, assists and oversees, where, until when, how far. Its title means its newest state.
// parameters:
//   - name: list
//     type: list
//     example: 沛县省大气污染防治专项督察反馈问题整改清单
//     description: {zh: 清单, en: "a list"}
// columns: [item, problem, duty, bearer, assists, oversees, place, deadline, due, status, progress, derived, quote, notice, date, duty_id, notice_id]
// drawing: table
MATCH (l:AccountabilityList {uid: $list})<-[s:LISTED_IN]-(o:Obligation)
MATCH (n:Notice {uid: split(s.evidence[-1], '#')[0]})
WHERE n.published <= coalesce($as_of, 'all')
CALL {
  WITH o
  OPTIONAL MATCH (w)-[r:BEARS]->(o)
  WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
  WITH DISTINCT r.role AS role, w.name AS name ORDER BY name
  RETURN collect(CASE WHEN role IN ['牵头', '责任'] THEN name END) AS doers,
    collect(CASE role WHEN '配合' THEN name END) AS helpers, collect(CASE role WHEN '督办' THEN name END) AS watchers
}
CALL {
  WITH o
  OPTIONAL MATCH (o)-[r:APPLIES_IN]->(p:Region)
  WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
  WITH DISTINCT p.name AS name ORDER BY name
  RETURN collect(name) AS places
}
RETURN o.item AS item, o.problem AS problem, o.text AS duty,
  reduce(a = '', x IN doers | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS bearer,
  reduce(a = '', x IN helpers | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS assists,
  reduce(a = '', x IN watchers | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS oversees,
  reduce(a = '', x IN places | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS place,
  o.deadline AS deadline, o.due AS due, o.status AS status, o.progress AS progress, s.derived AS derived, s.quotes[-1] AS quote,
  n.title AS notice, n.published AS date, o.uid AS duty_id, n.uid AS notice_id
ORDER BY toInteger(split(split(s.evidence[-1], '#')[1], '-')[0]), duty_id
