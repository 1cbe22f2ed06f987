// title: {zh: 受到的问责, en: Sanctions}
// description:
//   zh: 受到问责的人和机构、形式与事由，及据此推得的清单事项（item）；可限于一个人或机构。
//   en: Persons and bodies punished, how and why, with the item of a list that it is derived to be for (column item); of one person or body, or of all.
// parameters:
//   - name: subject
//     type: subject
//     labels: [Person, Agency]
//     default: null
//     example: 魏子明
//     description: {zh: 人或机构, en: "a person or body"}
// columns: [who, form, reason, by, for, item, derived, quote, notice, date, who_id, for_id, notice_id]
// drawing: table
CALL {
  UNWIND CASE WHEN $subject IS NULL THEN [1] ELSE [] END AS everybody
  MATCH (who:Person|Agency)-[r:SANCTIONED]->(what)
  RETURN who, r, what
  UNION ALL
  MATCH (who:Person|Agency {uid: $subject})-[r:SANCTIONED]->(what)
  RETURN who, r, what
}
WITH who, r, what
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all')) AND r.rule <> 'punished-item'
CALL {
  WITH who, r
  OPTIONAL MATCH (who)-[d:SANCTIONED]->(o:Obligation)
  WHERE r.uid IN d.premises AND NOT $stated_only
  WITH DISTINCT o.text AS text ORDER BY text
  RETURN collect(text) AS items
}
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN who.name AS who, r.form AS form, r.reason AS reason, r.by AS by, CASE WHEN 'Obligation' IN labels(what) THEN what.text ELSE what.name END AS for,
  reduce(a = '', x IN items | CASE a WHEN '' THEN x ELSE a + '；' + x END) AS item, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  who.uid AS who_id, what.uid AS for_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, who, who_id, form, for_id
