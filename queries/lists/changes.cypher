// title: {zh: 清单有何变化, en: What changed in a list}
// description:
//   zh: >-
//     一份清单的最新两期逐项对照：新增、完成、推进、退回、截至某日超期、延期、换人承担、被问责、不再列出；只有一期的，逐项说明现状。
//     两期之间凭措辞、序号、地点认定同一事项（basis、confidence）；存疑的不合并，新旧两项各自列出并互相注明。名册按被包保的地方或单位逐个对照。
//   en: >-
//     The two newest states of a list, item by item: new, done, progressed, set back, overdue as of a day, deadline moved, handed to
//     another bearer, punished, dropped; of a list with one state, how each item stands. An item is known again by wording,
//     number and place (columns basis and confidence); doubtful ones are not merged: both are listed, each with the other.
//     Rosters are compared by the places and bodies that somebody is put in charge of.
// parameters:
//   - name: list
//     type: list
//     example: 沛县省大气污染防治专项督察反馈问题整改清单
//     description: {zh: 清单（标题可指其最新一期）, en: "a list; its title means its newest state"}
//   - name: as_of
//     type: date
//     default: null
//     example: 2023-09-28
//     description: {zh: 以哪一日论超期、看到哪一期（默认清单日期）, en: "the day by which items are overdue and later states unknown; the list's own by default"}
// columns: [item, change, duty, before, bearer, bearer_before, due, due_before, status, status_before, punished, confidence, basis, derived, quote, notice, date, duty_id, before_id, notice_id]
// drawing: table
MATCH way = (:AccountabilityList {uid: $list})-[:REVISION_OF*0..30]->(l:AccountabilityList)
MATCH (l)-[:STATED_IN]->(n:Notice)
WITH l, n, length(way) AS back, coalesce(l.date, n.published, '') AS own,
  CASE WHEN coalesce($as_of, 'all') = 'all' THEN null ELSE $as_of END AS given
WHERE given IS NULL OR own <= given
WITH l, coalesce(given, own) AS day, back ORDER BY back LIMIT 1
WITH l, day, CASE back WHEN 0 THEN 'all' ELSE day END AS told // of the newest state punishments count whatever their date
MATCH (l)-[:STATED_IN]->(n:Notice)
OPTIONAL MATCH (l)-[next:REVISION_OF]->(p:AccountabilityList)-[:STATED_IN]->(m:Notice)
WHERE NOT $stated_only AND next.confidence >= $min_confidence
WITH l, p, day, told, n.uid + '#' AS here, coalesce(m.uid + '#', '?') AS there, next
CALL {
  WITH l, p
  MATCH (l)<-[s:LISTED_IN]-(o:Obligation)
  OPTIONAL MATCH (o)-[m:REVISION_OF]->(b:Obligation)
  WHERE p IS NOT NULL AND m.confidence >= $min_confidence
  OPTIONAL MATCH (o)-[d:RESEMBLES]->(c:Obligation)
  WHERE p IS NOT NULL AND b IS NULL AND d.confidence >= $min_confidence
  RETURN 1 AS part, o AS now, coalesce(b, c) AS was, s, coalesce(m, d) AS link, b IS NOT NULL AS known, p IS NOT NULL AS compared
  UNION ALL
  WITH l, p
  MATCH (p)<-[s:LISTED_IN]-(b:Obligation)
  WHERE NOT EXISTS {
    MATCH (b)<-[m:REVISION_OF]-(:Obligation)-[:LISTED_IN]->(l)
    WHERE m.confidence >= $min_confidence
  }
  OPTIONAL MATCH (b)<-[d:RESEMBLES]-(c:Obligation)
  WHERE d.confidence >= $min_confidence
  RETURN 2 AS part, b AS now, c AS was, s, d AS link, false AS known, true AS compared
  UNION ALL
  WITH l, p, here, there, next
  UNWIND CASE WHEN l.kind <> '包保名册' THEN [] WHEN p IS NULL THEN [1] ELSE [1, 2] END AS part
  MATCH (x:AccountabilityList {uid: CASE part WHEN 1 THEN l.uid ELSE p.uid END})-[:STATED_IN]->(:Notice)<-[:STATED_IN]-(t:Region|Agency)<-[c:IN_CHARGE_OF]-()
  WHERE any(e IN c.evidence WHERE e STARTS WITH CASE part WHEN 1 THEN here ELSE there END)
  WITH p, part, t, next, head(collect(c)) AS s, here, there
  WHERE part = 1 OR NOT EXISTS {
    MATCH (t)<-[d:IN_CHARGE_OF]-()
    WHERE any(e IN d.evidence WHERE e STARTS WITH here)
  }
  WITH p, part, t, s, next, part = 1 AND EXISTS {
    MATCH (t)<-[d:IN_CHARGE_OF]-()
    WHERE any(e IN d.evidence WHERE e STARTS WITH there)
  } AS known
  RETURN part, t AS now, CASE WHEN known THEN t END AS was, s, CASE WHEN known THEN next END AS link, known, p IS NOT NULL AS compared
}
CALL {
  WITH now, part, here, there
  OPTIONAL MATCH (w)-[r:BEARS|IN_CHARGE_OF]->(now)
  WHERE coalesce(r.role, '责任') IN ['牵头', '责任'] AND (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
    AND any(e IN r.evidence WHERE e STARTS WITH CASE part WHEN 1 THEN here ELSE there END)
  WITH DISTINCT w.name AS name, w.uid AS uid ORDER BY name, uid
  RETURN collect(name) AS doers, collect(uid) AS doer_ids
}
CALL {
  WITH was, part, here, there
  OPTIONAL MATCH (w)-[r:BEARS|IN_CHARGE_OF]->(was)
  WHERE coalesce(r.role, '责任') IN ['牵头', '责任'] AND (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
    AND any(e IN r.evidence WHERE e STARTS WITH CASE part WHEN 1 THEN there ELSE here END)
  WITH DISTINCT w.name AS name, w.uid AS uid ORDER BY name, uid
  RETURN collect(name) AS doers_before, collect(uid) AS doer_ids_before
}
CALL {
  WITH now, told
  OPTIONAL MATCH (now)-[:REVISION_OF*0..30]->(x:Obligation)<-[r:SANCTIONED]-(w)
  WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= told
  WITH now, told, collect(DISTINCT w.name + ' ' + coalesce(r.form, '')) AS early
  OPTIONAL MATCH (now)<-[:REVISION_OF*1..30]-(x:Obligation)<-[r:SANCTIONED]-(w)
  WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= told
  WITH early, collect(DISTINCT w.name + ' ' + coalesce(r.form, '')) AS late
  UNWIND CASE WHEN size(early + late) = 0 THEN [null] ELSE early + late END AS who
  WITH DISTINCT who ORDER BY who
  RETURN collect(who) AS punished
}
WITH *, [i IN range(0, size(s.evidence) - 1) WHERE s.evidence[i] STARTS WITH CASE part WHEN 1 THEN here ELSE there END][-1] AS at
MATCH (n:Notice {uid: split(s.evidence[at], '#')[0]})
WITH part, at, now, was, s, n, link, known, compared, day, doers, doers_before, punished,
  now.status IN ['已完成', '已销号'] AS done, coalesce(was.status IN ['已完成', '已销号'], false) AS done_before,
  CASE now.status WHEN '已销号' THEN 4 WHEN '已完成' THEN 3 WHEN '基本完成' THEN 2 WHEN '推进中' THEN 1 WHEN '滞后' THEN 1 ELSE 0 END AS rank,
  CASE was.status WHEN '已销号' THEN 4 WHEN '已完成' THEN 3 WHEN '基本完成' THEN 2 WHEN '推进中' THEN 1 WHEN '滞后' THEN 1 ELSE 0 END AS rank_before,
  any(x IN doers WHERE NOT x IN doers_before) OR any(x IN doers_before WHERE NOT x IN doers) AS other_names,
  any(x IN doer_ids WHERE NOT x IN doer_ids_before) OR any(x IN doer_ids_before WHERE NOT x IN doer_ids) AS other_ids
WITH *, [x IN [
  CASE WHEN part = 2 THEN 'dropped 不再列出' END,
  CASE WHEN part = 1 AND compared AND NOT known THEN 'new 新增' END,
  CASE WHEN part = 1 AND coalesce(done, false) AND NOT (known AND done_before) THEN 'done 已完成' END,
  CASE WHEN known AND (NOT coalesce(done, false) OR done_before) AND rank > rank_before THEN 'progressed 有进展' END,
  CASE WHEN known AND rank < rank_before AND now.status IN ['未启动', '推进中', '滞后', '基本完成', '已完成'] THEN 'set_back 退回' END,
  CASE WHEN known AND now.due > was.due THEN 'deadline_moved 延期' END,
  CASE WHEN known AND now.due < was.due THEN 'deadline_advanced 提前' END,
  CASE WHEN part = 1 AND NOT coalesce(done, false) AND now.due < day THEN 'overdue 超期' END,
  CASE WHEN known AND other_names AND other_ids THEN 'bearer_changed 换人承担' END,
  CASE WHEN size(punished) > 0 THEN 'punished 被问责' END,
  CASE WHEN NOT known AND was IS NOT NULL THEN 'doubtful 疑似' END
] WHERE x IS NOT NULL] AS changes
RETURN now.item AS item,
  CASE WHEN size(changes) > 0 THEN reduce(a = '', x IN changes | CASE a WHEN '' THEN x ELSE a + ', ' + x END) WHEN compared THEN 'unchanged 无变化' ELSE 'listed 在列' END AS change,
  coalesce(now.text, now.name) AS duty, coalesce(was.text, was.name) AS before,
  reduce(a = '', x IN doers | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS bearer,
  reduce(a = '', x IN doers_before | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS bearer_before,
  now.due AS due, was.due AS due_before, now.status AS status, was.status AS status_before,
  reduce(a = '', x IN punished | CASE a WHEN '' THEN x ELSE a + '、' + x END) AS punished,
  link.confidence AS confidence, link.basis AS basis, link IS NOT NULL AS derived, s.quotes[at] AS quote, n.title AS notice,
  n.published AS date, now.uid AS duty_id, was.uid AS before_id, n.uid AS notice_id
ORDER BY part, toInteger(split(split(s.evidence[at], '#')[1], '-')[0]), duty_id, before_id
