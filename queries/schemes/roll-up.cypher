// title: {zh: 目标逐级汇总, en: Targets that secure one another}
// description:
//   zh: 一地（及其下辖地区）每项指标的日、周、旬、月、季、半年、年目标，由短到长排列（以日保周、以周保月、以月保季、以季保年）；secures 是同地同指标中它所保的更长一级目标，status 和 progress 是责任事项写明的进展，measured 是通知所说该地该指标同一时段的实测值；没有的，取该时段开始以来最近的（一季度目标看1—2月的，年目标看年初以来的），“每周”“每月”的目标取最近一周、一月的，不写时段的目标取最近的（measured_period 为其时段，measured_quote 为原话）。
//   en: Per place and indicator the targets of a day, week, ten days, month, quarter, half-year and year, shortest first; column secures gives the target of the next longer period of that place and indicator, which it secures; status and progress say what is met so far where a notice or list says so, and measured what the indicator of that place came to over the same period, else since that period began (January and February for a quarter's target), for a target of every week or month in the latest week or month, for one without a period by the latest figure (over measured_period, in the words of measured_quote).
// parameters:
//   - name: region
//     type: region
//     example: 龙固镇
//     description: {zh: 地区, en: "a region"}
// columns: [place, indicator, tier, period, op, value, unit, secures, secures_value, status, progress, measured, measured_unit, measured_period, measured_quote, duty, derived, quote, notice, date, target_id, secures_id, place_id, duty_id, notice_id]
// drawing: table
MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(place:Region)
CALL {
  WITH place
  MATCH (place)<-[a:APPLIES_IN]-(t:Target)-[r:STATED_IN]->(:Notice)
  WHERE a.confidence >= $min_confidence
  OPTIONAL MATCH (o:Obligation)-[:HAS_TARGET]->(t)
  RETURN o, r, t
  UNION
  WITH place
  MATCH (place)<-[:APPLIES_IN]-(o:Obligation)-[r:HAS_TARGET]->(t:Target)
  WHERE NOT EXISTS { MATCH (t)-[:APPLIES_IN]->(:Region) }
  RETURN o, r, t
  UNION
  WITH place
  MATCH (place)-[b:BEARS]->(o:Obligation)-[r:HAS_TARGET]->(t:Target)
  WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND NOT EXISTS { MATCH (t)-[:APPLIES_IN]->(:Region) }
  RETURN o, r, t
  UNION
  WITH place
  MATCH (place)<-[:GOVERNS]-(:Agency)-[b:BEARS]->(o:Obligation)-[r:HAS_TARGET]->(t:Target)
  WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND NOT EXISTS { MATCH (t)-[:APPLIES_IN]->(:Region) }
  RETURN o, r, t
  UNION
  WITH place
  MATCH (place)<-[:GOVERNS]-(:Agency)<-[:POST_IN]-(:Post)<-[:HOLDS]-(:Person)-[b:ASSIGNED]->(o:Obligation)-[r:HAS_TARGET]->(t:Target)
  WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND NOT EXISTS { MATCH (t)-[:APPLIES_IN]->(:Region) }
    AND NOT EXISTS { MATCH (o)<-[:BEARS]-(:Region) } AND NOT EXISTS { MATCH (o)-[:APPLIES_IN]->(:Region) }
  RETURN o, r, t
  UNION
  WITH place
  MATCH (place)<-[:CONCERNS]-(:Meeting)-[b:ASSIGNED]->(o:Obligation)-[r:HAS_TARGET]->(t:Target)
  WHERE (NOT b.derived OR NOT $stated_only) AND b.confidence >= $min_confidence AND NOT EXISTS { MATCH (t)-[:APPLIES_IN]->(:Region) }
    AND NOT EXISTS { MATCH (o)<-[:BEARS]-(:Region) } AND NOT EXISTS { MATCH (o)-[:APPLIES_IN]->(:Region) }
  RETURN o, r, t
}
WITH place, o, r, t
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all')
  AND t.value IS NOT NULL
  AND (o IS NULL OR NOT EXISTS { MATCH (o)<-[:REVISION_OF]-(later:Obligation) WHERE later.first_seen <= coalesce($as_of, 'all') })
WITH DISTINCT place, o, r, t, replace(replace(coalesce(t.indicator, ''), place.name, ''), '第' + coalesce(t.period, '？'), '') AS said
WITH place, o, r, t, CASE WHEN t.period IS NULL AND t.first_day IS NOT NULL THEN '全年'
  WHEN t.period IS NULL AND said =~ '^[0-9]{1,2}月.+' THEN split(said, '月')[0] + '月' ELSE coalesce(t.period, '') END AS period, said
WITH place, o, r, t, period, CASE WHEN t.period IS NULL AND period <> '' THEN replace(said, period, '') ELSE said END AS indicator,
  CASE WHEN t.first_day IS NULL THEN null ELSE duration.inDays(date(t.first_day), date(t.last_day)).days END AS days
WITH place, o, r, t, period,
  replace(replace(replace(indicator, '全县', ''), '年均浓度', '浓度'), '平均浓度', '浓度') AS indicator,
  CASE WHEN days < 1 THEN 1 WHEN days < 8 THEN 2 WHEN days < 12 THEN 3 WHEN days < 31 THEN 4 WHEN days >= 88 AND days < 93 THEN 5
    WHEN days >= 180 AND days < 185 THEN 6 WHEN days >= 364 AND days < 367 THEN 7 WHEN days IS NOT NULL THEN 9
    WHEN period =~ '.*(日|天)$' THEN 1 WHEN period CONTAINS '周' THEN 2 WHEN period CONTAINS '旬' THEN 3
    WHEN period =~ '.*季(度)?$' THEN 5 WHEN period CONTAINS '半年' THEN 6 WHEN period =~ '.*(年|年度|全年|年均)$' THEN 7
    WHEN period =~ '.*月(份)?$' THEN 4 ELSE 9 END AS rank
ORDER BY rank, t.uid
WITH place, indicator, collect({o: o, r: r, t: t, period: period, rank: rank, first: t.first_day, last: t.last_day}) AS steps
UNWIND range(0, size(steps) - 1) AS i
WITH place, indicator, steps[i] AS step, [x IN steps WHERE x.rank > steps[i].rank AND x.rank < 9
  AND coalesce(x.first <= steps[i].first AND x.last >= steps[i].last, true) | x][0] AS next
WITH place, indicator, step.o AS o, step.r AS r, step.t AS t, step.period AS period, step.rank AS rank, next.t AS above, next.period AS longer
OPTIONAL MATCH (place)<-[w:OBSERVED_IN]-(x:Observation)
WHERE w.confidence >= $min_confidence AND w.first_seen <= coalesce($as_of, 'all')
  AND replace(replace(replace(x.indicator, '全县', ''), '年均浓度', '浓度'), '平均浓度', '浓度') = indicator
WITH place, indicator, o, r, t, period, rank, above, longer, w, x,
  CASE WHEN x.first_day IS NULL THEN null ELSE duration.inDays(date(x.first_day), date(x.last_day)).days END AS days
WITH place, indicator, o, r, t, period, rank, above, longer, w, x,
  CASE WHEN x IS NULL THEN null
    WHEN x.first_day = t.first_day AND x.last_day = t.last_day THEN 0
    WHEN replace(x.period, '份', '') = replace(period, '份', '') AND coalesce(x.first_day = t.first_day, true) THEN 0
    WHEN x.first_day = t.first_day AND x.last_day < t.last_day THEN 1
    WHEN t.first_day IS NULL AND rank = 9 THEN 2
    WHEN t.first_day IS NULL AND period STARTS WITH '每' AND (rank = 1 AND days < 1 OR rank = 2 AND days >= 1 AND days < 8
      OR rank = 3 AND days >= 8 AND days < 12 OR rank = 4 AND days >= 12 AND days < 31 OR rank = 5 AND days >= 88 AND days < 93
      OR rank = 6 AND days >= 180 AND days < 185 OR rank = 7 AND days >= 364) THEN 2
    WHEN rank = 7 AND (t.first_day IS NULL OR x.first_day IS NULL) AND x.period =~ '.*(—|-|至|半年|以来|目前).*' THEN 3
  END AS fit
ORDER BY fit, coalesce(x.last_day, w.last_seen) DESC, w.last_seen DESC, x.uid DESC
WITH place, indicator, o, r, t, period, rank, above, longer,
  collect(CASE WHEN fit IS NOT NULL THEN {x: x, quote: w.quotes[-1]} END)[0] AS met
WITH place, indicator, o, r, t, period, rank, above, longer, met.x AS x, met.quote AS measured_quote
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN place.name AS place, indicator,
  CASE rank WHEN 1 THEN '日' WHEN 2 THEN '周' WHEN 3 THEN '旬' WHEN 4 THEN '月' WHEN 5 THEN '季' WHEN 6 THEN '半年' WHEN 7 THEN '年' ELSE '' END AS tier,
  period, t.op AS op, t.value AS value, t.unit AS unit, longer AS secures, above.value AS secures_value, o.status AS status,
  o.progress AS progress, x.value AS measured, x.unit AS measured_unit, x.period AS measured_period, measured_quote, o.text AS duty, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  t.uid AS target_id, above.uid AS secures_id, place.uid AS place_id, o.uid AS duty_id, n.uid AS notice_id
ORDER BY place_id, indicator, rank, target_id, duty_id
