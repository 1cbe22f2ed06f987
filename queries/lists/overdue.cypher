// title: {zh: 清单中超期的事项, en: Overdue items of lists}
// description:
//   zh: 某日已过时限而未完成的清单事项，只看该日已有的最新一期；可限于一份清单。延期的按新时限。
//   en: Items of lists whose last day had passed on a day and that were not done, by the newest state of each list on that day; of one list, or of all. An extended deadline counts.
// parameters:
//   - name: as_of
//     type: date
//     example: 2023-10-20
//     description: {zh: 以哪一日论, en: "the day by which they are overdue"}
//   - name: list
//     type: list
//     default: null
//     example: 沛县省大气污染防治专项督察反馈问题整改清单
//     description: {zh: 只看这份清单（各期）, en: "only this list, all its states"}
// columns: [days, due, item, duty, bearer, status, list, derived, quote, notice, date, duty_id, list_id, notice_id]
// drawing: timeline
CALL {
  UNWIND CASE WHEN $list IS NULL THEN [1] ELSE [] END AS everyone
  MATCH (l:AccountabilityList)
  RETURN l
  UNION
  MATCH (:AccountabilityList {uid: $list})-[:REVISION_OF*0..30]->(l:AccountabilityList)
  RETURN l
  UNION
  MATCH (:AccountabilityList {uid: $list})<-[:REVISION_OF*1..30]-(l:AccountabilityList)
  RETURN l
}
MATCH (l)-[:STATED_IN]->(n:Notice)
WITH l, n, coalesce(l.date, n.published, '') AS day
WHERE (day <= $as_of OR $as_of = 'all') AND NOT EXISTS {
  MATCH (l)<-[:REVISION_OF]-(later:AccountabilityList)
  WHERE coalesce(later.date, later.first_seen) <= $as_of OR $as_of = 'all'
}
MATCH (l)<-[s:LISTED_IN]-(o:Obligation)
WHERE o.due < $as_of AND NOT coalesce(o.status, '') IN ['已完成', '已销号']
CALL {
  WITH o
  OPTIONAL MATCH (w)-[r:BEARS]->(o)
  WHERE r.role IN ['牵头', '责任'] AND (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
  WITH DISTINCT w.name AS name ORDER BY name
  RETURN collect(name) AS doers
}
RETURN CASE WHEN $as_of = 'all' THEN null ELSE duration.inDays(date(o.due), date(CASE WHEN $as_of = 'all' THEN o.due ELSE $as_of END)).days END AS days,
  o.due AS due, o.item AS item, o.text AS duty,
  reduce(a = '', x IN doers | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS bearer,
  o.status AS status, l.title AS list, s.derived AS derived, s.quotes[-1] AS quote, n.title AS notice, n.published AS date,
  o.uid AS duty_id, l.uid AS list_id, n.uid AS notice_id
ORDER BY due, list_id, toInteger(split(split(s.evidence[-1], '#')[1], '-')[0]), duty_id
