// title: {zh: 包保未覆盖之处, en: Places nobody is in charge of}
// description:
//   zh: 有包联安排的县里没有包联领导的乡镇（乡镇名单取自行政区划表，随包联原文列出；通知点到而表中没有的乡镇也算）、没有包村干部的村、没有包片部门的开发区等片区。
//   en: Towns without a leader in counties whose towns are given into somebody's charge (the division tables say which towns there are, and notices name more; the words are those that give them), villages without a cadre, and zones without a department.
// parameters:
//   - name: region
//     type: region
//     default: null
//     example: 沛县
//     description: {zh: 只看该地及其下辖地区, en: "only this region and the places within it"}
// columns: [gap, gap_en, place, within, derived, quote, notice, date, place_id, within_id, notice_id]
// drawing: table
CALL {
  UNWIND CASE WHEN $region IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (above:Region)<-[:WITHIN]-(place:Region)
  WHERE place.uid =~ '^region:[0-9]{9}$' OR place.level IN ['township', 'village', 'grid', 'zone', 'area']
  RETURN above
  UNION
  MATCH (:Region {uid: $region})<-[:WITHIN*0..4]-(above:Region)
  RETURN above
}
CALL {
  WITH above
  MATCH (above)<-[w:WITHIN]-(place:Region)
  WHERE (place.uid =~ '^region:[0-9]{9}$' OR place.level = 'township' AND NOT coalesce(place.generic, false))
    AND (coalesce(place.inferred, false) OR EXISTS { MATCH (above)<-[:WITHIN]-(:Region)<-[:IN_CHARGE_OF]-(:Person|Post) })
    AND NOT EXISTS { MATCH (place)<-[c:IN_CHARGE_OF]-(who:Person|Post)
      WHERE NOT coalesce(who.generic, false) AND (NOT c.derived OR NOT $stated_only) AND c.confidence >= $min_confidence AND c.first_seen <= coalesce($as_of, 'all')
        AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN c.superseded END, 'all') > coalesce($as_of, '9')) }
  RETURN w, place, '乡镇无包联领导' AS gap, 'town without a leader' AS gap_en
  UNION
  WITH above
  MATCH (above)<-[w:WITHIN]-(place:Region)
  WHERE place.level IN ['village', 'grid'] AND NOT coalesce(place.generic, false)
    AND NOT EXISTS { MATCH (place)<-[c:IN_CHARGE_OF]-(who:Person|Post)
      WHERE NOT coalesce(who.generic, false) AND (NOT c.derived OR NOT $stated_only) AND c.confidence >= $min_confidence AND c.first_seen <= coalesce($as_of, 'all')
        AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN c.superseded END, 'all') > coalesce($as_of, '9')) }
  RETURN w, place, '村无包村干部' AS gap, 'village without a cadre' AS gap_en
  UNION
  WITH above
  MATCH (above)<-[w:WITHIN]-(place:Region)
  WHERE place.level IN ['zone', 'area'] AND NOT coalesce(place.generic, false)
    AND NOT EXISTS { MATCH (place)<-[c:IN_CHARGE_OF]-(who:Agency)
      WHERE NOT coalesce(who.generic, false) AND (NOT c.derived OR NOT $stated_only) AND c.confidence >= $min_confidence AND c.first_seen <= coalesce($as_of, 'all')
        AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN c.superseded END, 'all') > coalesce($as_of, '9')) }
  RETURN w, place, '片区无包片部门' AS gap, 'area without a department' AS gap_en
}
WITH above, w, place, gap, gap_en
WHERE (NOT w.derived OR NOT $stated_only) AND w.confidence >= $min_confidence AND w.first_seen <= coalesce($as_of, 'all')
OPTIONAL MATCH (n:Notice {uid: split(w.evidence[-1], '#')[0]})
RETURN gap, gap_en, place.name AS place, above.name AS within, w.derived AS derived, w.quotes[-1] AS quote, n.title AS notice,
  w.last_seen AS date, place.uid AS place_id, above.uid AS within_id, n.uid AS notice_id
ORDER BY gap, within_id, place_id
