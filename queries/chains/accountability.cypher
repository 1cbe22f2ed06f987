// title: {zh: 责任链, en: Chain of accountability}
// description:
//   zh: 从一项责任、地区、机构、职务或人出发，向上直到最高监督者、向下直到承担者，逐步列出；level 和 side 是上级一方的层级和党政归属，holder 是当日其主要负责人，gap 注明未见其人；derived 为真的一步由 derivations.toml 的规则推出。图见 kg chain。
//   en: From a duty, region, body, post or person up to the highest supervisor and down to who carries the work, step by step. Columns level and side say where the upper party stands, holder who heads it on the day, gap that nobody is named; a derived step follows from a rule of derivations.toml. kg chain draws it.
// parameters:
//   - name: subject
//     type: subject
//     labels: [Person, Post, Agency, Region, Obligation]
//     example: 五段镇
//     description: {zh: 责任、地区、机构、职务或人, en: "duty, region, agency, post or person"}
//   - name: direction
//     type: choice
//     choices: [up, down, both]
//     default: up
//     example: up
//     description: {zh: 向上、向下或双向, en: "up, down or both ways"}
// columns: [way, step, level, side, upper, lower, how, holder, gap, derived, quote, notice, date, upper_id, lower_id, notice_id]
// drawing: chain
MATCH (s:Person|Post|Agency|Region|Obligation {uid: $subject})
CALL {
  WITH s
  MATCH path = (s)<-[:BEARS*0..1]-()-[:HOLDS|POST_IN|PART_OF|WITHIN*0..4]->()<-[:SUPERVISES|IN_CHARGE_OF|GOVERNS*0..5]-()
  WHERE $direction <> 'down'
  RETURN path, 'up' AS way
  UNION ALL
  WITH s
  MATCH path = (s)-[:SUPERVISES|IN_CHARGE_OF|GOVERNS*0..2]->()<-[:PART_OF|WITHIN*0..2]-()-[:BEARS*0..1]->()
  WHERE $direction <> 'up'
  RETURN path, 'down' AS way
}
WITH path, way
WHERE length(path) > 0 AND all(r IN relationships(path) WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
  AND (r.derived AND coalesce(r.kind, 'rank') IN ['rank', 'guidance'] OR coalesce(r.since, r.first_seen) <= coalesce($as_of, 'all'))
  AND (coalesce($as_of, '') = 'all'
    OR (coalesce(r.until, CASE WHEN NOT $stated_only THEN r.superseded END, CASE WHEN r.status = '免去' THEN r.last_seen WHEN r.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
      AND coalesce(r.since, '') <= coalesce($as_of, 'all'))))
UNWIND range(0, length(path) - 1) AS i
WITH way, relationships(path)[i] AS r, nodes(path)[i] AS one, nodes(path)[i + 1] AS other, i
WITH way, r, CASE way WHEN 'up' THEN other ELSE one END AS upper, CASE way WHEN 'up' THEN one ELSE other END AS lower, min(i) + 1 AS step
CALL {
  WITH upper
  OPTIONAL MATCH (upper)<-[:GOVERNS*0..1]-(body:Agency)<-[:POST_IN]-(post:Post)<-[h:HOLDS]-(who:Person)
  WHERE post.title =~ '^[^副]{0,8}(书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|厅长|局长|主任|部长|所长|站长|队长|组长)$'
    AND (NOT h.derived OR NOT $stated_only) AND h.confidence >= $min_confidence AND (coalesce($as_of, '') = 'all'
      OR (coalesce(h.until, CASE WHEN NOT $stated_only THEN h.superseded END, CASE WHEN h.status IN ['免去', '时任'] THEN h.last_seen WHEN h.status = '拟任' THEN '0' END, 'all') > coalesce($as_of, '9')
        AND coalesce(h.since, h.first_seen) <= coalesce($as_of, 'all')))
  WITH DISTINCT post.title + who.name AS name ORDER BY name
  RETURN collect(name) AS names
}
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN way, step,
  coalesce(upper.level, CASE WHEN upper.uid =~ '.*[:@][0-9]{9}.*' THEN 'township' WHEN upper.uid =~ '.*[:@][0-9]{2}0000.*' THEN 'province'
    WHEN upper.uid =~ '.*[:@][0-9]{4}00.*' THEN 'prefecture' WHEN upper.uid =~ '.*[:@][0-9]{6}.*' THEN 'county' END) AS level,
  CASE upper.kind WHEN 'party' THEN 'party 党委' WHEN 'government' THEN 'government 政府' ELSE '' END AS side,
  upper.name AS upper, lower.name AS lower, type(r) + coalesce(' ' + coalesce(r.kind, r.role), '') AS how,
  reduce(t = '', x IN names | CASE WHEN t = '' THEN x ELSE t + '、' + x END) AS holder,
  CASE WHEN labels(upper)[0] IN ['Agency', 'Region'] AND size(names) = 0 THEN '任职者不详' END AS gap,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date, upper.uid AS upper_id, lower.uid AS lower_id,
  n.uid AS notice_id
ORDER BY way DESC, step, how, upper, lower, upper_id, lower_id
